// fft: fft
// space [N, 4096, 2]
// radices [4, 4, 4, 4, 4, 4], schedule gpu, 64 work-items per line

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void fft_fft(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    __global const float* restrict table_0_base, const ulong table_0_at,
    __global float* restrict work_0_base, const ulong work_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  __global const float* restrict table_0 = table_0_base + table_0_at;
  __global float* restrict work_0 = work_0_base + work_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long line_0 = (min((long)(group0), (long)((N + (-1)))));
  for (long n_0 = local0; n_0 < 4096; n_0 += 64) {
    const float x_1 = x_0[8192 * line_0 + 2 * n_0];
    const float x_2 = x_0[8192 * line_0 + 2 * n_0 + 1];
    work_0[16384 * group0 + n_0] = x_1;
    work_0[16384 * group0 + n_0 + 4096] = x_2;
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 1
  for (long i_0 = local0; i_0 < 1024; i_0 += 64) {
    const float v0_re_0 = work_0[16384 * group0 + i_0];
    const float v0_im_0 = work_0[16384 * group0 + i_0 + 4096];
    const float v1_re_0 = work_0[16384 * group0 + i_0 + 1024];
    const float v1_im_0 = work_0[16384 * group0 + i_0 + 5120];
    const float v2_re_0 = work_0[16384 * group0 + i_0 + 2048];
    const float v2_im_0 = work_0[16384 * group0 + i_0 + 6144];
    const float v3_re_0 = work_0[16384 * group0 + i_0 + 3072];
    const float v3_im_0 = work_0[16384 * group0 + i_0 + 7168];
    const float a_re_0 = (v0_re_0 + v2_re_0);
    const float a_im_0 = (v0_im_0 + v2_im_0);
    const float b_re_0 = (v0_re_0 - v2_re_0);
    const float b_im_0 = (v0_im_0 - v2_im_0);
    const float c_re_0 = (v1_re_0 + v3_re_0);
    const float c_im_0 = (v1_im_0 + v3_im_0);
    const float d_re_0 = (v1_im_0 - v3_im_0);
    const float d_im_0 = (-(v1_re_0 - v3_re_0));
    work_0[16384 * group0 + 4 * i_0 + 8192] = (a_re_0 + c_re_0);
    work_0[16384 * group0 + 4 * i_0 + 12288] = (a_im_0 + c_im_0);
    work_0[16384 * group0 + 4 * i_0 + 8193] = (b_re_0 + d_re_0);
    work_0[16384 * group0 + 4 * i_0 + 12289] = (b_im_0 + d_im_0);
    work_0[16384 * group0 + 4 * i_0 + 8194] = (a_re_0 - c_re_0);
    work_0[16384 * group0 + 4 * i_0 + 12290] = (a_im_0 - c_im_0);
    work_0[16384 * group0 + 4 * i_0 + 8195] = (b_re_0 - d_re_0);
    work_0[16384 * group0 + 4 * i_0 + 12291] = (b_im_0 - d_im_0);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 4
  for (long i_1 = local0; i_1 < 1024; i_1 += 64) {
    const float v0_re_1 = work_0[16384 * group0 + i_1 + 8192];
    const float v0_im_1 = work_0[16384 * group0 + i_1 + 12288];
    const float v1_re_1 = work_0[16384 * group0 + i_1 + 9216];
    const float v1_im_1 = work_0[16384 * group0 + i_1 + 13312];
    const float cos_0 = table_0[2 * ((i_1) % 4) + 6];
    const float sin_0 = table_0[2 * ((i_1) % 4) + 7];
    const float t1_re_0 = fma(v1_re_1, cos_0, (-(v1_im_1 * sin_0)));
    const float t1_im_0 = fma(v1_re_1, sin_0, (v1_im_1 * cos_0));
    const float v2_re_1 = work_0[16384 * group0 + i_1 + 10240];
    const float v2_im_1 = work_0[16384 * group0 + i_1 + 14336];
    const float cos_1 = table_0[2 * ((i_1) % 4) + 14];
    const float sin_1 = table_0[2 * ((i_1) % 4) + 15];
    const float t2_re_0 = fma(v2_re_1, cos_1, (-(v2_im_1 * sin_1)));
    const float t2_im_0 = fma(v2_re_1, sin_1, (v2_im_1 * cos_1));
    const float v3_re_1 = work_0[16384 * group0 + i_1 + 11264];
    const float v3_im_1 = work_0[16384 * group0 + i_1 + 15360];
    const float cos_2 = table_0[2 * ((i_1) % 4) + 22];
    const float sin_2 = table_0[2 * ((i_1) % 4) + 23];
    const float t3_re_0 = fma(v3_re_1, cos_2, (-(v3_im_1 * sin_2)));
    const float t3_im_0 = fma(v3_re_1, sin_2, (v3_im_1 * cos_2));
    const float a_re_1 = (v0_re_1 + t2_re_0);
    const float a_im_1 = (v0_im_1 + t2_im_0);
    const float b_re_1 = (v0_re_1 - t2_re_0);
    const float b_im_1 = (v0_im_1 - t2_im_0);
    const float c_re_1 = (t1_re_0 + t3_re_0);
    const float c_im_1 = (t1_im_0 + t3_im_0);
    const float d_re_1 = (t1_im_0 - t3_im_0);
    const float d_im_1 = (-(t1_re_0 - t3_re_0));
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0] = (a_re_1 + c_re_1);
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0 + 4096] = (a_im_1 + c_im_1);
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0 + 4] = (b_re_1 + d_re_1);
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0 + 4100] = (b_im_1 + d_im_1);
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0 + 8] = (a_re_1 - c_re_1);
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0 + 4104] = (a_im_1 - c_im_1);
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0 + 12] = (b_re_1 - d_re_1);
    work_0[((i_1) % 4) + 16 * ((i_1) / 4) + 16384 * group0 + 4108] = (b_im_1 - d_im_1);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 16
  for (long i_2 = local0; i_2 < 1024; i_2 += 64) {
    const float v0_re_2 = work_0[16384 * group0 + i_2];
    const float v0_im_2 = work_0[16384 * group0 + i_2 + 4096];
    const float v1_re_2 = work_0[16384 * group0 + i_2 + 1024];
    const float v1_im_2 = work_0[16384 * group0 + i_2 + 5120];
    const float cos_3 = table_0[2 * ((i_2) % 16) + 30];
    const float sin_3 = table_0[2 * ((i_2) % 16) + 31];
    const float t1_re_1 = fma(v1_re_2, cos_3, (-(v1_im_2 * sin_3)));
    const float t1_im_1 = fma(v1_re_2, sin_3, (v1_im_2 * cos_3));
    const float v2_re_2 = work_0[16384 * group0 + i_2 + 2048];
    const float v2_im_2 = work_0[16384 * group0 + i_2 + 6144];
    const float cos_4 = table_0[2 * ((i_2) % 16) + 62];
    const float sin_4 = table_0[2 * ((i_2) % 16) + 63];
    const float t2_re_1 = fma(v2_re_2, cos_4, (-(v2_im_2 * sin_4)));
    const float t2_im_1 = fma(v2_re_2, sin_4, (v2_im_2 * cos_4));
    const float v3_re_2 = work_0[16384 * group0 + i_2 + 3072];
    const float v3_im_2 = work_0[16384 * group0 + i_2 + 7168];
    const float cos_5 = table_0[2 * ((i_2) % 16) + 94];
    const float sin_5 = table_0[2 * ((i_2) % 16) + 95];
    const float t3_re_1 = fma(v3_re_2, cos_5, (-(v3_im_2 * sin_5)));
    const float t3_im_1 = fma(v3_re_2, sin_5, (v3_im_2 * cos_5));
    const float a_re_2 = (v0_re_2 + t2_re_1);
    const float a_im_2 = (v0_im_2 + t2_im_1);
    const float b_re_2 = (v0_re_2 - t2_re_1);
    const float b_im_2 = (v0_im_2 - t2_im_1);
    const float c_re_2 = (t1_re_1 + t3_re_1);
    const float c_im_2 = (t1_im_1 + t3_im_1);
    const float d_re_2 = (t1_im_1 - t3_im_1);
    const float d_im_2 = (-(t1_re_1 - t3_re_1));
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 8192] = (a_re_2 + c_re_2);
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 12288] = (a_im_2 + c_im_2);
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 8208] = (b_re_2 + d_re_2);
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 12304] = (b_im_2 + d_im_2);
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 8224] = (a_re_2 - c_re_2);
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 12320] = (a_im_2 - c_im_2);
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 8240] = (b_re_2 - d_re_2);
    work_0[((i_2) % 16) + 64 * ((i_2) / 16) + 16384 * group0 + 12336] = (b_im_2 - d_im_2);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 64
  for (long i_3 = local0; i_3 < 1024; i_3 += 64) {
    const float v0_re_3 = work_0[16384 * group0 + i_3 + 8192];
    const float v0_im_3 = work_0[16384 * group0 + i_3 + 12288];
    const float v1_re_3 = work_0[16384 * group0 + i_3 + 9216];
    const float v1_im_3 = work_0[16384 * group0 + i_3 + 13312];
    const float cos_6 = table_0[2 * ((i_3) % 64) + 126];
    const float sin_6 = table_0[2 * ((i_3) % 64) + 127];
    const float t1_re_2 = fma(v1_re_3, cos_6, (-(v1_im_3 * sin_6)));
    const float t1_im_2 = fma(v1_re_3, sin_6, (v1_im_3 * cos_6));
    const float v2_re_3 = work_0[16384 * group0 + i_3 + 10240];
    const float v2_im_3 = work_0[16384 * group0 + i_3 + 14336];
    const float cos_7 = table_0[2 * ((i_3) % 64) + 254];
    const float sin_7 = table_0[2 * ((i_3) % 64) + 255];
    const float t2_re_2 = fma(v2_re_3, cos_7, (-(v2_im_3 * sin_7)));
    const float t2_im_2 = fma(v2_re_3, sin_7, (v2_im_3 * cos_7));
    const float v3_re_3 = work_0[16384 * group0 + i_3 + 11264];
    const float v3_im_3 = work_0[16384 * group0 + i_3 + 15360];
    const float cos_8 = table_0[2 * ((i_3) % 64) + 382];
    const float sin_8 = table_0[2 * ((i_3) % 64) + 383];
    const float t3_re_2 = fma(v3_re_3, cos_8, (-(v3_im_3 * sin_8)));
    const float t3_im_2 = fma(v3_re_3, sin_8, (v3_im_3 * cos_8));
    const float a_re_3 = (v0_re_3 + t2_re_2);
    const float a_im_3 = (v0_im_3 + t2_im_2);
    const float b_re_3 = (v0_re_3 - t2_re_2);
    const float b_im_3 = (v0_im_3 - t2_im_2);
    const float c_re_3 = (t1_re_2 + t3_re_2);
    const float c_im_3 = (t1_im_2 + t3_im_2);
    const float d_re_3 = (t1_im_2 - t3_im_2);
    const float d_im_3 = (-(t1_re_2 - t3_re_2));
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0] = (a_re_3 + c_re_3);
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0 + 4096] = (a_im_3 + c_im_3);
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0 + 64] = (b_re_3 + d_re_3);
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0 + 4160] = (b_im_3 + d_im_3);
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0 + 128] = (a_re_3 - c_re_3);
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0 + 4224] = (a_im_3 - c_im_3);
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0 + 192] = (b_re_3 - d_re_3);
    work_0[((i_3) % 64) + 256 * ((i_3) / 64) + 16384 * group0 + 4288] = (b_im_3 - d_im_3);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 256
  for (long i_4 = local0; i_4 < 1024; i_4 += 64) {
    const float v0_re_4 = work_0[16384 * group0 + i_4];
    const float v0_im_4 = work_0[16384 * group0 + i_4 + 4096];
    const float v1_re_4 = work_0[16384 * group0 + i_4 + 1024];
    const float v1_im_4 = work_0[16384 * group0 + i_4 + 5120];
    const float cos_9 = table_0[2 * ((i_4) % 256) + 510];
    const float sin_9 = table_0[2 * ((i_4) % 256) + 511];
    const float t1_re_3 = fma(v1_re_4, cos_9, (-(v1_im_4 * sin_9)));
    const float t1_im_3 = fma(v1_re_4, sin_9, (v1_im_4 * cos_9));
    const float v2_re_4 = work_0[16384 * group0 + i_4 + 2048];
    const float v2_im_4 = work_0[16384 * group0 + i_4 + 6144];
    const float cos_10 = table_0[2 * ((i_4) % 256) + 1022];
    const float sin_10 = table_0[2 * ((i_4) % 256) + 1023];
    const float t2_re_3 = fma(v2_re_4, cos_10, (-(v2_im_4 * sin_10)));
    const float t2_im_3 = fma(v2_re_4, sin_10, (v2_im_4 * cos_10));
    const float v3_re_4 = work_0[16384 * group0 + i_4 + 3072];
    const float v3_im_4 = work_0[16384 * group0 + i_4 + 7168];
    const float cos_11 = table_0[2 * ((i_4) % 256) + 1534];
    const float sin_11 = table_0[2 * ((i_4) % 256) + 1535];
    const float t3_re_3 = fma(v3_re_4, cos_11, (-(v3_im_4 * sin_11)));
    const float t3_im_3 = fma(v3_re_4, sin_11, (v3_im_4 * cos_11));
    const float a_re_4 = (v0_re_4 + t2_re_3);
    const float a_im_4 = (v0_im_4 + t2_im_3);
    const float b_re_4 = (v0_re_4 - t2_re_3);
    const float b_im_4 = (v0_im_4 - t2_im_3);
    const float c_re_4 = (t1_re_3 + t3_re_3);
    const float c_im_4 = (t1_im_3 + t3_im_3);
    const float d_re_4 = (t1_im_3 - t3_im_3);
    const float d_im_4 = (-(t1_re_3 - t3_re_3));
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 8192] = (a_re_4 + c_re_4);
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 12288] = (a_im_4 + c_im_4);
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 8448] = (b_re_4 + d_re_4);
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 12544] = (b_im_4 + d_im_4);
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 8704] = (a_re_4 - c_re_4);
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 12800] = (a_im_4 - c_im_4);
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 8960] = (b_re_4 - d_re_4);
    work_0[((i_4) % 256) + 1024 * ((i_4) / 256) + 16384 * group0 + 13056] = (b_im_4 - d_im_4);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 1024
  for (long i_5 = local0; i_5 < 1024; i_5 += 64) {
    const float v0_re_5 = work_0[16384 * group0 + i_5 + 8192];
    const float v0_im_5 = work_0[16384 * group0 + i_5 + 12288];
    const float v1_re_5 = work_0[16384 * group0 + i_5 + 9216];
    const float v1_im_5 = work_0[16384 * group0 + i_5 + 13312];
    const float cos_12 = table_0[2 * i_5 + 2046];
    const float sin_12 = table_0[2 * i_5 + 2047];
    const float t1_re_4 = fma(v1_re_5, cos_12, (-(v1_im_5 * sin_12)));
    const float t1_im_4 = fma(v1_re_5, sin_12, (v1_im_5 * cos_12));
    const float v2_re_5 = work_0[16384 * group0 + i_5 + 10240];
    const float v2_im_5 = work_0[16384 * group0 + i_5 + 14336];
    const float cos_13 = table_0[2 * i_5 + 4094];
    const float sin_13 = table_0[2 * i_5 + 4095];
    const float t2_re_4 = fma(v2_re_5, cos_13, (-(v2_im_5 * sin_13)));
    const float t2_im_4 = fma(v2_re_5, sin_13, (v2_im_5 * cos_13));
    const float v3_re_5 = work_0[16384 * group0 + i_5 + 11264];
    const float v3_im_5 = work_0[16384 * group0 + i_5 + 15360];
    const float cos_14 = table_0[2 * i_5 + 6142];
    const float sin_14 = table_0[2 * i_5 + 6143];
    const float t3_re_4 = fma(v3_re_5, cos_14, (-(v3_im_5 * sin_14)));
    const float t3_im_4 = fma(v3_re_5, sin_14, (v3_im_5 * cos_14));
    const float a_re_5 = (v0_re_5 + t2_re_4);
    const float a_im_5 = (v0_im_5 + t2_im_4);
    const float b_re_5 = (v0_re_5 - t2_re_4);
    const float b_im_5 = (v0_im_5 - t2_im_4);
    const float c_re_5 = (t1_re_4 + t3_re_4);
    const float c_im_5 = (t1_im_4 + t3_im_4);
    const float d_re_5 = (t1_im_4 - t3_im_4);
    const float d_im_5 = (-(t1_re_4 - t3_re_4));
    work_0[16384 * group0 + i_5] = (a_re_5 + c_re_5);
    work_0[16384 * group0 + i_5 + 4096] = (a_im_5 + c_im_5);
    work_0[16384 * group0 + i_5 + 1024] = (b_re_5 + d_re_5);
    work_0[16384 * group0 + i_5 + 5120] = (b_im_5 + d_im_5);
    work_0[16384 * group0 + i_5 + 2048] = (a_re_5 - c_re_5);
    work_0[16384 * group0 + i_5 + 6144] = (a_im_5 - c_im_5);
    work_0[16384 * group0 + i_5 + 3072] = (b_re_5 - d_re_5);
    work_0[16384 * group0 + i_5 + 7168] = (b_im_5 - d_im_5);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  for (long k_0 = local0; k_0 < 4096; k_0 += 64) {
    const float y_re_0 = work_0[16384 * group0 + k_0];
    const float y_im_0 = work_0[16384 * group0 + k_0 + 4096];
    y_0[2 * k_0 + 8192 * line_0] = y_re_0;
    y_0[2 * k_0 + 8192 * line_0 + 1] = y_im_0;
  }
}
