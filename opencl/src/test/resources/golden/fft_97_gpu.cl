// fft: fft
// space [N, 97, 2]
// chirp of length 256, schedule gpu, 64 work-items per line

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void fft_fft(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    __global const float* restrict table_0_base, const ulong table_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  __global const float* restrict table_0 = table_0_base + table_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  __local float re_0[256] __attribute__((aligned(64)));
  __local float im_0[256] __attribute__((aligned(64)));
  __local float re_1[256] __attribute__((aligned(64)));
  __local float im_1[256] __attribute__((aligned(64)));
  const long line_0 = (min((long)(group0), (long)((N + (-1)))));
  for (long n_0 = local0; n_0 < 97; n_0 += 64) {
    const float x_1 = x_0[194 * line_0 + 2 * n_0];
    const float x_2 = x_0[194 * line_0 + 2 * n_0 + 1];
    const float x_re_0 = x_1;
    const float x_im_0 = x_2;
    const float cos_0 = table_0[2 * n_0 + 510];
    const float sin_0 = table_0[2 * n_0 + 511];
    re_0[n_0] = fma(x_re_0, cos_0, (-(x_im_0 * sin_0)));
    im_0[n_0] = fma(x_re_0, sin_0, (x_im_0 * cos_0));
  }
  for (long n_1 = local0; n_1 < 159; n_1 += 64) {
    re_0[n_1 + 97] = 0.0f;
    im_0[n_1 + 97] = 0.0f;
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 1
  for (long i_0 = local0; i_0 < 64; i_0 += 64) {
    const float v0_re_0 = re_0[i_0];
    const float v0_im_0 = im_0[i_0];
    const float v1_re_0 = re_0[i_0 + 64];
    const float v1_im_0 = im_0[i_0 + 64];
    const float v2_re_0 = re_0[i_0 + 128];
    const float v2_im_0 = im_0[i_0 + 128];
    const float v3_re_0 = re_0[i_0 + 192];
    const float v3_im_0 = im_0[i_0 + 192];
    const float a_re_0 = (v0_re_0 + v2_re_0);
    const float a_im_0 = (v0_im_0 + v2_im_0);
    const float b_re_0 = (v0_re_0 - v2_re_0);
    const float b_im_0 = (v0_im_0 - v2_im_0);
    const float c_re_0 = (v1_re_0 + v3_re_0);
    const float c_im_0 = (v1_im_0 + v3_im_0);
    const float d_re_0 = (v1_im_0 - v3_im_0);
    const float d_im_0 = (-(v1_re_0 - v3_re_0));
    re_1[4 * i_0] = (a_re_0 + c_re_0);
    im_1[4 * i_0] = (a_im_0 + c_im_0);
    re_1[4 * i_0 + 1] = (b_re_0 + d_re_0);
    im_1[4 * i_0 + 1] = (b_im_0 + d_im_0);
    re_1[4 * i_0 + 2] = (a_re_0 - c_re_0);
    im_1[4 * i_0 + 2] = (a_im_0 - c_im_0);
    re_1[4 * i_0 + 3] = (b_re_0 - d_re_0);
    im_1[4 * i_0 + 3] = (b_im_0 - d_im_0);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 4
  for (long i_1 = local0; i_1 < 64; i_1 += 64) {
    const float v0_re_1 = re_1[i_1];
    const float v0_im_1 = im_1[i_1];
    const float v1_re_1 = re_1[i_1 + 64];
    const float v1_im_1 = im_1[i_1 + 64];
    const float cos_1 = table_0[2 * ((i_1) % 4) + 6];
    const float sin_1 = table_0[2 * ((i_1) % 4) + 7];
    const float t1_re_0 = fma(v1_re_1, cos_1, (-(v1_im_1 * sin_1)));
    const float t1_im_0 = fma(v1_re_1, sin_1, (v1_im_1 * cos_1));
    const float v2_re_1 = re_1[i_1 + 128];
    const float v2_im_1 = im_1[i_1 + 128];
    const float cos_2 = table_0[2 * ((i_1) % 4) + 14];
    const float sin_2 = table_0[2 * ((i_1) % 4) + 15];
    const float t2_re_0 = fma(v2_re_1, cos_2, (-(v2_im_1 * sin_2)));
    const float t2_im_0 = fma(v2_re_1, sin_2, (v2_im_1 * cos_2));
    const float v3_re_1 = re_1[i_1 + 192];
    const float v3_im_1 = im_1[i_1 + 192];
    const float cos_3 = table_0[2 * ((i_1) % 4) + 22];
    const float sin_3 = table_0[2 * ((i_1) % 4) + 23];
    const float t3_re_0 = fma(v3_re_1, cos_3, (-(v3_im_1 * sin_3)));
    const float t3_im_0 = fma(v3_re_1, sin_3, (v3_im_1 * cos_3));
    const float a_re_1 = (v0_re_1 + t2_re_0);
    const float a_im_1 = (v0_im_1 + t2_im_0);
    const float b_re_1 = (v0_re_1 - t2_re_0);
    const float b_im_1 = (v0_im_1 - t2_im_0);
    const float c_re_1 = (t1_re_0 + t3_re_0);
    const float c_im_1 = (t1_im_0 + t3_im_0);
    const float d_re_1 = (t1_im_0 - t3_im_0);
    const float d_im_1 = (-(t1_re_0 - t3_re_0));
    re_0[((i_1) % 4) + 16 * ((i_1) / 4)] = (a_re_1 + c_re_1);
    im_0[((i_1) % 4) + 16 * ((i_1) / 4)] = (a_im_1 + c_im_1);
    re_0[((i_1) % 4) + 16 * ((i_1) / 4) + 4] = (b_re_1 + d_re_1);
    im_0[((i_1) % 4) + 16 * ((i_1) / 4) + 4] = (b_im_1 + d_im_1);
    re_0[((i_1) % 4) + 16 * ((i_1) / 4) + 8] = (a_re_1 - c_re_1);
    im_0[((i_1) % 4) + 16 * ((i_1) / 4) + 8] = (a_im_1 - c_im_1);
    re_0[((i_1) % 4) + 16 * ((i_1) / 4) + 12] = (b_re_1 - d_re_1);
    im_0[((i_1) % 4) + 16 * ((i_1) / 4) + 12] = (b_im_1 - d_im_1);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 16
  for (long i_2 = local0; i_2 < 64; i_2 += 64) {
    const float v0_re_2 = re_0[i_2];
    const float v0_im_2 = im_0[i_2];
    const float v1_re_2 = re_0[i_2 + 64];
    const float v1_im_2 = im_0[i_2 + 64];
    const float cos_4 = table_0[2 * ((i_2) % 16) + 30];
    const float sin_4 = table_0[2 * ((i_2) % 16) + 31];
    const float t1_re_1 = fma(v1_re_2, cos_4, (-(v1_im_2 * sin_4)));
    const float t1_im_1 = fma(v1_re_2, sin_4, (v1_im_2 * cos_4));
    const float v2_re_2 = re_0[i_2 + 128];
    const float v2_im_2 = im_0[i_2 + 128];
    const float cos_5 = table_0[2 * ((i_2) % 16) + 62];
    const float sin_5 = table_0[2 * ((i_2) % 16) + 63];
    const float t2_re_1 = fma(v2_re_2, cos_5, (-(v2_im_2 * sin_5)));
    const float t2_im_1 = fma(v2_re_2, sin_5, (v2_im_2 * cos_5));
    const float v3_re_2 = re_0[i_2 + 192];
    const float v3_im_2 = im_0[i_2 + 192];
    const float cos_6 = table_0[2 * ((i_2) % 16) + 94];
    const float sin_6 = table_0[2 * ((i_2) % 16) + 95];
    const float t3_re_1 = fma(v3_re_2, cos_6, (-(v3_im_2 * sin_6)));
    const float t3_im_1 = fma(v3_re_2, sin_6, (v3_im_2 * cos_6));
    const float a_re_2 = (v0_re_2 + t2_re_1);
    const float a_im_2 = (v0_im_2 + t2_im_1);
    const float b_re_2 = (v0_re_2 - t2_re_1);
    const float b_im_2 = (v0_im_2 - t2_im_1);
    const float c_re_2 = (t1_re_1 + t3_re_1);
    const float c_im_2 = (t1_im_1 + t3_im_1);
    const float d_re_2 = (t1_im_1 - t3_im_1);
    const float d_im_2 = (-(t1_re_1 - t3_re_1));
    re_1[((i_2) % 16) + 64 * ((i_2) / 16)] = (a_re_2 + c_re_2);
    im_1[((i_2) % 16) + 64 * ((i_2) / 16)] = (a_im_2 + c_im_2);
    re_1[((i_2) % 16) + 64 * ((i_2) / 16) + 16] = (b_re_2 + d_re_2);
    im_1[((i_2) % 16) + 64 * ((i_2) / 16) + 16] = (b_im_2 + d_im_2);
    re_1[((i_2) % 16) + 64 * ((i_2) / 16) + 32] = (a_re_2 - c_re_2);
    im_1[((i_2) % 16) + 64 * ((i_2) / 16) + 32] = (a_im_2 - c_im_2);
    re_1[((i_2) % 16) + 64 * ((i_2) / 16) + 48] = (b_re_2 - d_re_2);
    im_1[((i_2) % 16) + 64 * ((i_2) / 16) + 48] = (b_im_2 - d_im_2);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 64
  for (long i_3 = local0; i_3 < 64; i_3 += 64) {
    const float v0_re_3 = re_1[i_3];
    const float v0_im_3 = im_1[i_3];
    const float v1_re_3 = re_1[i_3 + 64];
    const float v1_im_3 = im_1[i_3 + 64];
    const float cos_7 = table_0[2 * i_3 + 126];
    const float sin_7 = table_0[2 * i_3 + 127];
    const float t1_re_2 = fma(v1_re_3, cos_7, (-(v1_im_3 * sin_7)));
    const float t1_im_2 = fma(v1_re_3, sin_7, (v1_im_3 * cos_7));
    const float v2_re_3 = re_1[i_3 + 128];
    const float v2_im_3 = im_1[i_3 + 128];
    const float cos_8 = table_0[2 * i_3 + 254];
    const float sin_8 = table_0[2 * i_3 + 255];
    const float t2_re_2 = fma(v2_re_3, cos_8, (-(v2_im_3 * sin_8)));
    const float t2_im_2 = fma(v2_re_3, sin_8, (v2_im_3 * cos_8));
    const float v3_re_3 = re_1[i_3 + 192];
    const float v3_im_3 = im_1[i_3 + 192];
    const float cos_9 = table_0[2 * i_3 + 382];
    const float sin_9 = table_0[2 * i_3 + 383];
    const float t3_re_2 = fma(v3_re_3, cos_9, (-(v3_im_3 * sin_9)));
    const float t3_im_2 = fma(v3_re_3, sin_9, (v3_im_3 * cos_9));
    const float a_re_3 = (v0_re_3 + t2_re_2);
    const float a_im_3 = (v0_im_3 + t2_im_2);
    const float b_re_3 = (v0_re_3 - t2_re_2);
    const float b_im_3 = (v0_im_3 - t2_im_2);
    const float c_re_3 = (t1_re_2 + t3_re_2);
    const float c_im_3 = (t1_im_2 + t3_im_2);
    const float d_re_3 = (t1_im_2 - t3_im_2);
    const float d_im_3 = (-(t1_re_2 - t3_re_2));
    re_0[i_3] = (a_re_3 + c_re_3);
    im_0[i_3] = (a_im_3 + c_im_3);
    re_0[i_3 + 64] = (b_re_3 + d_re_3);
    im_0[i_3 + 64] = (b_im_3 + d_im_3);
    re_0[i_3 + 128] = (a_re_3 - c_re_3);
    im_0[i_3 + 128] = (a_im_3 - c_im_3);
    re_0[i_3 + 192] = (b_re_3 - d_re_3);
    im_0[i_3 + 192] = (b_im_3 - d_im_3);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  for (long n_2 = local0; n_2 < 256; n_2 += 64) {
    const float cos_10 = table_0[2 * n_2 + 704];
    const float sin_10 = table_0[2 * n_2 + 705];
    const float x_re_1 = re_0[n_2];
    const float x_im_1 = im_0[n_2];
    re_0[n_2] = fma(x_re_1, cos_10, (-(x_im_1 * sin_10)));
    im_0[n_2] = fma(x_re_1, sin_10, (x_im_1 * cos_10));
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 1
  for (long i_4 = local0; i_4 < 64; i_4 += 64) {
    const float v0_re_4 = re_0[i_4];
    const float v0_im_4 = im_0[i_4];
    const float v1_re_4 = re_0[i_4 + 64];
    const float v1_im_4 = im_0[i_4 + 64];
    const float v2_re_4 = re_0[i_4 + 128];
    const float v2_im_4 = im_0[i_4 + 128];
    const float v3_re_4 = re_0[i_4 + 192];
    const float v3_im_4 = im_0[i_4 + 192];
    const float a_re_4 = (v0_re_4 + v2_re_4);
    const float a_im_4 = (v0_im_4 + v2_im_4);
    const float b_re_4 = (v0_re_4 - v2_re_4);
    const float b_im_4 = (v0_im_4 - v2_im_4);
    const float c_re_4 = (v1_re_4 + v3_re_4);
    const float c_im_4 = (v1_im_4 + v3_im_4);
    const float d_re_4 = (-(v1_im_4 - v3_im_4));
    const float d_im_4 = (v1_re_4 - v3_re_4);
    re_1[4 * i_4] = (a_re_4 + c_re_4);
    im_1[4 * i_4] = (a_im_4 + c_im_4);
    re_1[4 * i_4 + 1] = (b_re_4 + d_re_4);
    im_1[4 * i_4 + 1] = (b_im_4 + d_im_4);
    re_1[4 * i_4 + 2] = (a_re_4 - c_re_4);
    im_1[4 * i_4 + 2] = (a_im_4 - c_im_4);
    re_1[4 * i_4 + 3] = (b_re_4 - d_re_4);
    im_1[4 * i_4 + 3] = (b_im_4 - d_im_4);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 4
  for (long i_5 = local0; i_5 < 64; i_5 += 64) {
    const float v0_re_5 = re_1[i_5];
    const float v0_im_5 = im_1[i_5];
    const float v1_re_5 = re_1[i_5 + 64];
    const float v1_im_5 = im_1[i_5 + 64];
    const float cos_11 = table_0[2 * ((i_5) % 4) + 6];
    const float sin_11 = table_0[2 * ((i_5) % 4) + 7];
    const float t1_re_3 = fma(v1_re_5, cos_11, (-(v1_im_5 * (-sin_11))));
    const float t1_im_3 = fma(v1_re_5, (-sin_11), (v1_im_5 * cos_11));
    const float v2_re_5 = re_1[i_5 + 128];
    const float v2_im_5 = im_1[i_5 + 128];
    const float cos_12 = table_0[2 * ((i_5) % 4) + 14];
    const float sin_12 = table_0[2 * ((i_5) % 4) + 15];
    const float t2_re_3 = fma(v2_re_5, cos_12, (-(v2_im_5 * (-sin_12))));
    const float t2_im_3 = fma(v2_re_5, (-sin_12), (v2_im_5 * cos_12));
    const float v3_re_5 = re_1[i_5 + 192];
    const float v3_im_5 = im_1[i_5 + 192];
    const float cos_13 = table_0[2 * ((i_5) % 4) + 22];
    const float sin_13 = table_0[2 * ((i_5) % 4) + 23];
    const float t3_re_3 = fma(v3_re_5, cos_13, (-(v3_im_5 * (-sin_13))));
    const float t3_im_3 = fma(v3_re_5, (-sin_13), (v3_im_5 * cos_13));
    const float a_re_5 = (v0_re_5 + t2_re_3);
    const float a_im_5 = (v0_im_5 + t2_im_3);
    const float b_re_5 = (v0_re_5 - t2_re_3);
    const float b_im_5 = (v0_im_5 - t2_im_3);
    const float c_re_5 = (t1_re_3 + t3_re_3);
    const float c_im_5 = (t1_im_3 + t3_im_3);
    const float d_re_5 = (-(t1_im_3 - t3_im_3));
    const float d_im_5 = (t1_re_3 - t3_re_3);
    re_0[((i_5) % 4) + 16 * ((i_5) / 4)] = (a_re_5 + c_re_5);
    im_0[((i_5) % 4) + 16 * ((i_5) / 4)] = (a_im_5 + c_im_5);
    re_0[((i_5) % 4) + 16 * ((i_5) / 4) + 4] = (b_re_5 + d_re_5);
    im_0[((i_5) % 4) + 16 * ((i_5) / 4) + 4] = (b_im_5 + d_im_5);
    re_0[((i_5) % 4) + 16 * ((i_5) / 4) + 8] = (a_re_5 - c_re_5);
    im_0[((i_5) % 4) + 16 * ((i_5) / 4) + 8] = (a_im_5 - c_im_5);
    re_0[((i_5) % 4) + 16 * ((i_5) / 4) + 12] = (b_re_5 - d_re_5);
    im_0[((i_5) % 4) + 16 * ((i_5) / 4) + 12] = (b_im_5 - d_im_5);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 16
  for (long i_6 = local0; i_6 < 64; i_6 += 64) {
    const float v0_re_6 = re_0[i_6];
    const float v0_im_6 = im_0[i_6];
    const float v1_re_6 = re_0[i_6 + 64];
    const float v1_im_6 = im_0[i_6 + 64];
    const float cos_14 = table_0[2 * ((i_6) % 16) + 30];
    const float sin_14 = table_0[2 * ((i_6) % 16) + 31];
    const float t1_re_4 = fma(v1_re_6, cos_14, (-(v1_im_6 * (-sin_14))));
    const float t1_im_4 = fma(v1_re_6, (-sin_14), (v1_im_6 * cos_14));
    const float v2_re_6 = re_0[i_6 + 128];
    const float v2_im_6 = im_0[i_6 + 128];
    const float cos_15 = table_0[2 * ((i_6) % 16) + 62];
    const float sin_15 = table_0[2 * ((i_6) % 16) + 63];
    const float t2_re_4 = fma(v2_re_6, cos_15, (-(v2_im_6 * (-sin_15))));
    const float t2_im_4 = fma(v2_re_6, (-sin_15), (v2_im_6 * cos_15));
    const float v3_re_6 = re_0[i_6 + 192];
    const float v3_im_6 = im_0[i_6 + 192];
    const float cos_16 = table_0[2 * ((i_6) % 16) + 94];
    const float sin_16 = table_0[2 * ((i_6) % 16) + 95];
    const float t3_re_4 = fma(v3_re_6, cos_16, (-(v3_im_6 * (-sin_16))));
    const float t3_im_4 = fma(v3_re_6, (-sin_16), (v3_im_6 * cos_16));
    const float a_re_6 = (v0_re_6 + t2_re_4);
    const float a_im_6 = (v0_im_6 + t2_im_4);
    const float b_re_6 = (v0_re_6 - t2_re_4);
    const float b_im_6 = (v0_im_6 - t2_im_4);
    const float c_re_6 = (t1_re_4 + t3_re_4);
    const float c_im_6 = (t1_im_4 + t3_im_4);
    const float d_re_6 = (-(t1_im_4 - t3_im_4));
    const float d_im_6 = (t1_re_4 - t3_re_4);
    re_1[((i_6) % 16) + 64 * ((i_6) / 16)] = (a_re_6 + c_re_6);
    im_1[((i_6) % 16) + 64 * ((i_6) / 16)] = (a_im_6 + c_im_6);
    re_1[((i_6) % 16) + 64 * ((i_6) / 16) + 16] = (b_re_6 + d_re_6);
    im_1[((i_6) % 16) + 64 * ((i_6) / 16) + 16] = (b_im_6 + d_im_6);
    re_1[((i_6) % 16) + 64 * ((i_6) / 16) + 32] = (a_re_6 - c_re_6);
    im_1[((i_6) % 16) + 64 * ((i_6) / 16) + 32] = (a_im_6 - c_im_6);
    re_1[((i_6) % 16) + 64 * ((i_6) / 16) + 48] = (b_re_6 - d_re_6);
    im_1[((i_6) % 16) + 64 * ((i_6) / 16) + 48] = (b_im_6 - d_im_6);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 64
  for (long i_7 = local0; i_7 < 64; i_7 += 64) {
    const float v0_re_7 = re_1[i_7];
    const float v0_im_7 = im_1[i_7];
    const float v1_re_7 = re_1[i_7 + 64];
    const float v1_im_7 = im_1[i_7 + 64];
    const float cos_17 = table_0[2 * i_7 + 126];
    const float sin_17 = table_0[2 * i_7 + 127];
    const float t1_re_5 = fma(v1_re_7, cos_17, (-(v1_im_7 * (-sin_17))));
    const float t1_im_5 = fma(v1_re_7, (-sin_17), (v1_im_7 * cos_17));
    const float v2_re_7 = re_1[i_7 + 128];
    const float v2_im_7 = im_1[i_7 + 128];
    const float cos_18 = table_0[2 * i_7 + 254];
    const float sin_18 = table_0[2 * i_7 + 255];
    const float t2_re_5 = fma(v2_re_7, cos_18, (-(v2_im_7 * (-sin_18))));
    const float t2_im_5 = fma(v2_re_7, (-sin_18), (v2_im_7 * cos_18));
    const float v3_re_7 = re_1[i_7 + 192];
    const float v3_im_7 = im_1[i_7 + 192];
    const float cos_19 = table_0[2 * i_7 + 382];
    const float sin_19 = table_0[2 * i_7 + 383];
    const float t3_re_5 = fma(v3_re_7, cos_19, (-(v3_im_7 * (-sin_19))));
    const float t3_im_5 = fma(v3_re_7, (-sin_19), (v3_im_7 * cos_19));
    const float a_re_7 = (v0_re_7 + t2_re_5);
    const float a_im_7 = (v0_im_7 + t2_im_5);
    const float b_re_7 = (v0_re_7 - t2_re_5);
    const float b_im_7 = (v0_im_7 - t2_im_5);
    const float c_re_7 = (t1_re_5 + t3_re_5);
    const float c_im_7 = (t1_im_5 + t3_im_5);
    const float d_re_7 = (-(t1_im_5 - t3_im_5));
    const float d_im_7 = (t1_re_5 - t3_re_5);
    re_0[i_7] = (a_re_7 + c_re_7);
    im_0[i_7] = (a_im_7 + c_im_7);
    re_0[i_7 + 64] = (b_re_7 + d_re_7);
    im_0[i_7 + 64] = (b_im_7 + d_im_7);
    re_0[i_7 + 128] = (a_re_7 - c_re_7);
    im_0[i_7 + 128] = (a_im_7 - c_im_7);
    re_0[i_7 + 192] = (b_re_7 - d_re_7);
    im_0[i_7 + 192] = (b_im_7 - d_im_7);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  for (long k_0 = local0; k_0 < 97; k_0 += 64) {
    const float y_re_0 = re_0[k_0];
    const float y_im_0 = im_0[k_0];
    const float cos_20 = table_0[2 * k_0 + 510];
    const float sin_20 = table_0[2 * k_0 + 511];
    const float z_re_0 = fma(y_re_0, cos_20, (-(y_im_0 * sin_20)));
    const float z_im_0 = fma(y_re_0, sin_20, (y_im_0 * cos_20));
    y_0[2 * k_0 + 194 * line_0] = z_re_0;
    y_0[2 * k_0 + 194 * line_0 + 1] = z_im_0;
  }
}
