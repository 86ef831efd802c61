// matmul: dot, multiply
// space [N, 4, 49, 49]
// schedule cpu, tile 8 x 16 lanes x 2, per item 49 rows and 1 panels, k block 16
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_dot_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group2 = get_group_id(2);
  float panel_0[512] __attribute__((aligned(64)));
  for (long panel_1 = 0; panel_1 < 2; panel_1++) {
    const long column_0 = (min((long)(17), (long)(32 * panel_1)));
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float16 x_2 = (float16)(x_1[16 * column_0 + 784 * group2 + k_0], x_1[16 * column_0 + 784 * group2 + k_0 + 16], x_1[16 * column_0 + 784 * group2 + k_0 + 32], x_1[16 * column_0 + 784 * group2 + k_0 + 48], x_1[16 * column_0 + 784 * group2 + k_0 + 64], x_1[16 * column_0 + 784 * group2 + k_0 + 80], x_1[16 * column_0 + 784 * group2 + k_0 + 96], x_1[16 * column_0 + 784 * group2 + k_0 + 112], x_1[16 * column_0 + 784 * group2 + k_0 + 128], x_1[16 * column_0 + 784 * group2 + k_0 + 144], x_1[16 * column_0 + 784 * group2 + k_0 + 160], x_1[16 * column_0 + 784 * group2 + k_0 + 176], x_1[16 * column_0 + 784 * group2 + k_0 + 192], x_1[16 * column_0 + 784 * group2 + k_0 + 208], x_1[16 * column_0 + 784 * group2 + k_0 + 224], x_1[16 * column_0 + 784 * group2 + k_0 + 240]);
      *(__private float16*)(panel_0 + 32 * k_0) = x_2;
      const float16 x_3 = (float16)(x_1[16 * column_0 + 784 * group2 + k_0 + 256], x_1[16 * column_0 + 784 * group2 + k_0 + 272], x_1[16 * column_0 + 784 * group2 + k_0 + 288], x_1[16 * column_0 + 784 * group2 + k_0 + 304], x_1[16 * column_0 + 784 * group2 + k_0 + 320], x_1[16 * column_0 + 784 * group2 + k_0 + 336], x_1[16 * column_0 + 784 * group2 + k_0 + 352], x_1[16 * column_0 + 784 * group2 + k_0 + 368], x_1[16 * column_0 + 784 * group2 + k_0 + 384], x_1[16 * column_0 + 784 * group2 + k_0 + 400], x_1[16 * column_0 + 784 * group2 + k_0 + 416], x_1[16 * column_0 + 784 * group2 + k_0 + 432], x_1[16 * column_0 + 784 * group2 + k_0 + 448], x_1[16 * column_0 + 784 * group2 + k_0 + 464], x_1[16 * column_0 + 784 * group2 + k_0 + 480], x_1[16 * column_0 + 784 * group2 + k_0 + 496]);
      *(__private float16*)(panel_0 + 32 * k_0 + 16) = x_3;
    }
    for (long row_0 = 0; row_0 + 7 < 49; row_0 += 8) {
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
      for (long k_1 = 0; k_1 < 16; k_1++) {
        const float16 b_0_0 = *(__private const float16*)(panel_0 + 32 * k_1);
        const float16 b_1_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 16);
        const float x_4 = x_0[784 * group2 + k_1 + 16 * row_0];
        acc_0_0_0 = fma((float16)(x_4), b_0_0, acc_0_0_0);
        acc_0_1_0 = fma((float16)(x_4), b_1_0, acc_0_1_0);
        const float x_5 = x_0[784 * group2 + k_1 + 16 * row_0 + 16];
        acc_1_0_0 = fma((float16)(x_5), b_0_0, acc_1_0_0);
        acc_1_1_0 = fma((float16)(x_5), b_1_0, acc_1_1_0);
        const float x_6 = x_0[784 * group2 + k_1 + 16 * row_0 + 32];
        acc_2_0_0 = fma((float16)(x_6), b_0_0, acc_2_0_0);
        acc_2_1_0 = fma((float16)(x_6), b_1_0, acc_2_1_0);
        const float x_7 = x_0[784 * group2 + k_1 + 16 * row_0 + 48];
        acc_3_0_0 = fma((float16)(x_7), b_0_0, acc_3_0_0);
        acc_3_1_0 = fma((float16)(x_7), b_1_0, acc_3_1_0);
        const float x_8 = x_0[784 * group2 + k_1 + 16 * row_0 + 64];
        acc_4_0_0 = fma((float16)(x_8), b_0_0, acc_4_0_0);
        acc_4_1_0 = fma((float16)(x_8), b_1_0, acc_4_1_0);
        const float x_9 = x_0[784 * group2 + k_1 + 16 * row_0 + 80];
        acc_5_0_0 = fma((float16)(x_9), b_0_0, acc_5_0_0);
        acc_5_1_0 = fma((float16)(x_9), b_1_0, acc_5_1_0);
        const float x_10 = x_0[784 * group2 + k_1 + 16 * row_0 + 96];
        acc_6_0_0 = fma((float16)(x_10), b_0_0, acc_6_0_0);
        acc_6_1_0 = fma((float16)(x_10), b_1_0, acc_6_1_0);
        const float x_11 = x_0[784 * group2 + k_1 + 16 * row_0 + 112];
        acc_7_0_0 = fma((float16)(x_11), b_0_0, acc_7_0_0);
        acc_7_1_0 = fma((float16)(x_11), b_1_0, acc_7_1_0);
      }
      const float16 constant_0 = (float16)(0.25f);
      const float16 multiply_0 = (acc_0_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0) = multiply_0;
      const float16 multiply_1 = (acc_0_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 16) = multiply_1;
      const float16 multiply_2 = (acc_1_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 49) = multiply_2;
      const float16 multiply_3 = (acc_1_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 65) = multiply_3;
      const float16 multiply_4 = (acc_2_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 98) = multiply_4;
      const float16 multiply_5 = (acc_2_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 114) = multiply_5;
      const float16 multiply_6 = (acc_3_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 147) = multiply_6;
      const float16 multiply_7 = (acc_3_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 163) = multiply_7;
      const float16 multiply_8 = (acc_4_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 196) = multiply_8;
      const float16 multiply_9 = (acc_4_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 212) = multiply_9;
      const float16 multiply_10 = (acc_5_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 245) = multiply_10;
      const float16 multiply_11 = (acc_5_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 261) = multiply_11;
      const float16 multiply_12 = (acc_6_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 294) = multiply_12;
      const float16 multiply_13 = (acc_6_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 310) = multiply_13;
      const float16 multiply_14 = (acc_7_0_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 343) = multiply_14;
      const float16 multiply_15 = (acc_7_1_0 * constant_0);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_0 + 359) = multiply_15;
    }
    for (long row_1 = 48; row_1 < 49; row_1++) {
      float16 acc_0_0_1 = (float16)(0.0f);
      float16 acc_0_1_1 = (float16)(0.0f);
      for (long k_2 = 0; k_2 < 16; k_2++) {
        const float16 b_0_1 = *(__private const float16*)(panel_0 + 32 * k_2);
        const float16 b_1_1 = *(__private const float16*)(panel_0 + 32 * k_2 + 16);
        const float x_12 = x_0[784 * group2 + k_2 + 16 * row_1];
        acc_0_0_1 = fma((float16)(x_12), b_0_1, acc_0_0_1);
        acc_0_1_1 = fma((float16)(x_12), b_1_1, acc_0_1_1);
      }
      const float16 constant_1 = (float16)(0.25f);
      const float16 multiply_16 = (acc_0_0_1 * constant_1);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_1) = multiply_16;
      const float16 multiply_17 = (acc_0_1_1 * constant_1);
      *(__global float16_u*)(y_0 + column_0 + 2401 * group2 + 49 * row_1 + 16) = multiply_17;
    }
  }
}
