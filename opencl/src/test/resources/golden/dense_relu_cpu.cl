// matmul: dot, add, maximum
// space [N, 128]
// schedule cpu, tile 8 x 16 lanes x 2, per item 64 rows and 1 panels, k block 256
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_dot_maximum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long group1 = get_group_id(1);
  const long row_end_0 = (min((long)(64 * group1 + 64), (long)(N)));
  float panel_0[8192] __attribute__((aligned(64)));
  const long column_0 = 32 * group0;
  for (long k_0 = 0; k_0 < 256; k_0++) {
    const float16 p_0 = vload16(0, x_1 + column_0 + 128 * k_0);
    *(__private float16*)(panel_0 + 32 * k_0) = p_0;
    const float16 p_1 = vload16(0, x_1 + column_0 + 128 * k_0 + 16);
    *(__private float16*)(panel_0 + 32 * k_0 + 16) = p_1;
  }
  for (long row_0 = 64 * group1; row_0 + 7 < row_end_0; row_0 += 8) {
    float16 acc_0_0_0 = (float16)(0.0f);
    float16 acc_0_1_0 = (float16)(0.0f);
    float16 acc_1_0_0 = (float16)(0.0f);
    float16 acc_1_1_0 = (float16)(0.0f);
    float16 acc_2_0_0 = (float16)(0.0f);
    float16 acc_2_1_0 = (float16)(0.0f);
    float16 acc_3_0_0 = (float16)(0.0f);
    float16 acc_3_1_0 = (float16)(0.0f);
    float16 acc_4_0_0 = (float16)(0.0f);
    float16 acc_4_1_0 = (float16)(0.0f);
    float16 acc_5_0_0 = (float16)(0.0f);
    float16 acc_5_1_0 = (float16)(0.0f);
    float16 acc_6_0_0 = (float16)(0.0f);
    float16 acc_6_1_0 = (float16)(0.0f);
    float16 acc_7_0_0 = (float16)(0.0f);
    float16 acc_7_1_0 = (float16)(0.0f);
    for (long k_1 = 0; k_1 < 256; k_1++) {
      const float16 b_0_0 = *(__private const float16*)(panel_0 + 32 * k_1);
      const float16 b_1_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 16);
      const float x_3 = x_0[k_1 + 256 * row_0];
      acc_0_0_0 = fma((float16)(x_3), b_0_0, acc_0_0_0);
      acc_0_1_0 = fma((float16)(x_3), b_1_0, acc_0_1_0);
      const float x_4 = x_0[k_1 + 256 * row_0 + 256];
      acc_1_0_0 = fma((float16)(x_4), b_0_0, acc_1_0_0);
      acc_1_1_0 = fma((float16)(x_4), b_1_0, acc_1_1_0);
      const float x_5 = x_0[k_1 + 256 * row_0 + 512];
      acc_2_0_0 = fma((float16)(x_5), b_0_0, acc_2_0_0);
      acc_2_1_0 = fma((float16)(x_5), b_1_0, acc_2_1_0);
      const float x_6 = x_0[k_1 + 256 * row_0 + 768];
      acc_3_0_0 = fma((float16)(x_6), b_0_0, acc_3_0_0);
      acc_3_1_0 = fma((float16)(x_6), b_1_0, acc_3_1_0);
      const float x_7 = x_0[k_1 + 256 * row_0 + 1024];
      acc_4_0_0 = fma((float16)(x_7), b_0_0, acc_4_0_0);
      acc_4_1_0 = fma((float16)(x_7), b_1_0, acc_4_1_0);
      const float x_8 = x_0[k_1 + 256 * row_0 + 1280];
      acc_5_0_0 = fma((float16)(x_8), b_0_0, acc_5_0_0);
      acc_5_1_0 = fma((float16)(x_8), b_1_0, acc_5_1_0);
      const float x_9 = x_0[k_1 + 256 * row_0 + 1536];
      acc_6_0_0 = fma((float16)(x_9), b_0_0, acc_6_0_0);
      acc_6_1_0 = fma((float16)(x_9), b_1_0, acc_6_1_0);
      const float x_10 = x_0[k_1 + 256 * row_0 + 1792];
      acc_7_0_0 = fma((float16)(x_10), b_0_0, acc_7_0_0);
      acc_7_1_0 = fma((float16)(x_10), b_1_0, acc_7_1_0);
    }
    const float16 p_2 = vload16(0, x_2 + column_0);
    const float16 add_0 = (acc_0_0_0 + p_2);
    const float16 constant_0 = (float16)(0.0f);
    const float16 maximum_0 = (add_0 != add_0 ? add_0 : (add_0 > constant_0 ? add_0 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0) = maximum_0;
    const float16 p_3 = vload16(0, x_2 + column_0 + 16);
    const float16 add_1 = (acc_0_1_0 + p_3);
    const float16 maximum_1 = (add_1 != add_1 ? add_1 : (add_1 > constant_0 ? add_1 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 16) = maximum_1;
    const float16 add_2 = (acc_1_0_0 + p_2);
    const float16 maximum_2 = (add_2 != add_2 ? add_2 : (add_2 > constant_0 ? add_2 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 128) = maximum_2;
    const float16 add_3 = (acc_1_1_0 + p_3);
    const float16 maximum_3 = (add_3 != add_3 ? add_3 : (add_3 > constant_0 ? add_3 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 144) = maximum_3;
    const float16 add_4 = (acc_2_0_0 + p_2);
    const float16 maximum_4 = (add_4 != add_4 ? add_4 : (add_4 > constant_0 ? add_4 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 256) = maximum_4;
    const float16 add_5 = (acc_2_1_0 + p_3);
    const float16 maximum_5 = (add_5 != add_5 ? add_5 : (add_5 > constant_0 ? add_5 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 272) = maximum_5;
    const float16 add_6 = (acc_3_0_0 + p_2);
    const float16 maximum_6 = (add_6 != add_6 ? add_6 : (add_6 > constant_0 ? add_6 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 384) = maximum_6;
    const float16 add_7 = (acc_3_1_0 + p_3);
    const float16 maximum_7 = (add_7 != add_7 ? add_7 : (add_7 > constant_0 ? add_7 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 400) = maximum_7;
    const float16 add_8 = (acc_4_0_0 + p_2);
    const float16 maximum_8 = (add_8 != add_8 ? add_8 : (add_8 > constant_0 ? add_8 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 512) = maximum_8;
    const float16 add_9 = (acc_4_1_0 + p_3);
    const float16 maximum_9 = (add_9 != add_9 ? add_9 : (add_9 > constant_0 ? add_9 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 528) = maximum_9;
    const float16 add_10 = (acc_5_0_0 + p_2);
    const float16 maximum_10 = (add_10 != add_10 ? add_10 : (add_10 > constant_0 ? add_10 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 640) = maximum_10;
    const float16 add_11 = (acc_5_1_0 + p_3);
    const float16 maximum_11 = (add_11 != add_11 ? add_11 : (add_11 > constant_0 ? add_11 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 656) = maximum_11;
    const float16 add_12 = (acc_6_0_0 + p_2);
    const float16 maximum_12 = (add_12 != add_12 ? add_12 : (add_12 > constant_0 ? add_12 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 768) = maximum_12;
    const float16 add_13 = (acc_6_1_0 + p_3);
    const float16 maximum_13 = (add_13 != add_13 ? add_13 : (add_13 > constant_0 ? add_13 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 784) = maximum_13;
    const float16 add_14 = (acc_7_0_0 + p_2);
    const float16 maximum_14 = (add_14 != add_14 ? add_14 : (add_14 > constant_0 ? add_14 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 896) = maximum_14;
    const float16 add_15 = (acc_7_1_0 + p_3);
    const float16 maximum_15 = (add_15 != add_15 ? add_15 : (add_15 > constant_0 ? add_15 : constant_0));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_0 + 912) = maximum_15;
  }
  for (long row_1 = 8 * ((row_end_0) / 8); row_1 < row_end_0; row_1++) {
    float16 acc_0_0_1 = (float16)(0.0f);
    float16 acc_0_1_1 = (float16)(0.0f);
    for (long k_2 = 0; k_2 < 256; k_2++) {
      const float16 b_0_1 = *(__private const float16*)(panel_0 + 32 * k_2);
      const float16 b_1_1 = *(__private const float16*)(panel_0 + 32 * k_2 + 16);
      const float x_11 = x_0[k_2 + 256 * row_1];
      acc_0_0_1 = fma((float16)(x_11), b_0_1, acc_0_0_1);
      acc_0_1_1 = fma((float16)(x_11), b_1_1, acc_0_1_1);
    }
    const float16 p_4 = vload16(0, x_2 + column_0);
    const float16 add_16 = (acc_0_0_1 + p_4);
    const float16 constant_1 = (float16)(0.0f);
    const float16 maximum_16 = (add_16 != add_16 ? add_16 : (add_16 > constant_1 ? add_16 : constant_1));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1) = maximum_16;
    const float16 p_5 = vload16(0, x_2 + column_0 + 16);
    const float16 add_17 = (acc_0_1_1 + p_5);
    const float16 maximum_17 = (add_17 != add_17 ? add_17 : (add_17 > constant_1 ? add_17 : constant_1));
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 16) = maximum_17;
  }
}
