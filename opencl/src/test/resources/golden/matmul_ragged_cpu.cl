// matmul: dot
// space [33, 35]
// schedule cpu, tile 8 x 16 lanes x 2, per item 16 rows and 1 panels, k block 37
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_dot(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group1 = get_group_id(1);
  const long row_end_0 = (min((long)(16 * group1 + 16), (long)(33)));
  float panel_0[2368] __attribute__((aligned(64)));
  for (long panel_1 = 0; panel_1 < 2; panel_1++) {
    const long column_0 = (min((long)(3), (long)(32 * panel_1)));
    for (long k_0 = 0; k_0 < 37; k_0++) {
      const float16 p_0 = vload16(0, x_1 + column_0 + 35 * k_0);
      *(__private float16*)(panel_0 + 32 * k_0 + 1184 * panel_1) = p_0;
      const float16 p_1 = vload16(0, x_1 + column_0 + 35 * k_0 + 16);
      *(__private float16*)(panel_0 + 32 * k_0 + 1184 * panel_1 + 16) = p_1;
    }
  }
  for (long row_0 = 16 * group1; row_0 + 7 < row_end_0; row_0 += 8) {
    for (long panel_2 = 0; panel_2 < 2; panel_2++) {
      const long column_1 = (min((long)(3), (long)(32 * panel_2)));
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
      for (long k_1 = 0; k_1 < 37; k_1++) {
        const float16 b_0_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 1184 * panel_2);
        const float16 b_1_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 1184 * panel_2 + 16);
        const float x_2 = x_0[k_1 + 37 * row_0];
        acc_0_0_0 = fma((float16)(x_2), b_0_0, acc_0_0_0);
        acc_0_1_0 = fma((float16)(x_2), b_1_0, acc_0_1_0);
        const float x_3 = x_0[k_1 + 37 * row_0 + 37];
        acc_1_0_0 = fma((float16)(x_3), b_0_0, acc_1_0_0);
        acc_1_1_0 = fma((float16)(x_3), b_1_0, acc_1_1_0);
        const float x_4 = x_0[k_1 + 37 * row_0 + 74];
        acc_2_0_0 = fma((float16)(x_4), b_0_0, acc_2_0_0);
        acc_2_1_0 = fma((float16)(x_4), b_1_0, acc_2_1_0);
        const float x_5 = x_0[k_1 + 37 * row_0 + 111];
        acc_3_0_0 = fma((float16)(x_5), b_0_0, acc_3_0_0);
        acc_3_1_0 = fma((float16)(x_5), b_1_0, acc_3_1_0);
        const float x_6 = x_0[k_1 + 37 * row_0 + 148];
        acc_4_0_0 = fma((float16)(x_6), b_0_0, acc_4_0_0);
        acc_4_1_0 = fma((float16)(x_6), b_1_0, acc_4_1_0);
        const float x_7 = x_0[k_1 + 37 * row_0 + 185];
        acc_5_0_0 = fma((float16)(x_7), b_0_0, acc_5_0_0);
        acc_5_1_0 = fma((float16)(x_7), b_1_0, acc_5_1_0);
        const float x_8 = x_0[k_1 + 37 * row_0 + 222];
        acc_6_0_0 = fma((float16)(x_8), b_0_0, acc_6_0_0);
        acc_6_1_0 = fma((float16)(x_8), b_1_0, acc_6_1_0);
        const float x_9 = x_0[k_1 + 37 * row_0 + 259];
        acc_7_0_0 = fma((float16)(x_9), b_0_0, acc_7_0_0);
        acc_7_1_0 = fma((float16)(x_9), b_1_0, acc_7_1_0);
      }
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0) = acc_0_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 16) = acc_0_1_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 35) = acc_1_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 51) = acc_1_1_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 70) = acc_2_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 86) = acc_2_1_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 105) = acc_3_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 121) = acc_3_1_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 140) = acc_4_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 156) = acc_4_1_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 175) = acc_5_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 191) = acc_5_1_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 210) = acc_6_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 226) = acc_6_1_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 245) = acc_7_0_0;
      *(__global float16_u*)(y_0 + column_1 + 35 * row_0 + 261) = acc_7_1_0;
    }
  }
  for (long row_1 = 8 * ((row_end_0) / 8); row_1 < row_end_0; row_1++) {
    for (long panel_3 = 0; panel_3 < 2; panel_3++) {
      const long column_2 = (min((long)(3), (long)(32 * panel_3)));
      float16 acc_0_0_1 = (float16)(0.0f);
      float16 acc_0_1_1 = (float16)(0.0f);
      for (long k_2 = 0; k_2 < 37; k_2++) {
        const float16 b_0_1 = *(__private const float16*)(panel_0 + 32 * k_2 + 1184 * panel_3);
        const float16 b_1_1 = *(__private const float16*)(panel_0 + 32 * k_2 + 1184 * panel_3 + 16);
        const float x_10 = x_0[k_2 + 37 * row_1];
        acc_0_0_1 = fma((float16)(x_10), b_0_1, acc_0_0_1);
        acc_0_1_1 = fma((float16)(x_10), b_1_1, acc_0_1_1);
      }
      *(__global float16_u*)(y_0 + column_2 + 35 * row_1) = acc_0_0_1;
      *(__global float16_u*)(y_0 + column_2 + 35 * row_1 + 16) = acc_0_1_1;
    }
  }
}
