// fft: fft
// space [N, 60, 2]
// radices [4, 3, 5], schedule gpu, 64 work-items per line

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
  __local float re_0[60] __attribute__((aligned(64)));
  __local float im_0[60] __attribute__((aligned(64)));
  __local float re_1[60] __attribute__((aligned(64)));
  __local float im_1[60] __attribute__((aligned(64)));
  const long line_0 = (min((long)(group0), (long)((N + (-1)))));
  for (long n_0 = local0; n_0 < 60; n_0 += 64) {
    const float x_1 = x_0[120 * line_0 + 2 * n_0];
    const float x_2 = x_0[120 * line_0 + 2 * n_0 + 1];
    re_0[n_0] = x_1;
    im_0[n_0] = x_2;
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 4, stride 1
  for (long i_0 = local0; i_0 < 15; i_0 += 64) {
    const float v0_re_0 = re_0[i_0];
    const float v0_im_0 = im_0[i_0];
    const float v1_re_0 = re_0[i_0 + 15];
    const float v1_im_0 = im_0[i_0 + 15];
    const float v2_re_0 = re_0[i_0 + 30];
    const float v2_im_0 = im_0[i_0 + 30];
    const float v3_re_0 = re_0[i_0 + 45];
    const float v3_im_0 = im_0[i_0 + 45];
    const float a_re_0 = (v0_re_0 + v2_re_0);
    const float a_im_0 = (v0_im_0 + v2_im_0);
    const float b_re_0 = (v0_re_0 - v2_re_0);
    const float b_im_0 = (v0_im_0 - v2_im_0);
    const float c_re_0 = (v1_re_0 + v3_re_0);
    const float c_im_0 = (v1_im_0 + v3_im_0);
    const float d_re_0 = (-(v1_im_0 - v3_im_0));
    const float d_im_0 = (v1_re_0 - v3_re_0);
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
  // radix 3, stride 4
  for (long i_1 = local0; i_1 < 20; i_1 += 64) {
    const float v0_re_1 = re_1[i_1];
    const float v0_im_1 = im_1[i_1];
    const float v1_re_1 = re_1[i_1 + 20];
    const float v1_im_1 = im_1[i_1 + 20];
    const float cos_0 = table_0[2 * ((i_1) % 4) + 6];
    const float sin_0 = table_0[2 * ((i_1) % 4) + 7];
    const float t1_re_0 = fma(v1_re_1, cos_0, (-(v1_im_1 * (-sin_0))));
    const float t1_im_0 = fma(v1_re_1, (-sin_0), (v1_im_1 * cos_0));
    const float v2_re_1 = re_1[i_1 + 40];
    const float v2_im_1 = im_1[i_1 + 40];
    const float cos_1 = table_0[2 * ((i_1) % 4) + 14];
    const float sin_1 = table_0[2 * ((i_1) % 4) + 15];
    const float t2_re_0 = fma(v2_re_1, cos_1, (-(v2_im_1 * (-sin_1))));
    const float t2_im_0 = fma(v2_re_1, (-sin_1), (v2_im_1 * cos_1));
    const float sum_re_0 = (v0_re_1 + t1_re_0);
    const float sum_im_0 = (v0_im_1 + t1_im_0);
    const float sum_re_1 = (sum_re_0 + t2_re_0);
    const float sum_im_1 = (sum_im_0 + t2_im_0);
    const float sum_re_2 = (v0_re_1 + fma(t1_re_0, (-0.5f), (-(t1_im_0 * 0.8660254f))));
    const float sum_im_2 = (v0_im_1 + fma(t1_re_0, 0.8660254f, (t1_im_0 * (-0.5f))));
    const float sum_re_3 = (sum_re_2 + fma(t2_re_0, (-0.5f), (-(t2_im_0 * (-0.8660254f)))));
    const float sum_im_3 = (sum_im_2 + fma(t2_re_0, (-0.8660254f), (t2_im_0 * (-0.5f))));
    const float sum_re_4 = (v0_re_1 + fma(t1_re_0, (-0.5f), (-(t1_im_0 * (-0.8660254f)))));
    const float sum_im_4 = (v0_im_1 + fma(t1_re_0, (-0.8660254f), (t1_im_0 * (-0.5f))));
    const float sum_re_5 = (sum_re_4 + fma(t2_re_0, (-0.5f), (-(t2_im_0 * 0.8660254f))));
    const float sum_im_5 = (sum_im_4 + fma(t2_re_0, 0.8660254f, (t2_im_0 * (-0.5f))));
    re_0[((i_1) % 4) + 12 * ((i_1) / 4)] = sum_re_1;
    im_0[((i_1) % 4) + 12 * ((i_1) / 4)] = sum_im_1;
    re_0[((i_1) % 4) + 12 * ((i_1) / 4) + 4] = sum_re_3;
    im_0[((i_1) % 4) + 12 * ((i_1) / 4) + 4] = sum_im_3;
    re_0[((i_1) % 4) + 12 * ((i_1) / 4) + 8] = sum_re_5;
    im_0[((i_1) % 4) + 12 * ((i_1) / 4) + 8] = sum_im_5;
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  // radix 5, stride 12
  for (long i_2 = local0; i_2 < 12; i_2 += 64) {
    const float v0_re_2 = re_0[i_2];
    const float v0_im_2 = im_0[i_2];
    const float v1_re_2 = re_0[i_2 + 12];
    const float v1_im_2 = im_0[i_2 + 12];
    const float cos_2 = table_0[2 * i_2 + 22];
    const float sin_2 = table_0[2 * i_2 + 23];
    const float t1_re_1 = fma(v1_re_2, cos_2, (-(v1_im_2 * (-sin_2))));
    const float t1_im_1 = fma(v1_re_2, (-sin_2), (v1_im_2 * cos_2));
    const float v2_re_2 = re_0[i_2 + 24];
    const float v2_im_2 = im_0[i_2 + 24];
    const float cos_3 = table_0[2 * i_2 + 46];
    const float sin_3 = table_0[2 * i_2 + 47];
    const float t2_re_1 = fma(v2_re_2, cos_3, (-(v2_im_2 * (-sin_3))));
    const float t2_im_1 = fma(v2_re_2, (-sin_3), (v2_im_2 * cos_3));
    const float v3_re_1 = re_0[i_2 + 36];
    const float v3_im_1 = im_0[i_2 + 36];
    const float cos_4 = table_0[2 * i_2 + 70];
    const float sin_4 = table_0[2 * i_2 + 71];
    const float t3_re_0 = fma(v3_re_1, cos_4, (-(v3_im_1 * (-sin_4))));
    const float t3_im_0 = fma(v3_re_1, (-sin_4), (v3_im_1 * cos_4));
    const float v4_re_0 = re_0[i_2 + 48];
    const float v4_im_0 = im_0[i_2 + 48];
    const float cos_5 = table_0[2 * i_2 + 94];
    const float sin_5 = table_0[2 * i_2 + 95];
    const float t4_re_0 = fma(v4_re_0, cos_5, (-(v4_im_0 * (-sin_5))));
    const float t4_im_0 = fma(v4_re_0, (-sin_5), (v4_im_0 * cos_5));
    const float sum_re_6 = (v0_re_2 + t1_re_1);
    const float sum_im_6 = (v0_im_2 + t1_im_1);
    const float sum_re_7 = (sum_re_6 + t2_re_1);
    const float sum_im_7 = (sum_im_6 + t2_im_1);
    const float sum_re_8 = (sum_re_7 + t3_re_0);
    const float sum_im_8 = (sum_im_7 + t3_im_0);
    const float sum_re_9 = (sum_re_8 + t4_re_0);
    const float sum_im_9 = (sum_im_8 + t4_im_0);
    const float sum_re_10 = (v0_re_2 + fma(t1_re_1, 0.309017f, (-(t1_im_1 * 0.95105654f))));
    const float sum_im_10 = (v0_im_2 + fma(t1_re_1, 0.95105654f, (t1_im_1 * 0.309017f)));
    const float sum_re_11 = (sum_re_10 + fma(t2_re_1, (-0.809017f), (-(t2_im_1 * 0.58778524f))));
    const float sum_im_11 = (sum_im_10 + fma(t2_re_1, 0.58778524f, (t2_im_1 * (-0.809017f))));
    const float sum_re_12 = (sum_re_11 + fma(t3_re_0, (-0.809017f), (-(t3_im_0 * (-0.58778524f)))));
    const float sum_im_12 = (sum_im_11 + fma(t3_re_0, (-0.58778524f), (t3_im_0 * (-0.809017f))));
    const float sum_re_13 = (sum_re_12 + fma(t4_re_0, 0.309017f, (-(t4_im_0 * (-0.95105654f)))));
    const float sum_im_13 = (sum_im_12 + fma(t4_re_0, (-0.95105654f), (t4_im_0 * 0.309017f)));
    const float sum_re_14 = (v0_re_2 + fma(t1_re_1, (-0.809017f), (-(t1_im_1 * 0.58778524f))));
    const float sum_im_14 = (v0_im_2 + fma(t1_re_1, 0.58778524f, (t1_im_1 * (-0.809017f))));
    const float sum_re_15 = (sum_re_14 + fma(t2_re_1, 0.309017f, (-(t2_im_1 * (-0.95105654f)))));
    const float sum_im_15 = (sum_im_14 + fma(t2_re_1, (-0.95105654f), (t2_im_1 * 0.309017f)));
    const float sum_re_16 = (sum_re_15 + fma(t3_re_0, 0.309017f, (-(t3_im_0 * 0.95105654f))));
    const float sum_im_16 = (sum_im_15 + fma(t3_re_0, 0.95105654f, (t3_im_0 * 0.309017f)));
    const float sum_re_17 = (sum_re_16 + fma(t4_re_0, (-0.809017f), (-(t4_im_0 * (-0.58778524f)))));
    const float sum_im_17 = (sum_im_16 + fma(t4_re_0, (-0.58778524f), (t4_im_0 * (-0.809017f))));
    const float sum_re_18 = (v0_re_2 + fma(t1_re_1, (-0.809017f), (-(t1_im_1 * (-0.58778524f)))));
    const float sum_im_18 = (v0_im_2 + fma(t1_re_1, (-0.58778524f), (t1_im_1 * (-0.809017f))));
    const float sum_re_19 = (sum_re_18 + fma(t2_re_1, 0.309017f, (-(t2_im_1 * 0.95105654f))));
    const float sum_im_19 = (sum_im_18 + fma(t2_re_1, 0.95105654f, (t2_im_1 * 0.309017f)));
    const float sum_re_20 = (sum_re_19 + fma(t3_re_0, 0.309017f, (-(t3_im_0 * (-0.95105654f)))));
    const float sum_im_20 = (sum_im_19 + fma(t3_re_0, (-0.95105654f), (t3_im_0 * 0.309017f)));
    const float sum_re_21 = (sum_re_20 + fma(t4_re_0, (-0.809017f), (-(t4_im_0 * 0.58778524f))));
    const float sum_im_21 = (sum_im_20 + fma(t4_re_0, 0.58778524f, (t4_im_0 * (-0.809017f))));
    const float sum_re_22 = (v0_re_2 + fma(t1_re_1, 0.309017f, (-(t1_im_1 * (-0.95105654f)))));
    const float sum_im_22 = (v0_im_2 + fma(t1_re_1, (-0.95105654f), (t1_im_1 * 0.309017f)));
    const float sum_re_23 = (sum_re_22 + fma(t2_re_1, (-0.809017f), (-(t2_im_1 * (-0.58778524f)))));
    const float sum_im_23 = (sum_im_22 + fma(t2_re_1, (-0.58778524f), (t2_im_1 * (-0.809017f))));
    const float sum_re_24 = (sum_re_23 + fma(t3_re_0, (-0.809017f), (-(t3_im_0 * 0.58778524f))));
    const float sum_im_24 = (sum_im_23 + fma(t3_re_0, 0.58778524f, (t3_im_0 * (-0.809017f))));
    const float sum_re_25 = (sum_re_24 + fma(t4_re_0, 0.309017f, (-(t4_im_0 * 0.95105654f))));
    const float sum_im_25 = (sum_im_24 + fma(t4_re_0, 0.95105654f, (t4_im_0 * 0.309017f)));
    re_1[i_2] = sum_re_9;
    im_1[i_2] = sum_im_9;
    re_1[i_2 + 12] = sum_re_13;
    im_1[i_2 + 12] = sum_im_13;
    re_1[i_2 + 24] = sum_re_17;
    im_1[i_2 + 24] = sum_im_17;
    re_1[i_2 + 36] = sum_re_21;
    im_1[i_2 + 36] = sum_im_21;
    re_1[i_2 + 48] = sum_re_25;
    im_1[i_2 + 48] = sum_im_25;
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  for (long k_0 = local0; k_0 < 60; k_0 += 64) {
    const float y_re_0 = re_1[k_0];
    const float y_im_0 = im_1[k_0];
    y_0[2 * k_0 + 120 * line_0] = y_re_0;
    y_0[2 * k_0 + 120 * line_0 + 1] = y_im_0;
  }
}
