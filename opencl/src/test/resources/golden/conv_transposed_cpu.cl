// matmul: convolution
// space [N, 32, 7, 7]
// schedule cpu, tile 8 x 16 lanes x 2, per item 32 rows and 1 panels, k block 16
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_convolution(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group2 = get_group_id(2);
  float panel_0[1024] __attribute__((aligned(64)));
  for (long panel_1 = 0; panel_1 < 2; panel_1++) {
    const long column_0 = (min((long)(17), (long)(32 * panel_1)));
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float16 x_2 = vload16(0, x_0 + column_0 + 784 * group2 + 49 * k_0);
      *(__private float16*)(panel_0 + 32 * k_0 + 512 * panel_1) = x_2;
      const float16 x_3 = vload16(0, x_0 + column_0 + 784 * group2 + 49 * k_0 + 16);
      *(__private float16*)(panel_0 + 32 * k_0 + 512 * panel_1 + 16) = x_3;
    }
  }
  for (long row_0 = 0; row_0 + 7 < 32; row_0 += 8) {
    for (long panel_2 = 0; panel_2 < 2; panel_2++) {
      const long column_1 = (min((long)(17), (long)(32 * panel_2)));
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
        const float16 b_0_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 512 * panel_2);
        const float16 b_1_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 512 * panel_2 + 16);
        const float p_0 = x_1[(-2) * ((((row_0) / 2)) % 2) + 64 * ((((row_0) / 2)) / 2) + (-1) * ((row_0) % 2) + 4 * k_1 + 3];
        acc_0_0_0 = fma((float16)(p_0), b_0_0, acc_0_0_0);
        acc_0_1_0 = fma((float16)(p_0), b_1_0, acc_0_1_0);
        const float p_1 = x_1[(-2) * ((((row_0 + 1) / 2)) % 2) + 64 * ((((row_0 + 1) / 2)) / 2) + (-1) * ((row_0 + 1) % 2) + 4 * k_1 + 3];
        acc_1_0_0 = fma((float16)(p_1), b_0_0, acc_1_0_0);
        acc_1_1_0 = fma((float16)(p_1), b_1_0, acc_1_1_0);
        const float p_2 = x_1[(-2) * ((((row_0) / 2) + 1) % 2) + 64 * ((((row_0) / 2) + 1) / 2) + (-1) * ((row_0) % 2) + 4 * k_1 + 3];
        acc_2_0_0 = fma((float16)(p_2), b_0_0, acc_2_0_0);
        acc_2_1_0 = fma((float16)(p_2), b_1_0, acc_2_1_0);
        const float p_3 = x_1[(-2) * ((((row_0 + 1) / 2) + 1) % 2) + 64 * ((((row_0 + 1) / 2) + 1) / 2) + (-1) * ((row_0 + 1) % 2) + 4 * k_1 + 3];
        acc_3_0_0 = fma((float16)(p_3), b_0_0, acc_3_0_0);
        acc_3_1_0 = fma((float16)(p_3), b_1_0, acc_3_1_0);
        const float p_4 = x_1[(-2) * ((((row_0) / 2)) % 2) + 64 * ((((row_0) / 2)) / 2) + (-1) * ((row_0) % 2) + 4 * k_1 + 67];
        acc_4_0_0 = fma((float16)(p_4), b_0_0, acc_4_0_0);
        acc_4_1_0 = fma((float16)(p_4), b_1_0, acc_4_1_0);
        const float p_5 = x_1[(-2) * ((((row_0 + 1) / 2)) % 2) + 64 * ((((row_0 + 1) / 2)) / 2) + (-1) * ((row_0 + 1) % 2) + 4 * k_1 + 67];
        acc_5_0_0 = fma((float16)(p_5), b_0_0, acc_5_0_0);
        acc_5_1_0 = fma((float16)(p_5), b_1_0, acc_5_1_0);
        const float p_6 = x_1[(-2) * ((((row_0) / 2) + 1) % 2) + 64 * ((((row_0) / 2) + 1) / 2) + (-1) * ((row_0) % 2) + 4 * k_1 + 67];
        acc_6_0_0 = fma((float16)(p_6), b_0_0, acc_6_0_0);
        acc_6_1_0 = fma((float16)(p_6), b_1_0, acc_6_1_0);
        const float p_7 = x_1[(-2) * ((((row_0 + 1) / 2) + 1) % 2) + 64 * ((((row_0 + 1) / 2) + 1) / 2) + (-1) * ((row_0 + 1) % 2) + 4 * k_1 + 67];
        acc_7_0_0 = fma((float16)(p_7), b_0_0, acc_7_0_0);
        acc_7_1_0 = fma((float16)(p_7), b_1_0, acc_7_1_0);
      }
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0) = acc_0_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 16) = acc_0_1_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 49) = acc_1_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 65) = acc_1_1_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 98) = acc_2_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 114) = acc_2_1_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 147) = acc_3_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 163) = acc_3_1_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 196) = acc_4_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 212) = acc_4_1_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 245) = acc_5_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 261) = acc_5_1_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 294) = acc_6_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 310) = acc_6_1_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 343) = acc_7_0_0;
      *(__global float16_u*)(y_0 + column_1 + 1568 * group2 + 49 * row_0 + 359) = acc_7_1_0;
    }
  }
}

// loop: concatenate
// space [N, 8, 14, 14]
// schedule cpu, 8 lanes along axes 3..3
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_reshape(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(1170 * group0 + 1170), (long)((112 * N))));
  for (long row_0 = 1170 * group0; row_0 < row_end_0; row_0++) {
    for (long i_0 = 0; i_0 + 7 < 14; i_0 += 8) {
      const long turn_0 = ((i_0) / 2);
      const float4 convolution_0 = vload4(0, x_0 + 98 * ((((row_0) % 14)) % 2) + 7 * ((((row_0) % 14)) / 2) + 196 * ((row_0) / 14) + turn_0);
      const float4 of_turn_0 = convolution_0;
      const float4 convolution_1 = vload4(0, x_0 + 98 * ((((row_0) % 14)) % 2) + 7 * ((((row_0) % 14)) / 2) + 196 * ((row_0) / 14) + turn_0 + 49);
      const float4 of_turn_1 = convolution_1;
      const float8 concatenate_0 = (float8)(of_turn_0.s0, of_turn_1.s0, of_turn_0.s1, of_turn_1.s1, of_turn_0.s2, of_turn_1.s2, of_turn_0.s3, of_turn_1.s3);
      *(__global float8_u*)(y_0 + i_0 + 14 * row_0) = concatenate_0;
    }
    for (long i_1 = 8; i_1 < 14; i_1++) {
      float part_0 = 0.0f;
      if ((((((i_1) % 2)) >= 0) & ((((i_1) % 2)) < 1))) {
        const float convolution_2 = x_0[98 * ((((row_0) % 14)) % 2) + 7 * ((((row_0) % 14)) / 2) + ((i_1) / 2) + 196 * ((row_0) / 14)];
        part_0 = convolution_2;
      }
      if ((((((i_1) % 2) + (-1)) >= 0) & ((((i_1) % 2) + (-1)) < 1))) {
        const float convolution_3 = x_0[98 * ((((row_0) % 14)) % 2) + 7 * ((((row_0) % 14)) / 2) + ((i_1) / 2) + 196 * ((row_0) / 14) + 49];
        part_0 = convolution_3;
      }
      y_0[i_1 + 14 * row_0] = part_0;
    }
  }
}
