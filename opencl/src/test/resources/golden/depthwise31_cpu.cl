// depthwise: convolution
// space [N, 16, 64, 64]
// schedule cpu, tile 5 rows x 4 vectors of 16, rows per item 64
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void depthwise_convolution(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group1 = get_group_id(1);
  const long group2 = get_group_id(2);
  float weights_0[961] __attribute__((aligned(64)));
  for (long tap_0 = 0; tap_0 < 960; tap_0 += 16) {
    const float16 p_0 = vload16(0, x_1 + 961 * group1 + tap_0);
    *(__private float16_u*)(weights_0 + tap_0) = p_0;
  }
  const long tap_1 = 960;
  const float p_1 = x_1[961 * group1 + tap_1];
  weights_0[tap_1] = p_1;
  float plane_0[9120] __attribute__((aligned(64)));
  for (long z_0 = 0; z_0 < 9120; z_0 += 16) {
    *(__private float16*)(plane_0 + z_0) = (float16)(0.0f);
  }
  for (long in_row_0 = 0; in_row_0 < 64; in_row_0++) {
    for (long in_column_0 = 0; in_column_0 < 64; in_column_0 += 16) {
      const float16 x_2 = vload16(0, x_0 + 4096 * group1 + 65536 * group2 + in_column_0 + 64 * in_row_0);
      *(__private float16_u*)(plane_0 + in_column_0 + 96 * in_row_0 + 1455) = x_2;
    }
  }
  for (long row_0 = 0; row_0 < 64; row_0 += 5) {
    float16 acc_0_0_0 = (float16)(0.0f);
    float16 acc_0_1_0 = (float16)(0.0f);
    float16 acc_0_2_0 = (float16)(0.0f);
    float16 acc_0_3_0 = (float16)(0.0f);
    float16 acc_1_0_0 = (float16)(0.0f);
    float16 acc_1_1_0 = (float16)(0.0f);
    float16 acc_1_2_0 = (float16)(0.0f);
    float16 acc_1_3_0 = (float16)(0.0f);
    float16 acc_2_0_0 = (float16)(0.0f);
    float16 acc_2_1_0 = (float16)(0.0f);
    float16 acc_2_2_0 = (float16)(0.0f);
    float16 acc_2_3_0 = (float16)(0.0f);
    float16 acc_3_0_0 = (float16)(0.0f);
    float16 acc_3_1_0 = (float16)(0.0f);
    float16 acc_3_2_0 = (float16)(0.0f);
    float16 acc_3_3_0 = (float16)(0.0f);
    float16 acc_4_0_0 = (float16)(0.0f);
    float16 acc_4_1_0 = (float16)(0.0f);
    float16 acc_4_2_0 = (float16)(0.0f);
    float16 acc_4_3_0 = (float16)(0.0f);
    for (long kw_0 = 0; kw_0 < 31; kw_0++) {
      const float16 x_0_0 = vload16(0, plane_0 + kw_0 + 96 * row_0);
      const float16 x_1_0 = vload16(0, plane_0 + kw_0 + 96 * row_0 + 16);
      const float16 x_2_0 = vload16(0, plane_0 + kw_0 + 96 * row_0 + 32);
      const float16 x_3_0 = vload16(0, plane_0 + kw_0 + 96 * row_0 + 48);
      const float w_0 = weights_0[kw_0];
      acc_0_0_0 = fma((float16)(w_0), x_0_0, acc_0_0_0);
      acc_0_1_0 = fma((float16)(w_0), x_1_0, acc_0_1_0);
      acc_0_2_0 = fma((float16)(w_0), x_2_0, acc_0_2_0);
      acc_0_3_0 = fma((float16)(w_0), x_3_0, acc_0_3_0);
    }
    for (long kw_1 = 0; kw_1 < 31; kw_1++) {
      const float16 x_0_1 = vload16(0, plane_0 + kw_1 + 96 * row_0 + 96);
      const float16 x_1_1 = vload16(0, plane_0 + kw_1 + 96 * row_0 + 112);
      const float16 x_2_1 = vload16(0, plane_0 + kw_1 + 96 * row_0 + 128);
      const float16 x_3_1 = vload16(0, plane_0 + kw_1 + 96 * row_0 + 144);
      const float w_1 = weights_0[kw_1 + 31];
      acc_0_0_0 = fma((float16)(w_1), x_0_1, acc_0_0_0);
      acc_0_1_0 = fma((float16)(w_1), x_1_1, acc_0_1_0);
      acc_0_2_0 = fma((float16)(w_1), x_2_1, acc_0_2_0);
      acc_0_3_0 = fma((float16)(w_1), x_3_1, acc_0_3_0);
      const float w_2 = weights_0[kw_1];
      acc_1_0_0 = fma((float16)(w_2), x_0_1, acc_1_0_0);
      acc_1_1_0 = fma((float16)(w_2), x_1_1, acc_1_1_0);
      acc_1_2_0 = fma((float16)(w_2), x_2_1, acc_1_2_0);
      acc_1_3_0 = fma((float16)(w_2), x_3_1, acc_1_3_0);
    }
    for (long kw_2 = 0; kw_2 < 31; kw_2++) {
      const float16 x_0_2 = vload16(0, plane_0 + kw_2 + 96 * row_0 + 192);
      const float16 x_1_2 = vload16(0, plane_0 + kw_2 + 96 * row_0 + 208);
      const float16 x_2_2 = vload16(0, plane_0 + kw_2 + 96 * row_0 + 224);
      const float16 x_3_2 = vload16(0, plane_0 + kw_2 + 96 * row_0 + 240);
      const float w_3 = weights_0[kw_2 + 62];
      acc_0_0_0 = fma((float16)(w_3), x_0_2, acc_0_0_0);
      acc_0_1_0 = fma((float16)(w_3), x_1_2, acc_0_1_0);
      acc_0_2_0 = fma((float16)(w_3), x_2_2, acc_0_2_0);
      acc_0_3_0 = fma((float16)(w_3), x_3_2, acc_0_3_0);
      const float w_4 = weights_0[kw_2 + 31];
      acc_1_0_0 = fma((float16)(w_4), x_0_2, acc_1_0_0);
      acc_1_1_0 = fma((float16)(w_4), x_1_2, acc_1_1_0);
      acc_1_2_0 = fma((float16)(w_4), x_2_2, acc_1_2_0);
      acc_1_3_0 = fma((float16)(w_4), x_3_2, acc_1_3_0);
      const float w_5 = weights_0[kw_2];
      acc_2_0_0 = fma((float16)(w_5), x_0_2, acc_2_0_0);
      acc_2_1_0 = fma((float16)(w_5), x_1_2, acc_2_1_0);
      acc_2_2_0 = fma((float16)(w_5), x_2_2, acc_2_2_0);
      acc_2_3_0 = fma((float16)(w_5), x_3_2, acc_2_3_0);
    }
    for (long kw_3 = 0; kw_3 < 31; kw_3++) {
      const float16 x_0_3 = vload16(0, plane_0 + kw_3 + 96 * row_0 + 288);
      const float16 x_1_3 = vload16(0, plane_0 + kw_3 + 96 * row_0 + 304);
      const float16 x_2_3 = vload16(0, plane_0 + kw_3 + 96 * row_0 + 320);
      const float16 x_3_3 = vload16(0, plane_0 + kw_3 + 96 * row_0 + 336);
      const float w_6 = weights_0[kw_3 + 93];
      acc_0_0_0 = fma((float16)(w_6), x_0_3, acc_0_0_0);
      acc_0_1_0 = fma((float16)(w_6), x_1_3, acc_0_1_0);
      acc_0_2_0 = fma((float16)(w_6), x_2_3, acc_0_2_0);
      acc_0_3_0 = fma((float16)(w_6), x_3_3, acc_0_3_0);
      const float w_7 = weights_0[kw_3 + 62];
      acc_1_0_0 = fma((float16)(w_7), x_0_3, acc_1_0_0);
      acc_1_1_0 = fma((float16)(w_7), x_1_3, acc_1_1_0);
      acc_1_2_0 = fma((float16)(w_7), x_2_3, acc_1_2_0);
      acc_1_3_0 = fma((float16)(w_7), x_3_3, acc_1_3_0);
      const float w_8 = weights_0[kw_3 + 31];
      acc_2_0_0 = fma((float16)(w_8), x_0_3, acc_2_0_0);
      acc_2_1_0 = fma((float16)(w_8), x_1_3, acc_2_1_0);
      acc_2_2_0 = fma((float16)(w_8), x_2_3, acc_2_2_0);
      acc_2_3_0 = fma((float16)(w_8), x_3_3, acc_2_3_0);
      const float w_9 = weights_0[kw_3];
      acc_3_0_0 = fma((float16)(w_9), x_0_3, acc_3_0_0);
      acc_3_1_0 = fma((float16)(w_9), x_1_3, acc_3_1_0);
      acc_3_2_0 = fma((float16)(w_9), x_2_3, acc_3_2_0);
      acc_3_3_0 = fma((float16)(w_9), x_3_3, acc_3_3_0);
    }
    for (long kh_0 = 4; kh_0 < 31; kh_0++) {
      for (long kw_4 = 0; kw_4 < 31; kw_4++) {
        const float16 x_0_4 = vload16(0, plane_0 + 96 * kh_0 + kw_4 + 96 * row_0);
        const float16 x_1_4 = vload16(0, plane_0 + 96 * kh_0 + kw_4 + 96 * row_0 + 16);
        const float16 x_2_4 = vload16(0, plane_0 + 96 * kh_0 + kw_4 + 96 * row_0 + 32);
        const float16 x_3_4 = vload16(0, plane_0 + 96 * kh_0 + kw_4 + 96 * row_0 + 48);
        const float w_10 = weights_0[31 * kh_0 + kw_4];
        acc_0_0_0 = fma((float16)(w_10), x_0_4, acc_0_0_0);
        acc_0_1_0 = fma((float16)(w_10), x_1_4, acc_0_1_0);
        acc_0_2_0 = fma((float16)(w_10), x_2_4, acc_0_2_0);
        acc_0_3_0 = fma((float16)(w_10), x_3_4, acc_0_3_0);
        const float w_11 = weights_0[31 * kh_0 + kw_4 + (-31)];
        acc_1_0_0 = fma((float16)(w_11), x_0_4, acc_1_0_0);
        acc_1_1_0 = fma((float16)(w_11), x_1_4, acc_1_1_0);
        acc_1_2_0 = fma((float16)(w_11), x_2_4, acc_1_2_0);
        acc_1_3_0 = fma((float16)(w_11), x_3_4, acc_1_3_0);
        const float w_12 = weights_0[31 * kh_0 + kw_4 + (-62)];
        acc_2_0_0 = fma((float16)(w_12), x_0_4, acc_2_0_0);
        acc_2_1_0 = fma((float16)(w_12), x_1_4, acc_2_1_0);
        acc_2_2_0 = fma((float16)(w_12), x_2_4, acc_2_2_0);
        acc_2_3_0 = fma((float16)(w_12), x_3_4, acc_2_3_0);
        const float w_13 = weights_0[31 * kh_0 + kw_4 + (-93)];
        acc_3_0_0 = fma((float16)(w_13), x_0_4, acc_3_0_0);
        acc_3_1_0 = fma((float16)(w_13), x_1_4, acc_3_1_0);
        acc_3_2_0 = fma((float16)(w_13), x_2_4, acc_3_2_0);
        acc_3_3_0 = fma((float16)(w_13), x_3_4, acc_3_3_0);
        const float w_14 = weights_0[31 * kh_0 + kw_4 + (-124)];
        acc_4_0_0 = fma((float16)(w_14), x_0_4, acc_4_0_0);
        acc_4_1_0 = fma((float16)(w_14), x_1_4, acc_4_1_0);
        acc_4_2_0 = fma((float16)(w_14), x_2_4, acc_4_2_0);
        acc_4_3_0 = fma((float16)(w_14), x_3_4, acc_4_3_0);
      }
    }
    for (long kw_5 = 0; kw_5 < 31; kw_5++) {
      const float16 x_0_5 = vload16(0, plane_0 + kw_5 + 96 * row_0 + 2976);
      const float16 x_1_5 = vload16(0, plane_0 + kw_5 + 96 * row_0 + 2992);
      const float16 x_2_5 = vload16(0, plane_0 + kw_5 + 96 * row_0 + 3008);
      const float16 x_3_5 = vload16(0, plane_0 + kw_5 + 96 * row_0 + 3024);
      const float w_15 = weights_0[kw_5 + 930];
      acc_1_0_0 = fma((float16)(w_15), x_0_5, acc_1_0_0);
      acc_1_1_0 = fma((float16)(w_15), x_1_5, acc_1_1_0);
      acc_1_2_0 = fma((float16)(w_15), x_2_5, acc_1_2_0);
      acc_1_3_0 = fma((float16)(w_15), x_3_5, acc_1_3_0);
      const float w_16 = weights_0[kw_5 + 899];
      acc_2_0_0 = fma((float16)(w_16), x_0_5, acc_2_0_0);
      acc_2_1_0 = fma((float16)(w_16), x_1_5, acc_2_1_0);
      acc_2_2_0 = fma((float16)(w_16), x_2_5, acc_2_2_0);
      acc_2_3_0 = fma((float16)(w_16), x_3_5, acc_2_3_0);
      const float w_17 = weights_0[kw_5 + 868];
      acc_3_0_0 = fma((float16)(w_17), x_0_5, acc_3_0_0);
      acc_3_1_0 = fma((float16)(w_17), x_1_5, acc_3_1_0);
      acc_3_2_0 = fma((float16)(w_17), x_2_5, acc_3_2_0);
      acc_3_3_0 = fma((float16)(w_17), x_3_5, acc_3_3_0);
      const float w_18 = weights_0[kw_5 + 837];
      acc_4_0_0 = fma((float16)(w_18), x_0_5, acc_4_0_0);
      acc_4_1_0 = fma((float16)(w_18), x_1_5, acc_4_1_0);
      acc_4_2_0 = fma((float16)(w_18), x_2_5, acc_4_2_0);
      acc_4_3_0 = fma((float16)(w_18), x_3_5, acc_4_3_0);
    }
    for (long kw_6 = 0; kw_6 < 31; kw_6++) {
      const float16 x_0_6 = vload16(0, plane_0 + kw_6 + 96 * row_0 + 3072);
      const float16 x_1_6 = vload16(0, plane_0 + kw_6 + 96 * row_0 + 3088);
      const float16 x_2_6 = vload16(0, plane_0 + kw_6 + 96 * row_0 + 3104);
      const float16 x_3_6 = vload16(0, plane_0 + kw_6 + 96 * row_0 + 3120);
      const float w_19 = weights_0[kw_6 + 930];
      acc_2_0_0 = fma((float16)(w_19), x_0_6, acc_2_0_0);
      acc_2_1_0 = fma((float16)(w_19), x_1_6, acc_2_1_0);
      acc_2_2_0 = fma((float16)(w_19), x_2_6, acc_2_2_0);
      acc_2_3_0 = fma((float16)(w_19), x_3_6, acc_2_3_0);
      const float w_20 = weights_0[kw_6 + 899];
      acc_3_0_0 = fma((float16)(w_20), x_0_6, acc_3_0_0);
      acc_3_1_0 = fma((float16)(w_20), x_1_6, acc_3_1_0);
      acc_3_2_0 = fma((float16)(w_20), x_2_6, acc_3_2_0);
      acc_3_3_0 = fma((float16)(w_20), x_3_6, acc_3_3_0);
      const float w_21 = weights_0[kw_6 + 868];
      acc_4_0_0 = fma((float16)(w_21), x_0_6, acc_4_0_0);
      acc_4_1_0 = fma((float16)(w_21), x_1_6, acc_4_1_0);
      acc_4_2_0 = fma((float16)(w_21), x_2_6, acc_4_2_0);
      acc_4_3_0 = fma((float16)(w_21), x_3_6, acc_4_3_0);
    }
    for (long kw_7 = 0; kw_7 < 31; kw_7++) {
      const float16 x_0_7 = vload16(0, plane_0 + kw_7 + 96 * row_0 + 3168);
      const float16 x_1_7 = vload16(0, plane_0 + kw_7 + 96 * row_0 + 3184);
      const float16 x_2_7 = vload16(0, plane_0 + kw_7 + 96 * row_0 + 3200);
      const float16 x_3_7 = vload16(0, plane_0 + kw_7 + 96 * row_0 + 3216);
      const float w_22 = weights_0[kw_7 + 930];
      acc_3_0_0 = fma((float16)(w_22), x_0_7, acc_3_0_0);
      acc_3_1_0 = fma((float16)(w_22), x_1_7, acc_3_1_0);
      acc_3_2_0 = fma((float16)(w_22), x_2_7, acc_3_2_0);
      acc_3_3_0 = fma((float16)(w_22), x_3_7, acc_3_3_0);
      const float w_23 = weights_0[kw_7 + 899];
      acc_4_0_0 = fma((float16)(w_23), x_0_7, acc_4_0_0);
      acc_4_1_0 = fma((float16)(w_23), x_1_7, acc_4_1_0);
      acc_4_2_0 = fma((float16)(w_23), x_2_7, acc_4_2_0);
      acc_4_3_0 = fma((float16)(w_23), x_3_7, acc_4_3_0);
    }
    for (long kw_8 = 0; kw_8 < 31; kw_8++) {
      const float16 x_0_8 = vload16(0, plane_0 + kw_8 + 96 * row_0 + 3264);
      const float16 x_1_8 = vload16(0, plane_0 + kw_8 + 96 * row_0 + 3280);
      const float16 x_2_8 = vload16(0, plane_0 + kw_8 + 96 * row_0 + 3296);
      const float16 x_3_8 = vload16(0, plane_0 + kw_8 + 96 * row_0 + 3312);
      const float w_24 = weights_0[kw_8 + 930];
      acc_4_0_0 = fma((float16)(w_24), x_0_8, acc_4_0_0);
      acc_4_1_0 = fma((float16)(w_24), x_1_8, acc_4_1_0);
      acc_4_2_0 = fma((float16)(w_24), x_2_8, acc_4_2_0);
      acc_4_3_0 = fma((float16)(w_24), x_3_8, acc_4_3_0);
    }
    const long out_0 = 0;
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_0 + 64 * row_0) = acc_0_0_0;
    const long out_1 = 16;
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_1 + 64 * row_0) = acc_0_1_0;
    const long out_2 = 32;
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_2 + 64 * row_0) = acc_0_2_0;
    const long out_3 = 48;
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_3 + 64 * row_0) = acc_0_3_0;
    if (((row_0 + 1) < 64)) {
      const long out_4 = 0;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_4 + 64 * row_0 + 64) = acc_1_0_0;
      const long out_5 = 16;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_5 + 64 * row_0 + 64) = acc_1_1_0;
      const long out_6 = 32;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_6 + 64 * row_0 + 64) = acc_1_2_0;
      const long out_7 = 48;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_7 + 64 * row_0 + 64) = acc_1_3_0;
    }
    if (((row_0 + 2) < 64)) {
      const long out_8 = 0;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_8 + 64 * row_0 + 128) = acc_2_0_0;
      const long out_9 = 16;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_9 + 64 * row_0 + 128) = acc_2_1_0;
      const long out_10 = 32;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_10 + 64 * row_0 + 128) = acc_2_2_0;
      const long out_11 = 48;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_11 + 64 * row_0 + 128) = acc_2_3_0;
    }
    if (((row_0 + 3) < 64)) {
      const long out_12 = 0;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_12 + 64 * row_0 + 192) = acc_3_0_0;
      const long out_13 = 16;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_13 + 64 * row_0 + 192) = acc_3_1_0;
      const long out_14 = 32;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_14 + 64 * row_0 + 192) = acc_3_2_0;
      const long out_15 = 48;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_15 + 64 * row_0 + 192) = acc_3_3_0;
    }
    if (((row_0 + 4) < 64)) {
      const long out_16 = 0;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_16 + 64 * row_0 + 256) = acc_4_0_0;
      const long out_17 = 16;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_17 + 64 * row_0 + 256) = acc_4_1_0;
      const long out_18 = 32;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_18 + 64 * row_0 + 256) = acc_4_2_0;
      const long out_19 = 48;
      *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_19 + 64 * row_0 + 256) = acc_4_3_0;
    }
  }
}
