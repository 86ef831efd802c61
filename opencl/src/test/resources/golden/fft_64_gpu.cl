// fft: fft
// space [N, 16, 64, 2]
// radices [4, 4, 4], schedule gpu, 64 work-items per line

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
  __local float re_0[64] __attribute__((aligned(64)));
  __local float im_0[64] __attribute__((aligned(64)));
  __local float re_1[64] __attribute__((aligned(64)));
  __local float im_1[64] __attribute__((aligned(64)));
  const long line_0 = (min((long)(group0), (long)((16 * N + (-1)))));
  for (long n_0 = local0; n_0 < 64; n_0 += 64) {
    const float x_1 = x_0[128 * line_0 + 2 * n_0];
    const float x_2 = x_0[128 * line_0 + 2 * n_0 + 1];
    re_0[n_0] = x_1;
    im_0[n_0] = x_2;
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 1
  for (long i_0 = local0; i_0 < 16; i_0 += 64) {
    const float v0_re_0 = re_0[i_0];
    const float v0_im_0 = im_0[i_0];
    const float v1_re_0 = re_0[i_0 + 16];
    const float v1_im_0 = im_0[i_0 + 16];
    const float v2_re_0 = re_0[i_0 + 32];
    const float v2_im_0 = im_0[i_0 + 32];
    const float v3_re_0 = re_0[i_0 + 48];
    const float v3_im_0 = im_0[i_0 + 48];
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
  for (long i_1 = local0; i_1 < 16; i_1 += 64) {
    const float v0_re_1 = re_1[i_1];
    const float v0_im_1 = im_1[i_1];
    const float v1_re_1 = re_1[i_1 + 16];
    const float v1_im_1 = im_1[i_1 + 16];
    const float cos_0 = table_0[2 * ((i_1) % 4) + 6];
    const float sin_0 = table_0[2 * ((i_1) % 4) + 7];
    const float t1_re_0 = fma(v1_re_1, cos_0, (-(v1_im_1 * sin_0)));
    const float t1_im_0 = fma(v1_re_1, sin_0, (v1_im_1 * cos_0));
    const float v2_re_1 = re_1[i_1 + 32];
    const float v2_im_1 = im_1[i_1 + 32];
    const float cos_1 = table_0[2 * ((i_1) % 4) + 14];
    const float sin_1 = table_0[2 * ((i_1) % 4) + 15];
    const float t2_re_0 = fma(v2_re_1, cos_1, (-(v2_im_1 * sin_1)));
    const float t2_im_0 = fma(v2_re_1, sin_1, (v2_im_1 * cos_1));
    const float v3_re_1 = re_1[i_1 + 48];
    const float v3_im_1 = im_1[i_1 + 48];
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
  for (long i_2 = local0; i_2 < 16; i_2 += 64) {
    const float v0_re_2 = re_0[i_2];
    const float v0_im_2 = im_0[i_2];
    const float v1_re_2 = re_0[i_2 + 16];
    const float v1_im_2 = im_0[i_2 + 16];
    const float cos_3 = table_0[2 * i_2 + 30];
    const float sin_3 = table_0[2 * i_2 + 31];
    const float t1_re_1 = fma(v1_re_2, cos_3, (-(v1_im_2 * sin_3)));
    const float t1_im_1 = fma(v1_re_2, sin_3, (v1_im_2 * cos_3));
    const float v2_re_2 = re_0[i_2 + 32];
    const float v2_im_2 = im_0[i_2 + 32];
    const float cos_4 = table_0[2 * i_2 + 62];
    const float sin_4 = table_0[2 * i_2 + 63];
    const float t2_re_1 = fma(v2_re_2, cos_4, (-(v2_im_2 * sin_4)));
    const float t2_im_1 = fma(v2_re_2, sin_4, (v2_im_2 * cos_4));
    const float v3_re_2 = re_0[i_2 + 48];
    const float v3_im_2 = im_0[i_2 + 48];
    const float cos_5 = table_0[2 * i_2 + 94];
    const float sin_5 = table_0[2 * i_2 + 95];
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
    re_1[i_2] = (a_re_2 + c_re_2);
    im_1[i_2] = (a_im_2 + c_im_2);
    re_1[i_2 + 16] = (b_re_2 + d_re_2);
    im_1[i_2 + 16] = (b_im_2 + d_im_2);
    re_1[i_2 + 32] = (a_re_2 - c_re_2);
    im_1[i_2 + 32] = (a_im_2 - c_im_2);
    re_1[i_2 + 48] = (b_re_2 - d_re_2);
    im_1[i_2 + 48] = (b_im_2 - d_im_2);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  for (long k_0 = local0; k_0 < 64; k_0 += 64) {
    const float y_re_0 = re_1[k_0];
    const float y_im_0 = im_1[k_0];
    y_0[2 * k_0 + 128 * line_0] = y_re_0;
    y_0[2 * k_0 + 128 * line_0 + 1] = y_im_0;
  }
}
