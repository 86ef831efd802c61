// fft: fft
// space [N, 16, 64, 2]
// radices [4, 4, 4], schedule cpu, 16 lines in lanes

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void fft_fft(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    __global const float* restrict table_0_base, const ulong table_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  __global const float* restrict table_0 = table_0_base + table_0_at;
  const long group0 = get_group_id(0);
  float re_0[1024] __attribute__((aligned(64)));
  float im_0[1024] __attribute__((aligned(64)));
  float re_1[1024] __attribute__((aligned(64)));
  float im_1[1024] __attribute__((aligned(64)));
  const long line_0 = (min((long)(16 * group0), (long)((16 * N + (-1)))));
  const long line_1 = (min((long)(16 * group0 + 1), (long)((16 * N + (-1)))));
  const long line_2 = (min((long)(16 * group0 + 2), (long)((16 * N + (-1)))));
  const long line_3 = (min((long)(16 * group0 + 3), (long)((16 * N + (-1)))));
  const long line_4 = (min((long)(16 * group0 + 4), (long)((16 * N + (-1)))));
  const long line_5 = (min((long)(16 * group0 + 5), (long)((16 * N + (-1)))));
  const long line_6 = (min((long)(16 * group0 + 6), (long)((16 * N + (-1)))));
  const long line_7 = (min((long)(16 * group0 + 7), (long)((16 * N + (-1)))));
  const long line_8 = (min((long)(16 * group0 + 8), (long)((16 * N + (-1)))));
  const long line_9 = (min((long)(16 * group0 + 9), (long)((16 * N + (-1)))));
  const long line_10 = (min((long)(16 * group0 + 10), (long)((16 * N + (-1)))));
  const long line_11 = (min((long)(16 * group0 + 11), (long)((16 * N + (-1)))));
  const long line_12 = (min((long)(16 * group0 + 12), (long)((16 * N + (-1)))));
  const long line_13 = (min((long)(16 * group0 + 13), (long)((16 * N + (-1)))));
  const long line_14 = (min((long)(16 * group0 + 14), (long)((16 * N + (-1)))));
  const long line_15 = (min((long)(16 * group0 + 15), (long)((16 * N + (-1)))));
  for (long n_0 = 0; n_0 < 64; n_0++) {
    const float x_1 = x_0[128 * line_0 + 2 * n_0];
    const float x_2 = x_0[128 * line_0 + 2 * n_0 + 1];
    const float x_3 = x_0[128 * line_1 + 2 * n_0];
    const float x_4 = x_0[128 * line_1 + 2 * n_0 + 1];
    const float x_5 = x_0[128 * line_2 + 2 * n_0];
    const float x_6 = x_0[128 * line_2 + 2 * n_0 + 1];
    const float x_7 = x_0[128 * line_3 + 2 * n_0];
    const float x_8 = x_0[128 * line_3 + 2 * n_0 + 1];
    const float x_9 = x_0[128 * line_4 + 2 * n_0];
    const float x_10 = x_0[128 * line_4 + 2 * n_0 + 1];
    const float x_11 = x_0[128 * line_5 + 2 * n_0];
    const float x_12 = x_0[128 * line_5 + 2 * n_0 + 1];
    const float x_13 = x_0[128 * line_6 + 2 * n_0];
    const float x_14 = x_0[128 * line_6 + 2 * n_0 + 1];
    const float x_15 = x_0[128 * line_7 + 2 * n_0];
    const float x_16 = x_0[128 * line_7 + 2 * n_0 + 1];
    const float x_17 = x_0[128 * line_8 + 2 * n_0];
    const float x_18 = x_0[128 * line_8 + 2 * n_0 + 1];
    const float x_19 = x_0[128 * line_9 + 2 * n_0];
    const float x_20 = x_0[128 * line_9 + 2 * n_0 + 1];
    const float x_21 = x_0[128 * line_10 + 2 * n_0];
    const float x_22 = x_0[128 * line_10 + 2 * n_0 + 1];
    const float x_23 = x_0[128 * line_11 + 2 * n_0];
    const float x_24 = x_0[128 * line_11 + 2 * n_0 + 1];
    const float x_25 = x_0[128 * line_12 + 2 * n_0];
    const float x_26 = x_0[128 * line_12 + 2 * n_0 + 1];
    const float x_27 = x_0[128 * line_13 + 2 * n_0];
    const float x_28 = x_0[128 * line_13 + 2 * n_0 + 1];
    const float x_29 = x_0[128 * line_14 + 2 * n_0];
    const float x_30 = x_0[128 * line_14 + 2 * n_0 + 1];
    const float x_31 = x_0[128 * line_15 + 2 * n_0];
    const float x_32 = x_0[128 * line_15 + 2 * n_0 + 1];
    *(__private float16*)(re_0 + 16 * n_0) = (float16)(x_1, x_3, x_5, x_7, x_9, x_11, x_13, x_15, x_17, x_19, x_21, x_23, x_25, x_27, x_29, x_31);
    *(__private float16*)(im_0 + 16 * n_0) = (float16)(x_2, x_4, x_6, x_8, x_10, x_12, x_14, x_16, x_18, x_20, x_22, x_24, x_26, x_28, x_30, x_32);
  }
  // radix 4, stride 1
  for (long i_0 = 0; i_0 < 16; i_0++) {
    const float16 v0_re_0 = *(__private const float16*)(re_0 + 16 * i_0);
    const float16 v0_im_0 = *(__private const float16*)(im_0 + 16 * i_0);
    const float16 v1_re_0 = *(__private const float16*)(re_0 + 16 * i_0 + 256);
    const float16 v1_im_0 = *(__private const float16*)(im_0 + 16 * i_0 + 256);
    const float16 v2_re_0 = *(__private const float16*)(re_0 + 16 * i_0 + 512);
    const float16 v2_im_0 = *(__private const float16*)(im_0 + 16 * i_0 + 512);
    const float16 v3_re_0 = *(__private const float16*)(re_0 + 16 * i_0 + 768);
    const float16 v3_im_0 = *(__private const float16*)(im_0 + 16 * i_0 + 768);
    const float16 a_re_0 = (v0_re_0 + v2_re_0);
    const float16 a_im_0 = (v0_im_0 + v2_im_0);
    const float16 b_re_0 = (v0_re_0 - v2_re_0);
    const float16 b_im_0 = (v0_im_0 - v2_im_0);
    const float16 c_re_0 = (v1_re_0 + v3_re_0);
    const float16 c_im_0 = (v1_im_0 + v3_im_0);
    const float16 d_re_0 = (v1_im_0 - v3_im_0);
    const float16 d_im_0 = (-(v1_re_0 - v3_re_0));
    *(__private float16*)(re_1 + 64 * i_0) = (a_re_0 + c_re_0);
    *(__private float16*)(im_1 + 64 * i_0) = (a_im_0 + c_im_0);
    *(__private float16*)(re_1 + 64 * i_0 + 16) = (b_re_0 + d_re_0);
    *(__private float16*)(im_1 + 64 * i_0 + 16) = (b_im_0 + d_im_0);
    *(__private float16*)(re_1 + 64 * i_0 + 32) = (a_re_0 - c_re_0);
    *(__private float16*)(im_1 + 64 * i_0 + 32) = (a_im_0 - c_im_0);
    *(__private float16*)(re_1 + 64 * i_0 + 48) = (b_re_0 - d_re_0);
    *(__private float16*)(im_1 + 64 * i_0 + 48) = (b_im_0 - d_im_0);
  }
  // radix 4, stride 4
  for (long i_1 = 0; i_1 < 16; i_1++) {
    const float16 v0_re_1 = *(__private const float16*)(re_1 + 16 * i_1);
    const float16 v0_im_1 = *(__private const float16*)(im_1 + 16 * i_1);
    const float16 v1_re_1 = *(__private const float16*)(re_1 + 16 * i_1 + 256);
    const float16 v1_im_1 = *(__private const float16*)(im_1 + 16 * i_1 + 256);
    const float cos_0 = table_0[2 * ((i_1) % 4) + 6];
    const float sin_0 = table_0[2 * ((i_1) % 4) + 7];
    const float16 t1_re_0 = fma(v1_re_1, (float16)(cos_0), (-(v1_im_1 * (float16)(sin_0))));
    const float16 t1_im_0 = fma(v1_re_1, (float16)(sin_0), (v1_im_1 * (float16)(cos_0)));
    const float16 v2_re_1 = *(__private const float16*)(re_1 + 16 * i_1 + 512);
    const float16 v2_im_1 = *(__private const float16*)(im_1 + 16 * i_1 + 512);
    const float cos_1 = table_0[2 * ((i_1) % 4) + 14];
    const float sin_1 = table_0[2 * ((i_1) % 4) + 15];
    const float16 t2_re_0 = fma(v2_re_1, (float16)(cos_1), (-(v2_im_1 * (float16)(sin_1))));
    const float16 t2_im_0 = fma(v2_re_1, (float16)(sin_1), (v2_im_1 * (float16)(cos_1)));
    const float16 v3_re_1 = *(__private const float16*)(re_1 + 16 * i_1 + 768);
    const float16 v3_im_1 = *(__private const float16*)(im_1 + 16 * i_1 + 768);
    const float cos_2 = table_0[2 * ((i_1) % 4) + 22];
    const float sin_2 = table_0[2 * ((i_1) % 4) + 23];
    const float16 t3_re_0 = fma(v3_re_1, (float16)(cos_2), (-(v3_im_1 * (float16)(sin_2))));
    const float16 t3_im_0 = fma(v3_re_1, (float16)(sin_2), (v3_im_1 * (float16)(cos_2)));
    const float16 a_re_1 = (v0_re_1 + t2_re_0);
    const float16 a_im_1 = (v0_im_1 + t2_im_0);
    const float16 b_re_1 = (v0_re_1 - t2_re_0);
    const float16 b_im_1 = (v0_im_1 - t2_im_0);
    const float16 c_re_1 = (t1_re_0 + t3_re_0);
    const float16 c_im_1 = (t1_im_0 + t3_im_0);
    const float16 d_re_1 = (t1_im_0 - t3_im_0);
    const float16 d_im_1 = (-(t1_re_0 - t3_re_0));
    *(__private float16*)(re_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4)) = (a_re_1 + c_re_1);
    *(__private float16*)(im_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4)) = (a_im_1 + c_im_1);
    *(__private float16*)(re_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4) + 64) = (b_re_1 + d_re_1);
    *(__private float16*)(im_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4) + 64) = (b_im_1 + d_im_1);
    *(__private float16*)(re_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4) + 128) = (a_re_1 - c_re_1);
    *(__private float16*)(im_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4) + 128) = (a_im_1 - c_im_1);
    *(__private float16*)(re_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4) + 192) = (b_re_1 - d_re_1);
    *(__private float16*)(im_0 + 16 * ((i_1) % 4) + 256 * ((i_1) / 4) + 192) = (b_im_1 - d_im_1);
  }
  // radix 4, stride 16
  for (long i_2 = 0; i_2 < 16; i_2++) {
    const float16 v0_re_2 = *(__private const float16*)(re_0 + 16 * i_2);
    const float16 v0_im_2 = *(__private const float16*)(im_0 + 16 * i_2);
    const float16 v1_re_2 = *(__private const float16*)(re_0 + 16 * i_2 + 256);
    const float16 v1_im_2 = *(__private const float16*)(im_0 + 16 * i_2 + 256);
    const float cos_3 = table_0[2 * i_2 + 30];
    const float sin_3 = table_0[2 * i_2 + 31];
    const float16 t1_re_1 = fma(v1_re_2, (float16)(cos_3), (-(v1_im_2 * (float16)(sin_3))));
    const float16 t1_im_1 = fma(v1_re_2, (float16)(sin_3), (v1_im_2 * (float16)(cos_3)));
    const float16 v2_re_2 = *(__private const float16*)(re_0 + 16 * i_2 + 512);
    const float16 v2_im_2 = *(__private const float16*)(im_0 + 16 * i_2 + 512);
    const float cos_4 = table_0[2 * i_2 + 62];
    const float sin_4 = table_0[2 * i_2 + 63];
    const float16 t2_re_1 = fma(v2_re_2, (float16)(cos_4), (-(v2_im_2 * (float16)(sin_4))));
    const float16 t2_im_1 = fma(v2_re_2, (float16)(sin_4), (v2_im_2 * (float16)(cos_4)));
    const float16 v3_re_2 = *(__private const float16*)(re_0 + 16 * i_2 + 768);
    const float16 v3_im_2 = *(__private const float16*)(im_0 + 16 * i_2 + 768);
    const float cos_5 = table_0[2 * i_2 + 94];
    const float sin_5 = table_0[2 * i_2 + 95];
    const float16 t3_re_1 = fma(v3_re_2, (float16)(cos_5), (-(v3_im_2 * (float16)(sin_5))));
    const float16 t3_im_1 = fma(v3_re_2, (float16)(sin_5), (v3_im_2 * (float16)(cos_5)));
    const float16 a_re_2 = (v0_re_2 + t2_re_1);
    const float16 a_im_2 = (v0_im_2 + t2_im_1);
    const float16 b_re_2 = (v0_re_2 - t2_re_1);
    const float16 b_im_2 = (v0_im_2 - t2_im_1);
    const float16 c_re_2 = (t1_re_1 + t3_re_1);
    const float16 c_im_2 = (t1_im_1 + t3_im_1);
    const float16 d_re_2 = (t1_im_1 - t3_im_1);
    const float16 d_im_2 = (-(t1_re_1 - t3_re_1));
    *(__private float16*)(re_1 + 16 * i_2) = (a_re_2 + c_re_2);
    *(__private float16*)(im_1 + 16 * i_2) = (a_im_2 + c_im_2);
    *(__private float16*)(re_1 + 16 * i_2 + 256) = (b_re_2 + d_re_2);
    *(__private float16*)(im_1 + 16 * i_2 + 256) = (b_im_2 + d_im_2);
    *(__private float16*)(re_1 + 16 * i_2 + 512) = (a_re_2 - c_re_2);
    *(__private float16*)(im_1 + 16 * i_2 + 512) = (a_im_2 - c_im_2);
    *(__private float16*)(re_1 + 16 * i_2 + 768) = (b_re_2 - d_re_2);
    *(__private float16*)(im_1 + 16 * i_2 + 768) = (b_im_2 - d_im_2);
  }
  for (long k_0 = 0; k_0 < 64; k_0++) {
    const float16 y_re_0 = *(__private const float16*)(re_1 + 16 * k_0);
    const float16 y_im_0 = *(__private const float16*)(im_1 + 16 * k_0);
    y_0[2 * k_0 + 128 * line_0] = y_re_0.s0;
    y_0[2 * k_0 + 128 * line_0 + 1] = y_im_0.s0;
    y_0[2 * k_0 + 128 * line_1] = y_re_0.s1;
    y_0[2 * k_0 + 128 * line_1 + 1] = y_im_0.s1;
    y_0[2 * k_0 + 128 * line_2] = y_re_0.s2;
    y_0[2 * k_0 + 128 * line_2 + 1] = y_im_0.s2;
    y_0[2 * k_0 + 128 * line_3] = y_re_0.s3;
    y_0[2 * k_0 + 128 * line_3 + 1] = y_im_0.s3;
    y_0[2 * k_0 + 128 * line_4] = y_re_0.s4;
    y_0[2 * k_0 + 128 * line_4 + 1] = y_im_0.s4;
    y_0[2 * k_0 + 128 * line_5] = y_re_0.s5;
    y_0[2 * k_0 + 128 * line_5 + 1] = y_im_0.s5;
    y_0[2 * k_0 + 128 * line_6] = y_re_0.s6;
    y_0[2 * k_0 + 128 * line_6 + 1] = y_im_0.s6;
    y_0[2 * k_0 + 128 * line_7] = y_re_0.s7;
    y_0[2 * k_0 + 128 * line_7 + 1] = y_im_0.s7;
    y_0[2 * k_0 + 128 * line_8] = y_re_0.s8;
    y_0[2 * k_0 + 128 * line_8 + 1] = y_im_0.s8;
    y_0[2 * k_0 + 128 * line_9] = y_re_0.s9;
    y_0[2 * k_0 + 128 * line_9 + 1] = y_im_0.s9;
    y_0[2 * k_0 + 128 * line_10] = y_re_0.sa;
    y_0[2 * k_0 + 128 * line_10 + 1] = y_im_0.sa;
    y_0[2 * k_0 + 128 * line_11] = y_re_0.sb;
    y_0[2 * k_0 + 128 * line_11 + 1] = y_im_0.sb;
    y_0[2 * k_0 + 128 * line_12] = y_re_0.sc;
    y_0[2 * k_0 + 128 * line_12 + 1] = y_im_0.sc;
    y_0[2 * k_0 + 128 * line_13] = y_re_0.sd;
    y_0[2 * k_0 + 128 * line_13 + 1] = y_im_0.sd;
    y_0[2 * k_0 + 128 * line_14] = y_re_0.se;
    y_0[2 * k_0 + 128 * line_14 + 1] = y_im_0.se;
    y_0[2 * k_0 + 128 * line_15] = y_re_0.sf;
    y_0[2 * k_0 + 128 * line_15 + 1] = y_im_0.sf;
  }
}
