// pad: 
// space [N, 8, 50]
// schedule cpu
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif
#ifndef NND_FLOAT2_U
#define NND_FLOAT2_U
typedef float2 float2_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void pad_input(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict padded_0_base, const ulong padded_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict padded_0 = padded_0_base + padded_0_at;
  const long group0 = get_group_id(0);
  for (long z_0 = 0; z_0 < 64; z_0 += 16) {
    *(__global float16_u*)(padded_0 + 64 * group0 + z_0) = (float16)(0.0f);
  }
  for (long in_row_0 = 0; in_row_0 < 1; in_row_0++) {
    for (long in_column_0 = 0; in_column_0 < 48; in_column_0 += 16) {
      const float16 x_1 = vload16(0, x_0 + 50 * group0 + in_column_0);
      *(__global float16_u*)(padded_0 + 64 * group0 + in_column_0 + 64 * in_row_0) = x_1;
    }
    const long in_column_1 = 48;
    const float2 x_2 = vload2(0, x_0 + 50 * group0 + in_column_1);
    *(__global float2_u*)(padded_0 + 64 * group0 + in_column_1 + 64 * in_row_0) = x_2;
  }
}

// matmul: convolution
// space [N, 12, 42]
// schedule cpu, tile 6 x 16 lanes x 2, per item 12 rows and 1 panels, k block 24
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_convolution(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    __global float* restrict padded_0_base, const ulong padded_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  __global float* restrict padded_0 = padded_0_base + padded_0_at;
  const long group2 = get_group_id(2);
  float panel_0[1536] __attribute__((aligned(64)));
  for (long panel_1 = 0; panel_1 < 2; panel_1++) {
    const long column_0 = (min((long)(10), (long)(32 * panel_1)));
    for (long k_0 = 0; k_0 < 8; k_0++) {
      for (long k_1 = 0; k_1 < 3; k_1++) {
        *(__private float16*)(panel_0 + 96 * k_0 + 32 * k_1 + 768 * panel_1) = vload16(0, padded_0 + column_0 + 512 * group2 + 64 * k_0 + 4 * k_1);
        *(__private float16*)(panel_0 + 96 * k_0 + 32 * k_1 + 768 * panel_1 + 16) = vload16(0, padded_0 + column_0 + 512 * group2 + 64 * k_0 + 4 * k_1 + 16);
      }
    }
  }
  for (long row_0 = 0; row_0 + 5 < 12; row_0 += 6) {
    for (long panel_2 = 0; panel_2 < 2; panel_2++) {
      const long column_1 = (min((long)(10), (long)(32 * panel_2)));
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
      for (long k_2 = 0; k_2 < 8; k_2++) {
        for (long k_3 = 0; k_3 < 3; k_3++) {
          const float16 b_0_0 = *(__private const float16*)(panel_0 + 96 * k_2 + 32 * k_3 + 768 * panel_2);
          const float16 b_1_0 = *(__private const float16*)(panel_0 + 96 * k_2 + 32 * k_3 + 768 * panel_2 + 16);
          const float p_0 = x_1[3 * k_2 + k_3 + 24 * row_0];
          acc_0_0_0 = fma((float16)(p_0), b_0_0, acc_0_0_0);
          acc_0_1_0 = fma((float16)(p_0), b_1_0, acc_0_1_0);
          const float p_1 = x_1[3 * k_2 + k_3 + 24 * row_0 + 24];
          acc_1_0_0 = fma((float16)(p_1), b_0_0, acc_1_0_0);
          acc_1_1_0 = fma((float16)(p_1), b_1_0, acc_1_1_0);
          const float p_2 = x_1[3 * k_2 + k_3 + 24 * row_0 + 48];
          acc_2_0_0 = fma((float16)(p_2), b_0_0, acc_2_0_0);
          acc_2_1_0 = fma((float16)(p_2), b_1_0, acc_2_1_0);
          const float p_3 = x_1[3 * k_2 + k_3 + 24 * row_0 + 72];
          acc_3_0_0 = fma((float16)(p_3), b_0_0, acc_3_0_0);
          acc_3_1_0 = fma((float16)(p_3), b_1_0, acc_3_1_0);
          const float p_4 = x_1[3 * k_2 + k_3 + 24 * row_0 + 96];
          acc_4_0_0 = fma((float16)(p_4), b_0_0, acc_4_0_0);
          acc_4_1_0 = fma((float16)(p_4), b_1_0, acc_4_1_0);
          const float p_5 = x_1[3 * k_2 + k_3 + 24 * row_0 + 120];
          acc_5_0_0 = fma((float16)(p_5), b_0_0, acc_5_0_0);
          acc_5_1_0 = fma((float16)(p_5), b_1_0, acc_5_1_0);
        }
      }
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0) = acc_0_0_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 16) = acc_0_1_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 42) = acc_1_0_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 58) = acc_1_1_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 84) = acc_2_0_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 100) = acc_2_1_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 126) = acc_3_0_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 142) = acc_3_1_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 168) = acc_4_0_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 184) = acc_4_1_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 210) = acc_5_0_0;
      *(__global float16_u*)(y_0 + column_1 + 504 * group2 + 42 * row_0 + 226) = acc_5_1_0;
    }
  }
}
