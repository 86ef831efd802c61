// depthwise: convolution
// space [N, 32, 14, 14]
// schedule cpu, tile 14 rows x 1 vectors of 16, rows per item 14
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
  float weights_0[49] __attribute__((aligned(64)));
  for (long tap_0 = 0; tap_0 < 48; tap_0 += 16) {
    const float16 p_0 = vload16(0, x_1 + 49 * group1 + tap_0);
    *(__private float16_u*)(weights_0 + tap_0) = p_0;
  }
  const long tap_1 = 48;
  const float p_1 = x_1[49 * group1 + tap_1];
  weights_0[tap_1] = p_1;
  float plane_0[640] __attribute__((aligned(64)));
  for (long z_0 = 0; z_0 < 640; z_0 += 16) {
    *(__private float16*)(plane_0 + z_0) = (float16)(0.0f);
  }
  for (long in_row_0 = 0; in_row_0 < 14; in_row_0++) {
    const long in_column_0 = 0;
    const float8 x_2 = vload8(0, x_0 + 196 * group1 + 6272 * group2 + in_column_0 + 14 * in_row_0);
    *(__private float8_u*)(plane_0 + in_column_0 + 32 * in_row_0 + 99) = x_2;
    const long in_column_1 = 8;
    const float4 x_3 = vload4(0, x_0 + 196 * group1 + 6272 * group2 + in_column_1 + 14 * in_row_0);
    *(__private float4_u*)(plane_0 + in_column_1 + 32 * in_row_0 + 99) = x_3;
    const long in_column_2 = 12;
    const float2 x_4 = vload2(0, x_0 + 196 * group1 + 6272 * group2 + in_column_2 + 14 * in_row_0);
    *(__private float2_u*)(plane_0 + in_column_2 + 32 * in_row_0 + 99) = x_4;
  }
  float line_0[16] __attribute__((aligned(64)));
  float16 acc_0_0_0 = (float16)(0.0f);
  float16 acc_1_0_0 = (float16)(0.0f);
  float16 acc_2_0_0 = (float16)(0.0f);
  float16 acc_3_0_0 = (float16)(0.0f);
  float16 acc_4_0_0 = (float16)(0.0f);
  float16 acc_5_0_0 = (float16)(0.0f);
  float16 acc_6_0_0 = (float16)(0.0f);
  float16 acc_7_0_0 = (float16)(0.0f);
  float16 acc_8_0_0 = (float16)(0.0f);
  float16 acc_9_0_0 = (float16)(0.0f);
  float16 acc_10_0_0 = (float16)(0.0f);
  float16 acc_11_0_0 = (float16)(0.0f);
  float16 acc_12_0_0 = (float16)(0.0f);
  float16 acc_13_0_0 = (float16)(0.0f);
  for (long kw_0 = 0; kw_0 < 7; kw_0++) {
    const float16 x_0_0 = vload16(0, plane_0 + kw_0 + 96);
    const float w_0 = weights_0[kw_0 + 21];
    acc_0_0_0 = fma((float16)(w_0), x_0_0, acc_0_0_0);
    const float w_1 = weights_0[kw_0 + 14];
    acc_1_0_0 = fma((float16)(w_1), x_0_0, acc_1_0_0);
    const float w_2 = weights_0[kw_0 + 7];
    acc_2_0_0 = fma((float16)(w_2), x_0_0, acc_2_0_0);
    const float w_3 = weights_0[kw_0];
    acc_3_0_0 = fma((float16)(w_3), x_0_0, acc_3_0_0);
  }
  for (long kw_1 = 0; kw_1 < 7; kw_1++) {
    const float16 x_0_1 = vload16(0, plane_0 + kw_1 + 128);
    const float w_4 = weights_0[kw_1 + 28];
    acc_0_0_0 = fma((float16)(w_4), x_0_1, acc_0_0_0);
    const float w_5 = weights_0[kw_1 + 21];
    acc_1_0_0 = fma((float16)(w_5), x_0_1, acc_1_0_0);
    const float w_6 = weights_0[kw_1 + 14];
    acc_2_0_0 = fma((float16)(w_6), x_0_1, acc_2_0_0);
    const float w_7 = weights_0[kw_1 + 7];
    acc_3_0_0 = fma((float16)(w_7), x_0_1, acc_3_0_0);
    const float w_8 = weights_0[kw_1];
    acc_4_0_0 = fma((float16)(w_8), x_0_1, acc_4_0_0);
  }
  for (long kw_2 = 0; kw_2 < 7; kw_2++) {
    const float16 x_0_2 = vload16(0, plane_0 + kw_2 + 160);
    const float w_9 = weights_0[kw_2 + 35];
    acc_0_0_0 = fma((float16)(w_9), x_0_2, acc_0_0_0);
    const float w_10 = weights_0[kw_2 + 28];
    acc_1_0_0 = fma((float16)(w_10), x_0_2, acc_1_0_0);
    const float w_11 = weights_0[kw_2 + 21];
    acc_2_0_0 = fma((float16)(w_11), x_0_2, acc_2_0_0);
    const float w_12 = weights_0[kw_2 + 14];
    acc_3_0_0 = fma((float16)(w_12), x_0_2, acc_3_0_0);
    const float w_13 = weights_0[kw_2 + 7];
    acc_4_0_0 = fma((float16)(w_13), x_0_2, acc_4_0_0);
    const float w_14 = weights_0[kw_2];
    acc_5_0_0 = fma((float16)(w_14), x_0_2, acc_5_0_0);
  }
  for (long kw_3 = 0; kw_3 < 7; kw_3++) {
    const float16 x_0_3 = vload16(0, plane_0 + kw_3 + 192);
    const float w_15 = weights_0[kw_3 + 42];
    acc_0_0_0 = fma((float16)(w_15), x_0_3, acc_0_0_0);
    const float w_16 = weights_0[kw_3 + 35];
    acc_1_0_0 = fma((float16)(w_16), x_0_3, acc_1_0_0);
    const float w_17 = weights_0[kw_3 + 28];
    acc_2_0_0 = fma((float16)(w_17), x_0_3, acc_2_0_0);
    const float w_18 = weights_0[kw_3 + 21];
    acc_3_0_0 = fma((float16)(w_18), x_0_3, acc_3_0_0);
    const float w_19 = weights_0[kw_3 + 14];
    acc_4_0_0 = fma((float16)(w_19), x_0_3, acc_4_0_0);
    const float w_20 = weights_0[kw_3 + 7];
    acc_5_0_0 = fma((float16)(w_20), x_0_3, acc_5_0_0);
    const float w_21 = weights_0[kw_3];
    acc_6_0_0 = fma((float16)(w_21), x_0_3, acc_6_0_0);
  }
  for (long kw_4 = 0; kw_4 < 7; kw_4++) {
    const float16 x_0_4 = vload16(0, plane_0 + kw_4 + 224);
    const float w_22 = weights_0[kw_4 + 42];
    acc_1_0_0 = fma((float16)(w_22), x_0_4, acc_1_0_0);
    const float w_23 = weights_0[kw_4 + 35];
    acc_2_0_0 = fma((float16)(w_23), x_0_4, acc_2_0_0);
    const float w_24 = weights_0[kw_4 + 28];
    acc_3_0_0 = fma((float16)(w_24), x_0_4, acc_3_0_0);
    const float w_25 = weights_0[kw_4 + 21];
    acc_4_0_0 = fma((float16)(w_25), x_0_4, acc_4_0_0);
    const float w_26 = weights_0[kw_4 + 14];
    acc_5_0_0 = fma((float16)(w_26), x_0_4, acc_5_0_0);
    const float w_27 = weights_0[kw_4 + 7];
    acc_6_0_0 = fma((float16)(w_27), x_0_4, acc_6_0_0);
    const float w_28 = weights_0[kw_4];
    acc_7_0_0 = fma((float16)(w_28), x_0_4, acc_7_0_0);
  }
  for (long kw_5 = 0; kw_5 < 7; kw_5++) {
    const float16 x_0_5 = vload16(0, plane_0 + kw_5 + 256);
    const float w_29 = weights_0[kw_5 + 42];
    acc_2_0_0 = fma((float16)(w_29), x_0_5, acc_2_0_0);
    const float w_30 = weights_0[kw_5 + 35];
    acc_3_0_0 = fma((float16)(w_30), x_0_5, acc_3_0_0);
    const float w_31 = weights_0[kw_5 + 28];
    acc_4_0_0 = fma((float16)(w_31), x_0_5, acc_4_0_0);
    const float w_32 = weights_0[kw_5 + 21];
    acc_5_0_0 = fma((float16)(w_32), x_0_5, acc_5_0_0);
    const float w_33 = weights_0[kw_5 + 14];
    acc_6_0_0 = fma((float16)(w_33), x_0_5, acc_6_0_0);
    const float w_34 = weights_0[kw_5 + 7];
    acc_7_0_0 = fma((float16)(w_34), x_0_5, acc_7_0_0);
    const float w_35 = weights_0[kw_5];
    acc_8_0_0 = fma((float16)(w_35), x_0_5, acc_8_0_0);
  }
  for (long kw_6 = 0; kw_6 < 7; kw_6++) {
    const float16 x_0_6 = vload16(0, plane_0 + kw_6 + 288);
    const float w_36 = weights_0[kw_6 + 42];
    acc_3_0_0 = fma((float16)(w_36), x_0_6, acc_3_0_0);
    const float w_37 = weights_0[kw_6 + 35];
    acc_4_0_0 = fma((float16)(w_37), x_0_6, acc_4_0_0);
    const float w_38 = weights_0[kw_6 + 28];
    acc_5_0_0 = fma((float16)(w_38), x_0_6, acc_5_0_0);
    const float w_39 = weights_0[kw_6 + 21];
    acc_6_0_0 = fma((float16)(w_39), x_0_6, acc_6_0_0);
    const float w_40 = weights_0[kw_6 + 14];
    acc_7_0_0 = fma((float16)(w_40), x_0_6, acc_7_0_0);
    const float w_41 = weights_0[kw_6 + 7];
    acc_8_0_0 = fma((float16)(w_41), x_0_6, acc_8_0_0);
    const float w_42 = weights_0[kw_6];
    acc_9_0_0 = fma((float16)(w_42), x_0_6, acc_9_0_0);
  }
  for (long kw_7 = 0; kw_7 < 7; kw_7++) {
    const float16 x_0_7 = vload16(0, plane_0 + kw_7 + 320);
    const float w_43 = weights_0[kw_7 + 42];
    acc_4_0_0 = fma((float16)(w_43), x_0_7, acc_4_0_0);
    const float w_44 = weights_0[kw_7 + 35];
    acc_5_0_0 = fma((float16)(w_44), x_0_7, acc_5_0_0);
    const float w_45 = weights_0[kw_7 + 28];
    acc_6_0_0 = fma((float16)(w_45), x_0_7, acc_6_0_0);
    const float w_46 = weights_0[kw_7 + 21];
    acc_7_0_0 = fma((float16)(w_46), x_0_7, acc_7_0_0);
    const float w_47 = weights_0[kw_7 + 14];
    acc_8_0_0 = fma((float16)(w_47), x_0_7, acc_8_0_0);
    const float w_48 = weights_0[kw_7 + 7];
    acc_9_0_0 = fma((float16)(w_48), x_0_7, acc_9_0_0);
    const float w_49 = weights_0[kw_7];
    acc_10_0_0 = fma((float16)(w_49), x_0_7, acc_10_0_0);
  }
  for (long kw_8 = 0; kw_8 < 7; kw_8++) {
    const float16 x_0_8 = vload16(0, plane_0 + kw_8 + 352);
    const float w_50 = weights_0[kw_8 + 42];
    acc_5_0_0 = fma((float16)(w_50), x_0_8, acc_5_0_0);
    const float w_51 = weights_0[kw_8 + 35];
    acc_6_0_0 = fma((float16)(w_51), x_0_8, acc_6_0_0);
    const float w_52 = weights_0[kw_8 + 28];
    acc_7_0_0 = fma((float16)(w_52), x_0_8, acc_7_0_0);
    const float w_53 = weights_0[kw_8 + 21];
    acc_8_0_0 = fma((float16)(w_53), x_0_8, acc_8_0_0);
    const float w_54 = weights_0[kw_8 + 14];
    acc_9_0_0 = fma((float16)(w_54), x_0_8, acc_9_0_0);
    const float w_55 = weights_0[kw_8 + 7];
    acc_10_0_0 = fma((float16)(w_55), x_0_8, acc_10_0_0);
    const float w_56 = weights_0[kw_8];
    acc_11_0_0 = fma((float16)(w_56), x_0_8, acc_11_0_0);
  }
  for (long kw_9 = 0; kw_9 < 7; kw_9++) {
    const float16 x_0_9 = vload16(0, plane_0 + kw_9 + 384);
    const float w_57 = weights_0[kw_9 + 42];
    acc_6_0_0 = fma((float16)(w_57), x_0_9, acc_6_0_0);
    const float w_58 = weights_0[kw_9 + 35];
    acc_7_0_0 = fma((float16)(w_58), x_0_9, acc_7_0_0);
    const float w_59 = weights_0[kw_9 + 28];
    acc_8_0_0 = fma((float16)(w_59), x_0_9, acc_8_0_0);
    const float w_60 = weights_0[kw_9 + 21];
    acc_9_0_0 = fma((float16)(w_60), x_0_9, acc_9_0_0);
    const float w_61 = weights_0[kw_9 + 14];
    acc_10_0_0 = fma((float16)(w_61), x_0_9, acc_10_0_0);
    const float w_62 = weights_0[kw_9 + 7];
    acc_11_0_0 = fma((float16)(w_62), x_0_9, acc_11_0_0);
    const float w_63 = weights_0[kw_9];
    acc_12_0_0 = fma((float16)(w_63), x_0_9, acc_12_0_0);
  }
  for (long kw_10 = 0; kw_10 < 7; kw_10++) {
    const float16 x_0_10 = vload16(0, plane_0 + kw_10 + 416);
    const float w_64 = weights_0[kw_10 + 42];
    acc_7_0_0 = fma((float16)(w_64), x_0_10, acc_7_0_0);
    const float w_65 = weights_0[kw_10 + 35];
    acc_8_0_0 = fma((float16)(w_65), x_0_10, acc_8_0_0);
    const float w_66 = weights_0[kw_10 + 28];
    acc_9_0_0 = fma((float16)(w_66), x_0_10, acc_9_0_0);
    const float w_67 = weights_0[kw_10 + 21];
    acc_10_0_0 = fma((float16)(w_67), x_0_10, acc_10_0_0);
    const float w_68 = weights_0[kw_10 + 14];
    acc_11_0_0 = fma((float16)(w_68), x_0_10, acc_11_0_0);
    const float w_69 = weights_0[kw_10 + 7];
    acc_12_0_0 = fma((float16)(w_69), x_0_10, acc_12_0_0);
    const float w_70 = weights_0[kw_10];
    acc_13_0_0 = fma((float16)(w_70), x_0_10, acc_13_0_0);
  }
  for (long kw_11 = 0; kw_11 < 7; kw_11++) {
    const float16 x_0_11 = vload16(0, plane_0 + kw_11 + 448);
    const float w_71 = weights_0[kw_11 + 42];
    acc_8_0_0 = fma((float16)(w_71), x_0_11, acc_8_0_0);
    const float w_72 = weights_0[kw_11 + 35];
    acc_9_0_0 = fma((float16)(w_72), x_0_11, acc_9_0_0);
    const float w_73 = weights_0[kw_11 + 28];
    acc_10_0_0 = fma((float16)(w_73), x_0_11, acc_10_0_0);
    const float w_74 = weights_0[kw_11 + 21];
    acc_11_0_0 = fma((float16)(w_74), x_0_11, acc_11_0_0);
    const float w_75 = weights_0[kw_11 + 14];
    acc_12_0_0 = fma((float16)(w_75), x_0_11, acc_12_0_0);
    const float w_76 = weights_0[kw_11 + 7];
    acc_13_0_0 = fma((float16)(w_76), x_0_11, acc_13_0_0);
  }
  for (long kw_12 = 0; kw_12 < 7; kw_12++) {
    const float16 x_0_12 = vload16(0, plane_0 + kw_12 + 480);
    const float w_77 = weights_0[kw_12 + 42];
    acc_9_0_0 = fma((float16)(w_77), x_0_12, acc_9_0_0);
    const float w_78 = weights_0[kw_12 + 35];
    acc_10_0_0 = fma((float16)(w_78), x_0_12, acc_10_0_0);
    const float w_79 = weights_0[kw_12 + 28];
    acc_11_0_0 = fma((float16)(w_79), x_0_12, acc_11_0_0);
    const float w_80 = weights_0[kw_12 + 21];
    acc_12_0_0 = fma((float16)(w_80), x_0_12, acc_12_0_0);
    const float w_81 = weights_0[kw_12 + 14];
    acc_13_0_0 = fma((float16)(w_81), x_0_12, acc_13_0_0);
  }
  for (long kw_13 = 0; kw_13 < 7; kw_13++) {
    const float16 x_0_13 = vload16(0, plane_0 + kw_13 + 512);
    const float w_82 = weights_0[kw_13 + 42];
    acc_10_0_0 = fma((float16)(w_82), x_0_13, acc_10_0_0);
    const float w_83 = weights_0[kw_13 + 35];
    acc_11_0_0 = fma((float16)(w_83), x_0_13, acc_11_0_0);
    const float w_84 = weights_0[kw_13 + 28];
    acc_12_0_0 = fma((float16)(w_84), x_0_13, acc_12_0_0);
    const float w_85 = weights_0[kw_13 + 21];
    acc_13_0_0 = fma((float16)(w_85), x_0_13, acc_13_0_0);
  }
  *(__private float16_u*)(line_0 + 0) = acc_0_0_0;
  const long out_0 = 0;
  const float8 result_0 = vload8(0, line_0 + out_0);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_0) = result_0;
  const long out_1 = 8;
  const float4 result_1 = vload4(0, line_0 + out_1);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_1) = result_1;
  const long out_2 = 12;
  const float2 result_2 = vload2(0, line_0 + out_2);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_2) = result_2;
  *(__private float16_u*)(line_0 + 0) = acc_1_0_0;
  const long out_3 = 0;
  const float8 result_3 = vload8(0, line_0 + out_3);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_3 + 14) = result_3;
  const long out_4 = 8;
  const float4 result_4 = vload4(0, line_0 + out_4);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_4 + 14) = result_4;
  const long out_5 = 12;
  const float2 result_5 = vload2(0, line_0 + out_5);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_5 + 14) = result_5;
  *(__private float16_u*)(line_0 + 0) = acc_2_0_0;
  const long out_6 = 0;
  const float8 result_6 = vload8(0, line_0 + out_6);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_6 + 28) = result_6;
  const long out_7 = 8;
  const float4 result_7 = vload4(0, line_0 + out_7);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_7 + 28) = result_7;
  const long out_8 = 12;
  const float2 result_8 = vload2(0, line_0 + out_8);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_8 + 28) = result_8;
  *(__private float16_u*)(line_0 + 0) = acc_3_0_0;
  const long out_9 = 0;
  const float8 result_9 = vload8(0, line_0 + out_9);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_9 + 42) = result_9;
  const long out_10 = 8;
  const float4 result_10 = vload4(0, line_0 + out_10);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_10 + 42) = result_10;
  const long out_11 = 12;
  const float2 result_11 = vload2(0, line_0 + out_11);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_11 + 42) = result_11;
  *(__private float16_u*)(line_0 + 0) = acc_4_0_0;
  const long out_12 = 0;
  const float8 result_12 = vload8(0, line_0 + out_12);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_12 + 56) = result_12;
  const long out_13 = 8;
  const float4 result_13 = vload4(0, line_0 + out_13);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_13 + 56) = result_13;
  const long out_14 = 12;
  const float2 result_14 = vload2(0, line_0 + out_14);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_14 + 56) = result_14;
  *(__private float16_u*)(line_0 + 0) = acc_5_0_0;
  const long out_15 = 0;
  const float8 result_15 = vload8(0, line_0 + out_15);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_15 + 70) = result_15;
  const long out_16 = 8;
  const float4 result_16 = vload4(0, line_0 + out_16);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_16 + 70) = result_16;
  const long out_17 = 12;
  const float2 result_17 = vload2(0, line_0 + out_17);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_17 + 70) = result_17;
  *(__private float16_u*)(line_0 + 0) = acc_6_0_0;
  const long out_18 = 0;
  const float8 result_18 = vload8(0, line_0 + out_18);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_18 + 84) = result_18;
  const long out_19 = 8;
  const float4 result_19 = vload4(0, line_0 + out_19);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_19 + 84) = result_19;
  const long out_20 = 12;
  const float2 result_20 = vload2(0, line_0 + out_20);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_20 + 84) = result_20;
  *(__private float16_u*)(line_0 + 0) = acc_7_0_0;
  const long out_21 = 0;
  const float8 result_21 = vload8(0, line_0 + out_21);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_21 + 98) = result_21;
  const long out_22 = 8;
  const float4 result_22 = vload4(0, line_0 + out_22);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_22 + 98) = result_22;
  const long out_23 = 12;
  const float2 result_23 = vload2(0, line_0 + out_23);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_23 + 98) = result_23;
  *(__private float16_u*)(line_0 + 0) = acc_8_0_0;
  const long out_24 = 0;
  const float8 result_24 = vload8(0, line_0 + out_24);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_24 + 112) = result_24;
  const long out_25 = 8;
  const float4 result_25 = vload4(0, line_0 + out_25);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_25 + 112) = result_25;
  const long out_26 = 12;
  const float2 result_26 = vload2(0, line_0 + out_26);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_26 + 112) = result_26;
  *(__private float16_u*)(line_0 + 0) = acc_9_0_0;
  const long out_27 = 0;
  const float8 result_27 = vload8(0, line_0 + out_27);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_27 + 126) = result_27;
  const long out_28 = 8;
  const float4 result_28 = vload4(0, line_0 + out_28);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_28 + 126) = result_28;
  const long out_29 = 12;
  const float2 result_29 = vload2(0, line_0 + out_29);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_29 + 126) = result_29;
  *(__private float16_u*)(line_0 + 0) = acc_10_0_0;
  const long out_30 = 0;
  const float8 result_30 = vload8(0, line_0 + out_30);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_30 + 140) = result_30;
  const long out_31 = 8;
  const float4 result_31 = vload4(0, line_0 + out_31);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_31 + 140) = result_31;
  const long out_32 = 12;
  const float2 result_32 = vload2(0, line_0 + out_32);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_32 + 140) = result_32;
  *(__private float16_u*)(line_0 + 0) = acc_11_0_0;
  const long out_33 = 0;
  const float8 result_33 = vload8(0, line_0 + out_33);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_33 + 154) = result_33;
  const long out_34 = 8;
  const float4 result_34 = vload4(0, line_0 + out_34);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_34 + 154) = result_34;
  const long out_35 = 12;
  const float2 result_35 = vload2(0, line_0 + out_35);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_35 + 154) = result_35;
  *(__private float16_u*)(line_0 + 0) = acc_12_0_0;
  const long out_36 = 0;
  const float8 result_36 = vload8(0, line_0 + out_36);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_36 + 168) = result_36;
  const long out_37 = 8;
  const float4 result_37 = vload4(0, line_0 + out_37);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_37 + 168) = result_37;
  const long out_38 = 12;
  const float2 result_38 = vload2(0, line_0 + out_38);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_38 + 168) = result_38;
  *(__private float16_u*)(line_0 + 0) = acc_13_0_0;
  const long out_39 = 0;
  const float8 result_39 = vload8(0, line_0 + out_39);
  *(__global float8_u*)(y_0 + 196 * group1 + 6272 * group2 + out_39 + 182) = result_39;
  const long out_40 = 8;
  const float4 result_40 = vload4(0, line_0 + out_40);
  *(__global float4_u*)(y_0 + 196 * group1 + 6272 * group2 + out_40 + 182) = result_40;
  const long out_41 = 12;
  const float2 result_41 = vload2(0, line_0 + out_41);
  *(__global float2_u*)(y_0 + 196 * group1 + 6272 * group2 + out_41 + 182) = result_41;
}
