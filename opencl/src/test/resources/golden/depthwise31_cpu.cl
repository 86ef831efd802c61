// depthwise: convolution
// space [N, 16, 64, 64]
// schedule cpu, tile 4 rows x 4 vectors of 16, rows per item 64, rows by 9 products of 8
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
#endif
#ifndef NND_FLOAT4_U
#define NND_FLOAT4_U
typedef float4 float4_u __attribute__((aligned(4)));
#endif
#ifndef NND_FLOAT2_U
#define NND_FLOAT2_U
typedef float2 float2_u __attribute__((aligned(4)));
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
  float weights_0[992] __attribute__((aligned(64)));
  for (long tap_0 = 0; tap_0 < 960; tap_0 += 16) {
    const float16 p_0 = vload16(0, x_1 + 961 * group1 + tap_0);
    *(__private float16_u*)(weights_0 + tap_0) = p_0;
  }
  const long tap_1 = 960;
  const float p_1 = x_1[961 * group1 + tap_1];
  weights_0[tap_1] = p_1;
  const long tap_2 = 0;
  *(__private float16_u*)(weights_0 + tap_2 + 961) = (float16)(0.0f);
  const long tap_3 = 16;
  *(__private float8_u*)(weights_0 + tap_3 + 961) = (float8)(0.0f);
  const long tap_4 = 24;
  *(__private float4_u*)(weights_0 + tap_4 + 961) = (float4)(0.0f);
  const long tap_5 = 28;
  *(__private float2_u*)(weights_0 + tap_5 + 961) = (float2)(0.0f);
  const long tap_6 = 30;
  weights_0[tap_6 + 961] = 0.0f;
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
  float parts_0[19872] __attribute__((aligned(64)));
  for (long q_0 = 0; q_0 < 23; q_0++) {
    for (long z_1 = 0; z_1 < 96; z_1 += 16) {
      const float16 x_3 = *(__private const float16*)(plane_0 + 384 * q_0 + z_1);
      const float16 x_4 = *(__private const float16*)(plane_0 + 384 * q_0 + z_1 + 96);
      const float16 x_5 = *(__private const float16*)(plane_0 + 384 * q_0 + z_1 + 192);
      const float16 x_6 = *(__private const float16*)(plane_0 + 384 * q_0 + z_1 + 288);
      const float16 x_7 = *(__private const float16*)(plane_0 + 384 * q_0 + z_1 + 384);
      const float16 x_8 = *(__private const float16*)(plane_0 + 384 * q_0 + z_1 + 480);
      const float16 x_9 = *(__private const float16*)(plane_0 + 384 * q_0 + z_1 + 576);
      const float16 f_0 = (x_3 - x_4);
      const float16 f_1 = (x_5 - x_4);
      const float16 f_2 = (x_5 - x_6);
      const float16 f_3 = (x_7 - x_6);
      const float16 f_4 = (x_7 - x_8);
      const float16 f_5 = (x_9 - x_8);
      const float16 f_6 = (f_0 - f_2);
      const float16 f_7 = (f_4 - f_2);
      const float16 f_8 = (x_4 - x_6);
      const float16 f_9 = (x_8 - x_6);
      const float16 f_10 = (f_1 - f_3);
      const float16 f_11 = (f_5 - f_3);
      *(__private float16*)(parts_0 + 96 * q_0 + z_1) = f_6;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 2208) = f_2;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 4416) = f_7;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 6624) = f_8;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 8832) = x_6;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 11040) = f_9;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 13248) = f_10;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 15456) = f_3;
      *(__private float16*)(parts_0 + 96 * q_0 + z_1 + 17664) = f_11;
    }
  }
  float taps_0[2232] __attribute__((aligned(64)));
  for (long s_0 = 0; s_0 < 8; s_0++) {
    const long kw_0 = 0;
    const float16 g_0 = vload16(0, weights_0 + kw_0 + 124 * s_0);
    const float16 g_1 = vload16(0, weights_0 + kw_0 + 124 * s_0 + 31);
    const float16 g_2 = vload16(0, weights_0 + kw_0 + 124 * s_0 + 62);
    const float16 g_3 = vload16(0, weights_0 + kw_0 + 124 * s_0 + 93);
    const float16 f_12 = (g_0 + g_1);
    const float16 f_13 = (g_2 + g_3);
    const float16 f_14 = (g_0 + g_2);
    const float16 f_15 = (f_12 + f_13);
    const float16 f_16 = (g_1 + g_3);
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0) = g_0;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 248) = f_14;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 496) = g_2;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 744) = f_12;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 992) = f_15;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 1240) = f_13;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 1488) = g_1;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 1736) = f_16;
    *(__private float16_u*)(taps_0 + kw_0 + 31 * s_0 + 1984) = g_3;
    const long kw_1 = 16;
    const float8 g_4 = vload8(0, weights_0 + kw_1 + 124 * s_0);
    const float8 g_5 = vload8(0, weights_0 + kw_1 + 124 * s_0 + 31);
    const float8 g_6 = vload8(0, weights_0 + kw_1 + 124 * s_0 + 62);
    const float8 g_7 = vload8(0, weights_0 + kw_1 + 124 * s_0 + 93);
    const float8 f_17 = (g_4 + g_5);
    const float8 f_18 = (g_6 + g_7);
    const float8 f_19 = (g_4 + g_6);
    const float8 f_20 = (f_17 + f_18);
    const float8 f_21 = (g_5 + g_7);
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0) = g_4;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 248) = f_19;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 496) = g_6;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 744) = f_17;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 992) = f_20;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 1240) = f_18;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 1488) = g_5;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 1736) = f_21;
    *(__private float8_u*)(taps_0 + kw_1 + 31 * s_0 + 1984) = g_7;
    const long kw_2 = 24;
    const float4 g_8 = vload4(0, weights_0 + kw_2 + 124 * s_0);
    const float4 g_9 = vload4(0, weights_0 + kw_2 + 124 * s_0 + 31);
    const float4 g_10 = vload4(0, weights_0 + kw_2 + 124 * s_0 + 62);
    const float4 g_11 = vload4(0, weights_0 + kw_2 + 124 * s_0 + 93);
    const float4 f_22 = (g_8 + g_9);
    const float4 f_23 = (g_10 + g_11);
    const float4 f_24 = (g_8 + g_10);
    const float4 f_25 = (f_22 + f_23);
    const float4 f_26 = (g_9 + g_11);
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0) = g_8;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 248) = f_24;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 496) = g_10;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 744) = f_22;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 992) = f_25;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 1240) = f_23;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 1488) = g_9;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 1736) = f_26;
    *(__private float4_u*)(taps_0 + kw_2 + 31 * s_0 + 1984) = g_11;
    const long kw_3 = 28;
    const float2 g_12 = vload2(0, weights_0 + kw_3 + 124 * s_0);
    const float2 g_13 = vload2(0, weights_0 + kw_3 + 124 * s_0 + 31);
    const float2 g_14 = vload2(0, weights_0 + kw_3 + 124 * s_0 + 62);
    const float2 g_15 = vload2(0, weights_0 + kw_3 + 124 * s_0 + 93);
    const float2 f_27 = (g_12 + g_13);
    const float2 f_28 = (g_14 + g_15);
    const float2 f_29 = (g_12 + g_14);
    const float2 f_30 = (f_27 + f_28);
    const float2 f_31 = (g_13 + g_15);
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0) = g_12;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 248) = f_29;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 496) = g_14;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 744) = f_27;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 992) = f_30;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 1240) = f_28;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 1488) = g_13;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 1736) = f_31;
    *(__private float2_u*)(taps_0 + kw_3 + 31 * s_0 + 1984) = g_15;
    const long kw_4 = 30;
    const float g_16 = weights_0[kw_4 + 124 * s_0];
    const float g_17 = weights_0[kw_4 + 124 * s_0 + 31];
    const float g_18 = weights_0[kw_4 + 124 * s_0 + 62];
    const float g_19 = weights_0[kw_4 + 124 * s_0 + 93];
    const float f_32 = (g_16 + g_17);
    const float f_33 = (g_18 + g_19);
    const float f_34 = (g_16 + g_18);
    const float f_35 = (f_32 + f_33);
    const float f_36 = (g_17 + g_19);
    taps_0[kw_4 + 31 * s_0] = g_16;
    taps_0[kw_4 + 31 * s_0 + 248] = f_34;
    taps_0[kw_4 + 31 * s_0 + 496] = g_18;
    taps_0[kw_4 + 31 * s_0 + 744] = f_32;
    taps_0[kw_4 + 31 * s_0 + 992] = f_35;
    taps_0[kw_4 + 31 * s_0 + 1240] = f_33;
    taps_0[kw_4 + 31 * s_0 + 1488] = g_17;
    taps_0[kw_4 + 31 * s_0 + 1736] = f_36;
    taps_0[kw_4 + 31 * s_0 + 1984] = g_19;
  }
  float products_0[2304] __attribute__((aligned(64)));
  for (long row_0 = 0; row_0 < 64; row_0 += 16) {
    for (long product_0 = 0; product_0 < 9; product_0++) {
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
      if ((((((row_0) / 4) + (-3)) >= 0) & ((((row_0) / 4) + (-3)) < 17))) {
        for (long kw_5 = 0; kw_5 < 31; kw_5++) {
          const float16 x_0_0 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_5 + 2208 * product_0);
          const float16 x_1_0 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_5 + 2208 * product_0 + 16);
          const float16 x_2_0 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_5 + 2208 * product_0 + 32);
          const float16 x_3_0 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_5 + 2208 * product_0 + 48);
          const float w_0 = taps_0[kw_5 + 248 * product_0];
          acc_0_0_0 = fma((float16)(w_0), x_0_0, acc_0_0_0);
          acc_0_1_0 = fma((float16)(w_0), x_1_0, acc_0_1_0);
          acc_0_2_0 = fma((float16)(w_0), x_2_0, acc_0_2_0);
          acc_0_3_0 = fma((float16)(w_0), x_3_0, acc_0_3_0);
        }
      }
      if ((((((row_0) / 4) + (-2)) >= 0) & ((((row_0) / 4) + (-2)) < 17))) {
        for (long kw_6 = 0; kw_6 < 31; kw_6++) {
          const float16 x_0_1 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_6 + 2208 * product_0 + 96);
          const float16 x_1_1 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_6 + 2208 * product_0 + 112);
          const float16 x_2_1 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_6 + 2208 * product_0 + 128);
          const float16 x_3_1 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_6 + 2208 * product_0 + 144);
          const float w_1 = taps_0[kw_6 + 248 * product_0 + 31];
          acc_0_0_0 = fma((float16)(w_1), x_0_1, acc_0_0_0);
          acc_0_1_0 = fma((float16)(w_1), x_1_1, acc_0_1_0);
          acc_0_2_0 = fma((float16)(w_1), x_2_1, acc_0_2_0);
          acc_0_3_0 = fma((float16)(w_1), x_3_1, acc_0_3_0);
          const float w_2 = taps_0[kw_6 + 248 * product_0];
          acc_1_0_0 = fma((float16)(w_2), x_0_1, acc_1_0_0);
          acc_1_1_0 = fma((float16)(w_2), x_1_1, acc_1_1_0);
          acc_1_2_0 = fma((float16)(w_2), x_2_1, acc_1_2_0);
          acc_1_3_0 = fma((float16)(w_2), x_3_1, acc_1_3_0);
        }
      }
      if ((((((row_0) / 4) + (-1)) >= 0) & ((((row_0) / 4) + (-1)) < 17))) {
        for (long kw_7 = 0; kw_7 < 31; kw_7++) {
          const float16 x_0_2 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_7 + 2208 * product_0 + 192);
          const float16 x_1_2 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_7 + 2208 * product_0 + 208);
          const float16 x_2_2 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_7 + 2208 * product_0 + 224);
          const float16 x_3_2 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_7 + 2208 * product_0 + 240);
          const float w_3 = taps_0[kw_7 + 248 * product_0 + 62];
          acc_0_0_0 = fma((float16)(w_3), x_0_2, acc_0_0_0);
          acc_0_1_0 = fma((float16)(w_3), x_1_2, acc_0_1_0);
          acc_0_2_0 = fma((float16)(w_3), x_2_2, acc_0_2_0);
          acc_0_3_0 = fma((float16)(w_3), x_3_2, acc_0_3_0);
          const float w_4 = taps_0[kw_7 + 248 * product_0 + 31];
          acc_1_0_0 = fma((float16)(w_4), x_0_2, acc_1_0_0);
          acc_1_1_0 = fma((float16)(w_4), x_1_2, acc_1_1_0);
          acc_1_2_0 = fma((float16)(w_4), x_2_2, acc_1_2_0);
          acc_1_3_0 = fma((float16)(w_4), x_3_2, acc_1_3_0);
          const float w_5 = taps_0[kw_7 + 248 * product_0];
          acc_2_0_0 = fma((float16)(w_5), x_0_2, acc_2_0_0);
          acc_2_1_0 = fma((float16)(w_5), x_1_2, acc_2_1_0);
          acc_2_2_0 = fma((float16)(w_5), x_2_2, acc_2_2_0);
          acc_2_3_0 = fma((float16)(w_5), x_3_2, acc_2_3_0);
        }
      }
      for (long kh_0 = (-1) * (min((long)((-3)), (long)(((row_0) / 4) + (-3)))); kh_0 < (min((long)(8), (long)((-1) * ((row_0) / 4) + 20))); kh_0++) {
        for (long kw_8 = 0; kw_8 < 31; kw_8++) {
          const float16 x_0_3 = vload16(0, parts_0 + 96 * ((row_0) / 4) + 96 * kh_0 + kw_8 + 2208 * product_0);
          const float16 x_1_3 = vload16(0, parts_0 + 96 * ((row_0) / 4) + 96 * kh_0 + kw_8 + 2208 * product_0 + 16);
          const float16 x_2_3 = vload16(0, parts_0 + 96 * ((row_0) / 4) + 96 * kh_0 + kw_8 + 2208 * product_0 + 32);
          const float16 x_3_3 = vload16(0, parts_0 + 96 * ((row_0) / 4) + 96 * kh_0 + kw_8 + 2208 * product_0 + 48);
          const float w_6 = taps_0[31 * kh_0 + kw_8 + 248 * product_0];
          acc_0_0_0 = fma((float16)(w_6), x_0_3, acc_0_0_0);
          acc_0_1_0 = fma((float16)(w_6), x_1_3, acc_0_1_0);
          acc_0_2_0 = fma((float16)(w_6), x_2_3, acc_0_2_0);
          acc_0_3_0 = fma((float16)(w_6), x_3_3, acc_0_3_0);
          const float w_7 = taps_0[31 * kh_0 + kw_8 + 248 * product_0 + (-31)];
          acc_1_0_0 = fma((float16)(w_7), x_0_3, acc_1_0_0);
          acc_1_1_0 = fma((float16)(w_7), x_1_3, acc_1_1_0);
          acc_1_2_0 = fma((float16)(w_7), x_2_3, acc_1_2_0);
          acc_1_3_0 = fma((float16)(w_7), x_3_3, acc_1_3_0);
          const float w_8 = taps_0[31 * kh_0 + kw_8 + 248 * product_0 + (-62)];
          acc_2_0_0 = fma((float16)(w_8), x_0_3, acc_2_0_0);
          acc_2_1_0 = fma((float16)(w_8), x_1_3, acc_2_1_0);
          acc_2_2_0 = fma((float16)(w_8), x_2_3, acc_2_2_0);
          acc_2_3_0 = fma((float16)(w_8), x_3_3, acc_2_3_0);
          const float w_9 = taps_0[31 * kh_0 + kw_8 + 248 * product_0 + (-93)];
          acc_3_0_0 = fma((float16)(w_9), x_0_3, acc_3_0_0);
          acc_3_1_0 = fma((float16)(w_9), x_1_3, acc_3_1_0);
          acc_3_2_0 = fma((float16)(w_9), x_2_3, acc_3_2_0);
          acc_3_3_0 = fma((float16)(w_9), x_3_3, acc_3_3_0);
        }
      }
      if ((((((row_0) / 4) + 5) >= 0) & ((((row_0) / 4) + 5) < 17))) {
        for (long kw_9 = 0; kw_9 < 31; kw_9++) {
          const float16 x_0_4 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_9 + 2208 * product_0 + 768);
          const float16 x_1_4 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_9 + 2208 * product_0 + 784);
          const float16 x_2_4 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_9 + 2208 * product_0 + 800);
          const float16 x_3_4 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_9 + 2208 * product_0 + 816);
          const float w_10 = taps_0[kw_9 + 248 * product_0 + 217];
          acc_1_0_0 = fma((float16)(w_10), x_0_4, acc_1_0_0);
          acc_1_1_0 = fma((float16)(w_10), x_1_4, acc_1_1_0);
          acc_1_2_0 = fma((float16)(w_10), x_2_4, acc_1_2_0);
          acc_1_3_0 = fma((float16)(w_10), x_3_4, acc_1_3_0);
          const float w_11 = taps_0[kw_9 + 248 * product_0 + 186];
          acc_2_0_0 = fma((float16)(w_11), x_0_4, acc_2_0_0);
          acc_2_1_0 = fma((float16)(w_11), x_1_4, acc_2_1_0);
          acc_2_2_0 = fma((float16)(w_11), x_2_4, acc_2_2_0);
          acc_2_3_0 = fma((float16)(w_11), x_3_4, acc_2_3_0);
          const float w_12 = taps_0[kw_9 + 248 * product_0 + 155];
          acc_3_0_0 = fma((float16)(w_12), x_0_4, acc_3_0_0);
          acc_3_1_0 = fma((float16)(w_12), x_1_4, acc_3_1_0);
          acc_3_2_0 = fma((float16)(w_12), x_2_4, acc_3_2_0);
          acc_3_3_0 = fma((float16)(w_12), x_3_4, acc_3_3_0);
        }
      }
      if ((((((row_0) / 4) + 6) >= 0) & ((((row_0) / 4) + 6) < 17))) {
        for (long kw_10 = 0; kw_10 < 31; kw_10++) {
          const float16 x_0_5 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_10 + 2208 * product_0 + 864);
          const float16 x_1_5 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_10 + 2208 * product_0 + 880);
          const float16 x_2_5 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_10 + 2208 * product_0 + 896);
          const float16 x_3_5 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_10 + 2208 * product_0 + 912);
          const float w_13 = taps_0[kw_10 + 248 * product_0 + 217];
          acc_2_0_0 = fma((float16)(w_13), x_0_5, acc_2_0_0);
          acc_2_1_0 = fma((float16)(w_13), x_1_5, acc_2_1_0);
          acc_2_2_0 = fma((float16)(w_13), x_2_5, acc_2_2_0);
          acc_2_3_0 = fma((float16)(w_13), x_3_5, acc_2_3_0);
          const float w_14 = taps_0[kw_10 + 248 * product_0 + 186];
          acc_3_0_0 = fma((float16)(w_14), x_0_5, acc_3_0_0);
          acc_3_1_0 = fma((float16)(w_14), x_1_5, acc_3_1_0);
          acc_3_2_0 = fma((float16)(w_14), x_2_5, acc_3_2_0);
          acc_3_3_0 = fma((float16)(w_14), x_3_5, acc_3_3_0);
        }
      }
      if ((((((row_0) / 4) + 7) >= 0) & ((((row_0) / 4) + 7) < 17))) {
        for (long kw_11 = 0; kw_11 < 31; kw_11++) {
          const float16 x_0_6 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_11 + 2208 * product_0 + 960);
          const float16 x_1_6 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_11 + 2208 * product_0 + 976);
          const float16 x_2_6 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_11 + 2208 * product_0 + 992);
          const float16 x_3_6 = vload16(0, parts_0 + 96 * ((row_0) / 4) + kw_11 + 2208 * product_0 + 1008);
          const float w_15 = taps_0[kw_11 + 248 * product_0 + 217];
          acc_3_0_0 = fma((float16)(w_15), x_0_6, acc_3_0_0);
          acc_3_1_0 = fma((float16)(w_15), x_1_6, acc_3_1_0);
          acc_3_2_0 = fma((float16)(w_15), x_2_6, acc_3_2_0);
          acc_3_3_0 = fma((float16)(w_15), x_3_6, acc_3_3_0);
        }
      }
      *(__private float16*)(products_0 + 256 * product_0) = acc_0_0_0;
      *(__private float16*)(products_0 + 256 * product_0 + 16) = acc_0_1_0;
      *(__private float16*)(products_0 + 256 * product_0 + 32) = acc_0_2_0;
      *(__private float16*)(products_0 + 256 * product_0 + 48) = acc_0_3_0;
      *(__private float16*)(products_0 + 256 * product_0 + 64) = acc_1_0_0;
      *(__private float16*)(products_0 + 256 * product_0 + 80) = acc_1_1_0;
      *(__private float16*)(products_0 + 256 * product_0 + 96) = acc_1_2_0;
      *(__private float16*)(products_0 + 256 * product_0 + 112) = acc_1_3_0;
      *(__private float16*)(products_0 + 256 * product_0 + 128) = acc_2_0_0;
      *(__private float16*)(products_0 + 256 * product_0 + 144) = acc_2_1_0;
      *(__private float16*)(products_0 + 256 * product_0 + 160) = acc_2_2_0;
      *(__private float16*)(products_0 + 256 * product_0 + 176) = acc_2_3_0;
      *(__private float16*)(products_0 + 256 * product_0 + 192) = acc_3_0_0;
      *(__private float16*)(products_0 + 256 * product_0 + 208) = acc_3_1_0;
      *(__private float16*)(products_0 + 256 * product_0 + 224) = acc_3_2_0;
      *(__private float16*)(products_0 + 256 * product_0 + 240) = acc_3_3_0;
    }
    const long out_0 = 0;
    const float16 sum_0 = (((*(__private const float16*)(products_0 + 0) + *(__private const float16*)(products_0 + 256)) + *(__private const float16*)(products_0 + 768)) + *(__private const float16*)(products_0 + 1024));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_0 + 64 * row_0) = sum_0;
    const long out_1 = 16;
    const float16 sum_1 = (((*(__private const float16*)(products_0 + 16) + *(__private const float16*)(products_0 + 272)) + *(__private const float16*)(products_0 + 784)) + *(__private const float16*)(products_0 + 1040));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_1 + 64 * row_0) = sum_1;
    const long out_2 = 32;
    const float16 sum_2 = (((*(__private const float16*)(products_0 + 32) + *(__private const float16*)(products_0 + 288)) + *(__private const float16*)(products_0 + 800)) + *(__private const float16*)(products_0 + 1056));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_2 + 64 * row_0) = sum_2;
    const long out_3 = 48;
    const float16 sum_3 = (((*(__private const float16*)(products_0 + 48) + *(__private const float16*)(products_0 + 304)) + *(__private const float16*)(products_0 + 816)) + *(__private const float16*)(products_0 + 1072));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_3 + 64 * row_0) = sum_3;
    const long out_4 = 0;
    const float16 sum_4 = (((*(__private const float16*)(products_0 + 768) + *(__private const float16*)(products_0 + 1024)) + *(__private const float16*)(products_0 + 1536)) + *(__private const float16*)(products_0 + 1792));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_4 + 64 * row_0 + 64) = sum_4;
    const long out_5 = 16;
    const float16 sum_5 = (((*(__private const float16*)(products_0 + 784) + *(__private const float16*)(products_0 + 1040)) + *(__private const float16*)(products_0 + 1552)) + *(__private const float16*)(products_0 + 1808));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_5 + 64 * row_0 + 64) = sum_5;
    const long out_6 = 32;
    const float16 sum_6 = (((*(__private const float16*)(products_0 + 800) + *(__private const float16*)(products_0 + 1056)) + *(__private const float16*)(products_0 + 1568)) + *(__private const float16*)(products_0 + 1824));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_6 + 64 * row_0 + 64) = sum_6;
    const long out_7 = 48;
    const float16 sum_7 = (((*(__private const float16*)(products_0 + 816) + *(__private const float16*)(products_0 + 1072)) + *(__private const float16*)(products_0 + 1584)) + *(__private const float16*)(products_0 + 1840));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_7 + 64 * row_0 + 64) = sum_7;
    const long out_8 = 0;
    const float16 sum_8 = (((*(__private const float16*)(products_0 + 256) + *(__private const float16*)(products_0 + 512)) + *(__private const float16*)(products_0 + 1024)) + *(__private const float16*)(products_0 + 1280));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_8 + 64 * row_0 + 128) = sum_8;
    const long out_9 = 16;
    const float16 sum_9 = (((*(__private const float16*)(products_0 + 272) + *(__private const float16*)(products_0 + 528)) + *(__private const float16*)(products_0 + 1040)) + *(__private const float16*)(products_0 + 1296));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_9 + 64 * row_0 + 128) = sum_9;
    const long out_10 = 32;
    const float16 sum_10 = (((*(__private const float16*)(products_0 + 288) + *(__private const float16*)(products_0 + 544)) + *(__private const float16*)(products_0 + 1056)) + *(__private const float16*)(products_0 + 1312));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_10 + 64 * row_0 + 128) = sum_10;
    const long out_11 = 48;
    const float16 sum_11 = (((*(__private const float16*)(products_0 + 304) + *(__private const float16*)(products_0 + 560)) + *(__private const float16*)(products_0 + 1072)) + *(__private const float16*)(products_0 + 1328));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_11 + 64 * row_0 + 128) = sum_11;
    const long out_12 = 0;
    const float16 sum_12 = (((*(__private const float16*)(products_0 + 1024) + *(__private const float16*)(products_0 + 1280)) + *(__private const float16*)(products_0 + 1792)) + *(__private const float16*)(products_0 + 2048));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_12 + 64 * row_0 + 192) = sum_12;
    const long out_13 = 16;
    const float16 sum_13 = (((*(__private const float16*)(products_0 + 1040) + *(__private const float16*)(products_0 + 1296)) + *(__private const float16*)(products_0 + 1808)) + *(__private const float16*)(products_0 + 2064));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_13 + 64 * row_0 + 192) = sum_13;
    const long out_14 = 32;
    const float16 sum_14 = (((*(__private const float16*)(products_0 + 1056) + *(__private const float16*)(products_0 + 1312)) + *(__private const float16*)(products_0 + 1824)) + *(__private const float16*)(products_0 + 2080));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_14 + 64 * row_0 + 192) = sum_14;
    const long out_15 = 48;
    const float16 sum_15 = (((*(__private const float16*)(products_0 + 1072) + *(__private const float16*)(products_0 + 1328)) + *(__private const float16*)(products_0 + 1840)) + *(__private const float16*)(products_0 + 2096));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_15 + 64 * row_0 + 192) = sum_15;
    const long out_16 = 0;
    const float16 sum_16 = (((*(__private const float16*)(products_0 + 64) + *(__private const float16*)(products_0 + 320)) + *(__private const float16*)(products_0 + 832)) + *(__private const float16*)(products_0 + 1088));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_16 + 64 * row_0 + 256) = sum_16;
    const long out_17 = 16;
    const float16 sum_17 = (((*(__private const float16*)(products_0 + 80) + *(__private const float16*)(products_0 + 336)) + *(__private const float16*)(products_0 + 848)) + *(__private const float16*)(products_0 + 1104));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_17 + 64 * row_0 + 256) = sum_17;
    const long out_18 = 32;
    const float16 sum_18 = (((*(__private const float16*)(products_0 + 96) + *(__private const float16*)(products_0 + 352)) + *(__private const float16*)(products_0 + 864)) + *(__private const float16*)(products_0 + 1120));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_18 + 64 * row_0 + 256) = sum_18;
    const long out_19 = 48;
    const float16 sum_19 = (((*(__private const float16*)(products_0 + 112) + *(__private const float16*)(products_0 + 368)) + *(__private const float16*)(products_0 + 880)) + *(__private const float16*)(products_0 + 1136));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_19 + 64 * row_0 + 256) = sum_19;
    const long out_20 = 0;
    const float16 sum_20 = (((*(__private const float16*)(products_0 + 832) + *(__private const float16*)(products_0 + 1088)) + *(__private const float16*)(products_0 + 1600)) + *(__private const float16*)(products_0 + 1856));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_20 + 64 * row_0 + 320) = sum_20;
    const long out_21 = 16;
    const float16 sum_21 = (((*(__private const float16*)(products_0 + 848) + *(__private const float16*)(products_0 + 1104)) + *(__private const float16*)(products_0 + 1616)) + *(__private const float16*)(products_0 + 1872));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_21 + 64 * row_0 + 320) = sum_21;
    const long out_22 = 32;
    const float16 sum_22 = (((*(__private const float16*)(products_0 + 864) + *(__private const float16*)(products_0 + 1120)) + *(__private const float16*)(products_0 + 1632)) + *(__private const float16*)(products_0 + 1888));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_22 + 64 * row_0 + 320) = sum_22;
    const long out_23 = 48;
    const float16 sum_23 = (((*(__private const float16*)(products_0 + 880) + *(__private const float16*)(products_0 + 1136)) + *(__private const float16*)(products_0 + 1648)) + *(__private const float16*)(products_0 + 1904));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_23 + 64 * row_0 + 320) = sum_23;
    const long out_24 = 0;
    const float16 sum_24 = (((*(__private const float16*)(products_0 + 320) + *(__private const float16*)(products_0 + 576)) + *(__private const float16*)(products_0 + 1088)) + *(__private const float16*)(products_0 + 1344));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_24 + 64 * row_0 + 384) = sum_24;
    const long out_25 = 16;
    const float16 sum_25 = (((*(__private const float16*)(products_0 + 336) + *(__private const float16*)(products_0 + 592)) + *(__private const float16*)(products_0 + 1104)) + *(__private const float16*)(products_0 + 1360));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_25 + 64 * row_0 + 384) = sum_25;
    const long out_26 = 32;
    const float16 sum_26 = (((*(__private const float16*)(products_0 + 352) + *(__private const float16*)(products_0 + 608)) + *(__private const float16*)(products_0 + 1120)) + *(__private const float16*)(products_0 + 1376));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_26 + 64 * row_0 + 384) = sum_26;
    const long out_27 = 48;
    const float16 sum_27 = (((*(__private const float16*)(products_0 + 368) + *(__private const float16*)(products_0 + 624)) + *(__private const float16*)(products_0 + 1136)) + *(__private const float16*)(products_0 + 1392));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_27 + 64 * row_0 + 384) = sum_27;
    const long out_28 = 0;
    const float16 sum_28 = (((*(__private const float16*)(products_0 + 1088) + *(__private const float16*)(products_0 + 1344)) + *(__private const float16*)(products_0 + 1856)) + *(__private const float16*)(products_0 + 2112));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_28 + 64 * row_0 + 448) = sum_28;
    const long out_29 = 16;
    const float16 sum_29 = (((*(__private const float16*)(products_0 + 1104) + *(__private const float16*)(products_0 + 1360)) + *(__private const float16*)(products_0 + 1872)) + *(__private const float16*)(products_0 + 2128));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_29 + 64 * row_0 + 448) = sum_29;
    const long out_30 = 32;
    const float16 sum_30 = (((*(__private const float16*)(products_0 + 1120) + *(__private const float16*)(products_0 + 1376)) + *(__private const float16*)(products_0 + 1888)) + *(__private const float16*)(products_0 + 2144));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_30 + 64 * row_0 + 448) = sum_30;
    const long out_31 = 48;
    const float16 sum_31 = (((*(__private const float16*)(products_0 + 1136) + *(__private const float16*)(products_0 + 1392)) + *(__private const float16*)(products_0 + 1904)) + *(__private const float16*)(products_0 + 2160));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_31 + 64 * row_0 + 448) = sum_31;
    const long out_32 = 0;
    const float16 sum_32 = (((*(__private const float16*)(products_0 + 128) + *(__private const float16*)(products_0 + 384)) + *(__private const float16*)(products_0 + 896)) + *(__private const float16*)(products_0 + 1152));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_32 + 64 * row_0 + 512) = sum_32;
    const long out_33 = 16;
    const float16 sum_33 = (((*(__private const float16*)(products_0 + 144) + *(__private const float16*)(products_0 + 400)) + *(__private const float16*)(products_0 + 912)) + *(__private const float16*)(products_0 + 1168));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_33 + 64 * row_0 + 512) = sum_33;
    const long out_34 = 32;
    const float16 sum_34 = (((*(__private const float16*)(products_0 + 160) + *(__private const float16*)(products_0 + 416)) + *(__private const float16*)(products_0 + 928)) + *(__private const float16*)(products_0 + 1184));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_34 + 64 * row_0 + 512) = sum_34;
    const long out_35 = 48;
    const float16 sum_35 = (((*(__private const float16*)(products_0 + 176) + *(__private const float16*)(products_0 + 432)) + *(__private const float16*)(products_0 + 944)) + *(__private const float16*)(products_0 + 1200));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_35 + 64 * row_0 + 512) = sum_35;
    const long out_36 = 0;
    const float16 sum_36 = (((*(__private const float16*)(products_0 + 896) + *(__private const float16*)(products_0 + 1152)) + *(__private const float16*)(products_0 + 1664)) + *(__private const float16*)(products_0 + 1920));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_36 + 64 * row_0 + 576) = sum_36;
    const long out_37 = 16;
    const float16 sum_37 = (((*(__private const float16*)(products_0 + 912) + *(__private const float16*)(products_0 + 1168)) + *(__private const float16*)(products_0 + 1680)) + *(__private const float16*)(products_0 + 1936));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_37 + 64 * row_0 + 576) = sum_37;
    const long out_38 = 32;
    const float16 sum_38 = (((*(__private const float16*)(products_0 + 928) + *(__private const float16*)(products_0 + 1184)) + *(__private const float16*)(products_0 + 1696)) + *(__private const float16*)(products_0 + 1952));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_38 + 64 * row_0 + 576) = sum_38;
    const long out_39 = 48;
    const float16 sum_39 = (((*(__private const float16*)(products_0 + 944) + *(__private const float16*)(products_0 + 1200)) + *(__private const float16*)(products_0 + 1712)) + *(__private const float16*)(products_0 + 1968));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_39 + 64 * row_0 + 576) = sum_39;
    const long out_40 = 0;
    const float16 sum_40 = (((*(__private const float16*)(products_0 + 384) + *(__private const float16*)(products_0 + 640)) + *(__private const float16*)(products_0 + 1152)) + *(__private const float16*)(products_0 + 1408));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_40 + 64 * row_0 + 640) = sum_40;
    const long out_41 = 16;
    const float16 sum_41 = (((*(__private const float16*)(products_0 + 400) + *(__private const float16*)(products_0 + 656)) + *(__private const float16*)(products_0 + 1168)) + *(__private const float16*)(products_0 + 1424));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_41 + 64 * row_0 + 640) = sum_41;
    const long out_42 = 32;
    const float16 sum_42 = (((*(__private const float16*)(products_0 + 416) + *(__private const float16*)(products_0 + 672)) + *(__private const float16*)(products_0 + 1184)) + *(__private const float16*)(products_0 + 1440));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_42 + 64 * row_0 + 640) = sum_42;
    const long out_43 = 48;
    const float16 sum_43 = (((*(__private const float16*)(products_0 + 432) + *(__private const float16*)(products_0 + 688)) + *(__private const float16*)(products_0 + 1200)) + *(__private const float16*)(products_0 + 1456));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_43 + 64 * row_0 + 640) = sum_43;
    const long out_44 = 0;
    const float16 sum_44 = (((*(__private const float16*)(products_0 + 1152) + *(__private const float16*)(products_0 + 1408)) + *(__private const float16*)(products_0 + 1920)) + *(__private const float16*)(products_0 + 2176));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_44 + 64 * row_0 + 704) = sum_44;
    const long out_45 = 16;
    const float16 sum_45 = (((*(__private const float16*)(products_0 + 1168) + *(__private const float16*)(products_0 + 1424)) + *(__private const float16*)(products_0 + 1936)) + *(__private const float16*)(products_0 + 2192));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_45 + 64 * row_0 + 704) = sum_45;
    const long out_46 = 32;
    const float16 sum_46 = (((*(__private const float16*)(products_0 + 1184) + *(__private const float16*)(products_0 + 1440)) + *(__private const float16*)(products_0 + 1952)) + *(__private const float16*)(products_0 + 2208));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_46 + 64 * row_0 + 704) = sum_46;
    const long out_47 = 48;
    const float16 sum_47 = (((*(__private const float16*)(products_0 + 1200) + *(__private const float16*)(products_0 + 1456)) + *(__private const float16*)(products_0 + 1968)) + *(__private const float16*)(products_0 + 2224));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_47 + 64 * row_0 + 704) = sum_47;
    const long out_48 = 0;
    const float16 sum_48 = (((*(__private const float16*)(products_0 + 192) + *(__private const float16*)(products_0 + 448)) + *(__private const float16*)(products_0 + 960)) + *(__private const float16*)(products_0 + 1216));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_48 + 64 * row_0 + 768) = sum_48;
    const long out_49 = 16;
    const float16 sum_49 = (((*(__private const float16*)(products_0 + 208) + *(__private const float16*)(products_0 + 464)) + *(__private const float16*)(products_0 + 976)) + *(__private const float16*)(products_0 + 1232));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_49 + 64 * row_0 + 768) = sum_49;
    const long out_50 = 32;
    const float16 sum_50 = (((*(__private const float16*)(products_0 + 224) + *(__private const float16*)(products_0 + 480)) + *(__private const float16*)(products_0 + 992)) + *(__private const float16*)(products_0 + 1248));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_50 + 64 * row_0 + 768) = sum_50;
    const long out_51 = 48;
    const float16 sum_51 = (((*(__private const float16*)(products_0 + 240) + *(__private const float16*)(products_0 + 496)) + *(__private const float16*)(products_0 + 1008)) + *(__private const float16*)(products_0 + 1264));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_51 + 64 * row_0 + 768) = sum_51;
    const long out_52 = 0;
    const float16 sum_52 = (((*(__private const float16*)(products_0 + 960) + *(__private const float16*)(products_0 + 1216)) + *(__private const float16*)(products_0 + 1728)) + *(__private const float16*)(products_0 + 1984));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_52 + 64 * row_0 + 832) = sum_52;
    const long out_53 = 16;
    const float16 sum_53 = (((*(__private const float16*)(products_0 + 976) + *(__private const float16*)(products_0 + 1232)) + *(__private const float16*)(products_0 + 1744)) + *(__private const float16*)(products_0 + 2000));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_53 + 64 * row_0 + 832) = sum_53;
    const long out_54 = 32;
    const float16 sum_54 = (((*(__private const float16*)(products_0 + 992) + *(__private const float16*)(products_0 + 1248)) + *(__private const float16*)(products_0 + 1760)) + *(__private const float16*)(products_0 + 2016));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_54 + 64 * row_0 + 832) = sum_54;
    const long out_55 = 48;
    const float16 sum_55 = (((*(__private const float16*)(products_0 + 1008) + *(__private const float16*)(products_0 + 1264)) + *(__private const float16*)(products_0 + 1776)) + *(__private const float16*)(products_0 + 2032));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_55 + 64 * row_0 + 832) = sum_55;
    const long out_56 = 0;
    const float16 sum_56 = (((*(__private const float16*)(products_0 + 448) + *(__private const float16*)(products_0 + 704)) + *(__private const float16*)(products_0 + 1216)) + *(__private const float16*)(products_0 + 1472));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_56 + 64 * row_0 + 896) = sum_56;
    const long out_57 = 16;
    const float16 sum_57 = (((*(__private const float16*)(products_0 + 464) + *(__private const float16*)(products_0 + 720)) + *(__private const float16*)(products_0 + 1232)) + *(__private const float16*)(products_0 + 1488));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_57 + 64 * row_0 + 896) = sum_57;
    const long out_58 = 32;
    const float16 sum_58 = (((*(__private const float16*)(products_0 + 480) + *(__private const float16*)(products_0 + 736)) + *(__private const float16*)(products_0 + 1248)) + *(__private const float16*)(products_0 + 1504));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_58 + 64 * row_0 + 896) = sum_58;
    const long out_59 = 48;
    const float16 sum_59 = (((*(__private const float16*)(products_0 + 496) + *(__private const float16*)(products_0 + 752)) + *(__private const float16*)(products_0 + 1264)) + *(__private const float16*)(products_0 + 1520));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_59 + 64 * row_0 + 896) = sum_59;
    const long out_60 = 0;
    const float16 sum_60 = (((*(__private const float16*)(products_0 + 1216) + *(__private const float16*)(products_0 + 1472)) + *(__private const float16*)(products_0 + 1984)) + *(__private const float16*)(products_0 + 2240));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_60 + 64 * row_0 + 960) = sum_60;
    const long out_61 = 16;
    const float16 sum_61 = (((*(__private const float16*)(products_0 + 1232) + *(__private const float16*)(products_0 + 1488)) + *(__private const float16*)(products_0 + 2000)) + *(__private const float16*)(products_0 + 2256));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_61 + 64 * row_0 + 960) = sum_61;
    const long out_62 = 32;
    const float16 sum_62 = (((*(__private const float16*)(products_0 + 1248) + *(__private const float16*)(products_0 + 1504)) + *(__private const float16*)(products_0 + 2016)) + *(__private const float16*)(products_0 + 2272));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_62 + 64 * row_0 + 960) = sum_62;
    const long out_63 = 48;
    const float16 sum_63 = (((*(__private const float16*)(products_0 + 1264) + *(__private const float16*)(products_0 + 1520)) + *(__private const float16*)(products_0 + 2032)) + *(__private const float16*)(products_0 + 2288));
    *(__global float16_u*)(y_0 + 4096 * group1 + 65536 * group2 + out_63 + 64 * row_0 + 960) = sum_63;
  }
}
