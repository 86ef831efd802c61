// pad: pad
// space [N, 32, 10, 10]
// schedule cpu
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void pad_pad(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict padded_0_base, const ulong padded_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict padded_0 = padded_0_base + padded_0_at;
  const long group0 = get_group_id(0);
  for (long z_0 = 0; z_0 < 160; z_0 += 16) {
    *(__global float16_u*)(padded_0 + 160 * group0 + z_0) = (float16)(0.0f);
  }
  for (long in_row_0 = 0; in_row_0 < 8; in_row_0++) {
    const long in_column_0 = 0;
    const float8 x_1 = vload8(0, x_0 + 64 * group0 + in_column_0 + 8 * in_row_0);
    *(__global float8_u*)(padded_0 + 160 * group0 + in_column_0 + 16 * in_row_0 + 17) = x_1;
  }
}

// matmul: convolution
// space [N, 32, 8, 8]
// schedule cpu, tile 8 x 16 lanes x 2, per item 8 rows and 2 panels, k block 72
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
  float panel_0[4608] __attribute__((aligned(64)));
  for (long panel_1 = 0; panel_1 < 2; panel_1++) {
    const long column_0 = 32 * panel_1;
    const long lane_0 = (min((long)(15), (long)((-1) * ((column_0) % 8) + 8)));
    const long jump_0 = ((column_0 + lane_0) % 8) + 16 * ((column_0 + lane_0) / 8) + (-1) * ((column_0) % 8) + (-16) * ((column_0) / 8) + (-1) * lane_0;
    const long lane_1 = (min((long)(15), (long)((-1) * ((column_0) % 8) + 16)));
    const long jump_1 = ((column_0 + lane_1) % 8) + 16 * ((column_0 + lane_1) / 8) + (-1) * ((column_0) % 8) + (-16) * ((column_0) / 8) + (-1) * lane_1;
    for (long k_0 = 0; k_0 < 8; k_0++) {
      for (long k_1 = 0; k_1 < 3; k_1++) {
        for (long k_2 = 0; k_2 < 3; k_2++) {
          *(__private float16*)(panel_0 + 288 * k_0 + 96 * k_1 + 32 * k_2 + 2304 * panel_1) = (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_1))) ? vload16(0, padded_0 + ((column_0) % 8) + 16 * ((column_0) / 8) + 5120 * ((group2) % N) + 1280 * ((group2) / N) + jump_1 + 160 * k_0 + 16 * k_1 + k_2) : (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_0))) ? vload16(0, padded_0 + ((column_0) % 8) + 16 * ((column_0) / 8) + 5120 * ((group2) % N) + 1280 * ((group2) / N) + jump_0 + 160 * k_0 + 16 * k_1 + k_2) : vload16(0, padded_0 + ((column_0) % 8) + 16 * ((column_0) / 8) + 5120 * ((group2) % N) + 1280 * ((group2) / N) + 160 * k_0 + 16 * k_1 + k_2)));
          *(__private float16*)(panel_0 + 288 * k_0 + 96 * k_1 + 32 * k_2 + 2304 * panel_1 + 16) = (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_1))) ? vload16(0, padded_0 + ((column_0) % 8) + 16 * ((column_0) / 8) + 5120 * ((group2) % N) + 1280 * ((group2) / N) + jump_1 + 160 * k_0 + 16 * k_1 + k_2 + 32) : (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_0))) ? vload16(0, padded_0 + ((column_0) % 8) + 16 * ((column_0) / 8) + 5120 * ((group2) % N) + 1280 * ((group2) / N) + jump_0 + 160 * k_0 + 16 * k_1 + k_2 + 32) : vload16(0, padded_0 + ((column_0) % 8) + 16 * ((column_0) / 8) + 5120 * ((group2) % N) + 1280 * ((group2) / N) + 160 * k_0 + 16 * k_1 + k_2 + 32)));
        }
      }
    }
  }
  for (long row_0 = 0; row_0 + 7 < 8; row_0 += 8) {
    for (long panel_2 = 0; panel_2 < 2; panel_2++) {
      const long column_1 = 32 * panel_2;
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
      for (long k_3 = 0; k_3 < 8; k_3++) {
        for (long k_4 = 0; k_4 < 3; k_4++) {
          for (long k_5 = 0; k_5 < 3; k_5++) {
            const float16 b_0_0 = *(__private const float16*)(panel_0 + 288 * k_3 + 96 * k_4 + 32 * k_5 + 2304 * panel_2);
            const float16 b_1_0 = *(__private const float16*)(panel_0 + 288 * k_3 + 96 * k_4 + 32 * k_5 + 2304 * panel_2 + 16);
            const float p_0 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0];
            acc_0_0_0 = fma((float16)(p_0), b_0_0, acc_0_0_0);
            acc_0_1_0 = fma((float16)(p_0), b_1_0, acc_0_1_0);
            const float p_1 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0 + 72];
            acc_1_0_0 = fma((float16)(p_1), b_0_0, acc_1_0_0);
            acc_1_1_0 = fma((float16)(p_1), b_1_0, acc_1_1_0);
            const float p_2 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0 + 144];
            acc_2_0_0 = fma((float16)(p_2), b_0_0, acc_2_0_0);
            acc_2_1_0 = fma((float16)(p_2), b_1_0, acc_2_1_0);
            const float p_3 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0 + 216];
            acc_3_0_0 = fma((float16)(p_3), b_0_0, acc_3_0_0);
            acc_3_1_0 = fma((float16)(p_3), b_1_0, acc_3_1_0);
            const float p_4 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0 + 288];
            acc_4_0_0 = fma((float16)(p_4), b_0_0, acc_4_0_0);
            acc_4_1_0 = fma((float16)(p_4), b_1_0, acc_4_1_0);
            const float p_5 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0 + 360];
            acc_5_0_0 = fma((float16)(p_5), b_0_0, acc_5_0_0);
            acc_5_1_0 = fma((float16)(p_5), b_1_0, acc_5_1_0);
            const float p_6 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0 + 432];
            acc_6_0_0 = fma((float16)(p_6), b_0_0, acc_6_0_0);
            acc_6_1_0 = fma((float16)(p_6), b_1_0, acc_6_1_0);
            const float p_7 = x_1[576 * ((group2) / N) + 9 * k_3 + 3 * k_4 + k_5 + 72 * row_0 + 504];
            acc_7_0_0 = fma((float16)(p_7), b_0_0, acc_7_0_0);
            acc_7_1_0 = fma((float16)(p_7), b_1_0, acc_7_1_0);
          }
        }
      }
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0) = acc_0_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 16) = acc_0_1_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 64) = acc_1_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 80) = acc_1_1_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 128) = acc_2_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 144) = acc_2_1_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 192) = acc_3_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 208) = acc_3_1_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 256) = acc_4_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 272) = acc_4_1_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 320) = acc_5_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 336) = acc_5_1_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 384) = acc_6_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 400) = acc_6_1_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 448) = acc_7_0_0;
      *(__global float16_u*)(y_0 + 2048 * ((group2) % N) + 512 * ((group2) / N) + column_1 + 64 * row_0 + 464) = acc_7_1_0;
    }
  }
}
