// pad: pad
// space [N, 32, 16, 16]
// schedule cpu
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
void pad_pad(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict padded_0_base, const ulong padded_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict padded_0 = padded_0_base + padded_0_at;
  const long group0 = get_group_id(0);
  for (long z_0 = 0; z_0 < 256; z_0 += 16) {
    *(__global float16_u*)(padded_0 + 256 * group0 + z_0) = (float16)(0.0f);
  }
  for (long in_row_0 = 0; in_row_0 < 14; in_row_0++) {
    const long in_column_0 = 0;
    const float8 x_1 = vload8(0, x_0 + 196 * group0 + in_column_0 + 14 * in_row_0);
    *(__global float8_u*)(padded_0 + 256 * group0 + in_column_0 + 16 * in_row_0 + 17) = x_1;
    const long in_column_1 = 8;
    const float4 x_2 = vload4(0, x_0 + 196 * group0 + in_column_1 + 14 * in_row_0);
    *(__global float4_u*)(padded_0 + 256 * group0 + in_column_1 + 16 * in_row_0 + 17) = x_2;
    const long in_column_2 = 12;
    const float2 x_3 = vload2(0, x_0 + 196 * group0 + in_column_2 + 14 * in_row_0);
    *(__global float2_u*)(padded_0 + 256 * group0 + in_column_2 + 16 * in_row_0 + 17) = x_3;
  }
}

// matmul: convolution
// space [N, 64, 14, 14]
// schedule cpu, tile 8 x 16 lanes x 2, per item 64 rows and 1 panels, k block 288
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
  const long group0 = get_group_id(0);
  const long group2 = get_group_id(2);
  float panel_0[18432] __attribute__((aligned(64)));
  const long panel_end_0 = (((min((long)(group0 + 1), (long)(6)))) / 6) + (min((long)(group0 + 1), (long)(6)));
  for (long panel_1 = group0; panel_1 < panel_end_0; panel_1++) {
    const long column_0 = (min((long)(164), (long)(32 * panel_1)));
    const long lane_0 = (min((long)(15), (long)((-1) * ((column_0) % 14) + 14)));
    const long jump_0 = ((column_0 + lane_0) % 14) + 16 * ((column_0 + lane_0) / 14) + (-1) * ((column_0) % 14) + (-16) * ((column_0) / 14) + (-1) * lane_0;
    const long lane_1 = (min((long)(15), (long)((-1) * ((column_0) % 14) + 28)));
    const long jump_1 = ((column_0 + lane_1) % 14) + 16 * ((column_0 + lane_1) / 14) + (-1) * ((column_0) % 14) + (-16) * ((column_0) / 14) + (-1) * lane_1;
    const long lane_2 = (min((long)(15), (long)((-1) * ((column_0 + 2) % 14) + 14)));
    const long jump_2 = (-1) * ((column_0 + 2) % 14) + (-16) * ((column_0 + 2) / 14) + ((column_0 + lane_2 + 2) % 14) + 16 * ((column_0 + lane_2 + 2) / 14) + (-1) * lane_2;
    const long lane_3 = (min((long)(15), (long)((-1) * ((column_0 + 2) % 14) + 28)));
    const long jump_3 = (-1) * ((column_0 + 2) % 14) + (-16) * ((column_0 + 2) / 14) + ((column_0 + lane_3 + 2) % 14) + 16 * ((column_0 + lane_3 + 2) / 14) + (-1) * lane_3;
    for (long k_0 = 0; k_0 < 32; k_0++) {
      for (long k_1 = 0; k_1 < 3; k_1++) {
        for (long k_2 = 0; k_2 < 3; k_2++) {
          *(__private float16*)(panel_0 + (-9216) * group0 + 288 * k_0 + 96 * k_1 + 32 * k_2 + 9216 * panel_1) = (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_1))) ? vload16(0, padded_0 + ((column_0) % 14) + 16 * ((column_0) / 14) + 8192 * group2 + jump_1 + 256 * k_0 + 16 * k_1 + k_2) : (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_0))) ? vload16(0, padded_0 + ((column_0) % 14) + 16 * ((column_0) / 14) + 8192 * group2 + jump_0 + 256 * k_0 + 16 * k_1 + k_2) : vload16(0, padded_0 + ((column_0) % 14) + 16 * ((column_0) / 14) + 8192 * group2 + 256 * k_0 + 16 * k_1 + k_2)));
          *(__private float16*)(panel_0 + (-9216) * group0 + 288 * k_0 + 96 * k_1 + 32 * k_2 + 9216 * panel_1 + 16) = (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_3))) ? vload16(0, padded_0 + ((column_0 + 2) % 14) + 16 * ((column_0 + 2) / 14) + 8192 * group2 + jump_3 + 256 * k_0 + 16 * k_1 + k_2 + 16) : (((int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) >= (int16)((int)(lane_2))) ? vload16(0, padded_0 + ((column_0 + 2) % 14) + 16 * ((column_0 + 2) / 14) + 8192 * group2 + jump_2 + 256 * k_0 + 16 * k_1 + k_2 + 16) : vload16(0, padded_0 + ((column_0 + 2) % 14) + 16 * ((column_0 + 2) / 14) + 8192 * group2 + 256 * k_0 + 16 * k_1 + k_2 + 16)));
        }
      }
    }
  }
  for (long row_0 = 0; row_0 + 7 < 64; row_0 += 8) {
    for (long panel_2 = group0; panel_2 < panel_end_0; panel_2++) {
      const long column_1 = (min((long)(164), (long)(32 * panel_2)));
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
      for (long k_3 = 0; k_3 < 32; k_3++) {
        for (long k_4 = 0; k_4 < 3; k_4++) {
          for (long k_5 = 0; k_5 < 3; k_5++) {
            const float16 b_0_0 = *(__private const float16*)(panel_0 + (-9216) * group0 + 288 * k_3 + 96 * k_4 + 32 * k_5 + 9216 * panel_2);
            const float16 b_1_0 = *(__private const float16*)(panel_0 + (-9216) * group0 + 288 * k_3 + 96 * k_4 + 32 * k_5 + 9216 * panel_2 + 16);
            const float p_0 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0];
            acc_0_0_0 = fma((float16)(p_0), b_0_0, acc_0_0_0);
            acc_0_1_0 = fma((float16)(p_0), b_1_0, acc_0_1_0);
            const float p_1 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0 + 288];
            acc_1_0_0 = fma((float16)(p_1), b_0_0, acc_1_0_0);
            acc_1_1_0 = fma((float16)(p_1), b_1_0, acc_1_1_0);
            const float p_2 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0 + 576];
            acc_2_0_0 = fma((float16)(p_2), b_0_0, acc_2_0_0);
            acc_2_1_0 = fma((float16)(p_2), b_1_0, acc_2_1_0);
            const float p_3 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0 + 864];
            acc_3_0_0 = fma((float16)(p_3), b_0_0, acc_3_0_0);
            acc_3_1_0 = fma((float16)(p_3), b_1_0, acc_3_1_0);
            const float p_4 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0 + 1152];
            acc_4_0_0 = fma((float16)(p_4), b_0_0, acc_4_0_0);
            acc_4_1_0 = fma((float16)(p_4), b_1_0, acc_4_1_0);
            const float p_5 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0 + 1440];
            acc_5_0_0 = fma((float16)(p_5), b_0_0, acc_5_0_0);
            acc_5_1_0 = fma((float16)(p_5), b_1_0, acc_5_1_0);
            const float p_6 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0 + 1728];
            acc_6_0_0 = fma((float16)(p_6), b_0_0, acc_6_0_0);
            acc_6_1_0 = fma((float16)(p_6), b_1_0, acc_6_1_0);
            const float p_7 = x_1[9 * k_3 + 3 * k_4 + k_5 + 288 * row_0 + 2016];
            acc_7_0_0 = fma((float16)(p_7), b_0_0, acc_7_0_0);
            acc_7_1_0 = fma((float16)(p_7), b_1_0, acc_7_1_0);
          }
        }
      }
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0) = acc_0_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 16) = acc_0_1_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 196) = acc_1_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 212) = acc_1_1_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 392) = acc_2_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 408) = acc_2_1_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 588) = acc_3_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 604) = acc_3_1_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 784) = acc_4_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 800) = acc_4_1_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 980) = acc_5_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 996) = acc_5_1_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 1176) = acc_6_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 1192) = acc_6_1_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 1372) = acc_7_0_0;
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 196 * row_0 + 1388) = acc_7_1_0;
    }
  }
}
