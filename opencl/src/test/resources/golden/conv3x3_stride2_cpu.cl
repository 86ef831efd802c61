// pad: pad
// space [N, 3, 34, 34]
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
  for (long z_0 = 0; z_0 < 2176; z_0 += 16) {
    *(__global float16_u*)(padded_0 + 2176 * group0 + z_0) = (float16)(0.0f);
  }
  for (long in_row_0 = 0; in_row_0 < 32; in_row_0++) {
    for (long in_column_0 = 0; in_column_0 < 32; in_column_0 += 16) {
      const float16 x_1 = vload16(0, x_0 + 1024 * group0 + in_column_0 + 32 * in_row_0);
      const float16 dealt_0 = x_1;
      *(__global float8_u*)(padded_0 + ((in_column_0) / 2) + 2176 * group0 + 64 * in_row_0 + 96) = (float8)(dealt_0.s0, dealt_0.s2, dealt_0.s4, dealt_0.s6, dealt_0.s8, dealt_0.sa, dealt_0.sc, dealt_0.se);
      *(__global float8_u*)(padded_0 + ((in_column_0) / 2) + 2176 * group0 + 64 * in_row_0 + 65) = (float8)(dealt_0.s1, dealt_0.s3, dealt_0.s5, dealt_0.s7, dealt_0.s9, dealt_0.sb, dealt_0.sd, dealt_0.sf);
    }
  }
}

// matmul: convolution, maximum
// space [N, 16, 16, 16]
// schedule cpu, tile 8 x 16 lanes x 2, per item 16 rows and 8 panels, k block 27
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_convolution_maximum(
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
  float panel_0[6912] __attribute__((aligned(64)));
  for (long panel_1 = 0; panel_1 < 8; panel_1++) {
    const long column_0 = 32 * panel_1;
    const long lane_0 = (min((long)(15), (long)((-1) * ((column_0) % 16) + 16)));
    const long jump_0 = ((column_0 + lane_0) % 16) + 128 * ((column_0 + lane_0) / 16) + (-1) * ((column_0) % 16) + (-128) * ((column_0) / 16) + (-1) * lane_0;
    for (long k_0 = 0; k_0 < 3; k_0++) {
      for (long k_1 = 0; k_1 < 3; k_1++) {
        for (long k_2 = 0; k_2 < 3; k_2++) {
          *(__private float16*)(panel_0 + 288 * k_0 + 96 * k_1 + 32 * k_2 + 864 * panel_1) = (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_0))) ? vload16(0, padded_0 + ((column_0) % 16) + 128 * ((column_0) / 16) + 32 * ((k_2) % 2) + ((k_2) / 2) + 6528 * group2 + jump_0 + 2176 * k_0 + 64 * k_1) : vload16(0, padded_0 + ((column_0) % 16) + 128 * ((column_0) / 16) + 32 * ((k_2) % 2) + ((k_2) / 2) + 6528 * group2 + 2176 * k_0 + 64 * k_1));
          *(__private float16*)(panel_0 + 288 * k_0 + 96 * k_1 + 32 * k_2 + 864 * panel_1 + 16) = (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_0))) ? vload16(0, padded_0 + ((column_0) % 16) + 128 * ((column_0) / 16) + 32 * ((k_2) % 2) + ((k_2) / 2) + 6528 * group2 + jump_0 + 2176 * k_0 + 64 * k_1 + 128) : vload16(0, padded_0 + ((column_0) % 16) + 128 * ((column_0) / 16) + 32 * ((k_2) % 2) + ((k_2) / 2) + 6528 * group2 + 2176 * k_0 + 64 * k_1 + 128));
        }
      }
    }
  }
  for (long row_0 = 0; row_0 + 7 < 16; row_0 += 8) {
    for (long panel_2 = 0; panel_2 < 8; panel_2++) {
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
      for (long k_3 = 0; k_3 < 3; k_3++) {
        for (long k_4 = 0; k_4 < 3; k_4++) {
          for (long k_5 = 0; k_5 < 3; k_5++) {
            const float16 b_0_0 = *(__private const float16*)(panel_0 + 288 * k_3 + 96 * k_4 + 32 * k_5 + 864 * panel_2);
            const float16 b_1_0 = *(__private const float16*)(panel_0 + 288 * k_3 + 96 * k_4 + 32 * k_5 + 864 * panel_2 + 16);
            const float p_0 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0];
            acc_0_0_0 = fma((float16)(p_0), b_0_0, acc_0_0_0);
            acc_0_1_0 = fma((float16)(p_0), b_1_0, acc_0_1_0);
            const float p_1 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0 + 27];
            acc_1_0_0 = fma((float16)(p_1), b_0_0, acc_1_0_0);
            acc_1_1_0 = fma((float16)(p_1), b_1_0, acc_1_1_0);
            const float p_2 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0 + 54];
            acc_2_0_0 = fma((float16)(p_2), b_0_0, acc_2_0_0);
            acc_2_1_0 = fma((float16)(p_2), b_1_0, acc_2_1_0);
            const float p_3 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0 + 81];
            acc_3_0_0 = fma((float16)(p_3), b_0_0, acc_3_0_0);
            acc_3_1_0 = fma((float16)(p_3), b_1_0, acc_3_1_0);
            const float p_4 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0 + 108];
            acc_4_0_0 = fma((float16)(p_4), b_0_0, acc_4_0_0);
            acc_4_1_0 = fma((float16)(p_4), b_1_0, acc_4_1_0);
            const float p_5 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0 + 135];
            acc_5_0_0 = fma((float16)(p_5), b_0_0, acc_5_0_0);
            acc_5_1_0 = fma((float16)(p_5), b_1_0, acc_5_1_0);
            const float p_6 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0 + 162];
            acc_6_0_0 = fma((float16)(p_6), b_0_0, acc_6_0_0);
            acc_6_1_0 = fma((float16)(p_6), b_1_0, acc_6_1_0);
            const float p_7 = x_1[9 * k_3 + 3 * k_4 + k_5 + 27 * row_0 + 189];
            acc_7_0_0 = fma((float16)(p_7), b_0_0, acc_7_0_0);
            acc_7_1_0 = fma((float16)(p_7), b_1_0, acc_7_1_0);
          }
        }
      }
      const float16 constant_0 = (float16)(0.0f);
      const float16 maximum_0 = (acc_0_0_0 != acc_0_0_0 ? acc_0_0_0 : (acc_0_0_0 > constant_0 ? acc_0_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0) = maximum_0;
      const float16 maximum_1 = (acc_0_1_0 != acc_0_1_0 ? acc_0_1_0 : (acc_0_1_0 > constant_0 ? acc_0_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 16) = maximum_1;
      const float16 maximum_2 = (acc_1_0_0 != acc_1_0_0 ? acc_1_0_0 : (acc_1_0_0 > constant_0 ? acc_1_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 256) = maximum_2;
      const float16 maximum_3 = (acc_1_1_0 != acc_1_1_0 ? acc_1_1_0 : (acc_1_1_0 > constant_0 ? acc_1_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 272) = maximum_3;
      const float16 maximum_4 = (acc_2_0_0 != acc_2_0_0 ? acc_2_0_0 : (acc_2_0_0 > constant_0 ? acc_2_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 512) = maximum_4;
      const float16 maximum_5 = (acc_2_1_0 != acc_2_1_0 ? acc_2_1_0 : (acc_2_1_0 > constant_0 ? acc_2_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 528) = maximum_5;
      const float16 maximum_6 = (acc_3_0_0 != acc_3_0_0 ? acc_3_0_0 : (acc_3_0_0 > constant_0 ? acc_3_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 768) = maximum_6;
      const float16 maximum_7 = (acc_3_1_0 != acc_3_1_0 ? acc_3_1_0 : (acc_3_1_0 > constant_0 ? acc_3_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 784) = maximum_7;
      const float16 maximum_8 = (acc_4_0_0 != acc_4_0_0 ? acc_4_0_0 : (acc_4_0_0 > constant_0 ? acc_4_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1024) = maximum_8;
      const float16 maximum_9 = (acc_4_1_0 != acc_4_1_0 ? acc_4_1_0 : (acc_4_1_0 > constant_0 ? acc_4_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1040) = maximum_9;
      const float16 maximum_10 = (acc_5_0_0 != acc_5_0_0 ? acc_5_0_0 : (acc_5_0_0 > constant_0 ? acc_5_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1280) = maximum_10;
      const float16 maximum_11 = (acc_5_1_0 != acc_5_1_0 ? acc_5_1_0 : (acc_5_1_0 > constant_0 ? acc_5_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1296) = maximum_11;
      const float16 maximum_12 = (acc_6_0_0 != acc_6_0_0 ? acc_6_0_0 : (acc_6_0_0 > constant_0 ? acc_6_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1536) = maximum_12;
      const float16 maximum_13 = (acc_6_1_0 != acc_6_1_0 ? acc_6_1_0 : (acc_6_1_0 > constant_0 ? acc_6_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1552) = maximum_13;
      const float16 maximum_14 = (acc_7_0_0 != acc_7_0_0 ? acc_7_0_0 : (acc_7_0_0 > constant_0 ? acc_7_0_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1792) = maximum_14;
      const float16 maximum_15 = (acc_7_1_0 != acc_7_1_0 ? acc_7_1_0 : (acc_7_1_0 > constant_0 ? acc_7_1_0 : constant_0));
      *(__global float16_u*)(y_0 + column_1 + 4096 * group2 + 256 * row_0 + 1808) = maximum_15;
    }
  }
}
