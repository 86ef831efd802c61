// depthwise: convolution
// space [N, 16, 300]
// schedule cpu, tile 5 rows x 2 vectors of 16, rows per item 10, folded into rows of 32
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif
#ifndef NND_FLOAT4_U
#define NND_FLOAT4_U
typedef float4 float4_u __attribute__((aligned(4)));
#endif
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
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
  float weights_0[128] __attribute__((aligned(64)));
  for (long tap_0 = 0; tap_0 < 96; tap_0 += 16) {
    const float16 p_0 = vload16(0, x_1 + 100 * group1 + tap_0);
    *(__private float16_u*)(weights_0 + tap_0) = p_0;
  }
  const long tap_1 = 96;
  const float4 p_1 = vload4(0, x_1 + 100 * group1 + tap_1);
  *(__private float4_u*)(weights_0 + tap_1) = p_1;
  const long tap_2 = 0;
  *(__private float16_u*)(weights_0 + tap_2 + 100) = (float16)(0.0f);
  const long tap_3 = 16;
  *(__private float8_u*)(weights_0 + tap_3 + 100) = (float8)(0.0f);
  const long tap_4 = 24;
  *(__private float4_u*)(weights_0 + tap_4 + 100) = (float4)(0.0f);
  float plane_0[448] __attribute__((aligned(64)));
  for (long z_0 = 0; z_0 < 448; z_0 += 16) {
    *(__private float16*)(plane_0 + z_0) = (float16)(0.0f);
  }
  for (long in_row_0 = 0; in_row_0 < 1; in_row_0++) {
    for (long in_column_0 = 0; in_column_0 < 288; in_column_0 += 16) {
      const float16 x_2 = vload16(0, x_0 + 300 * group1 + 4800 * group2 + in_column_0);
      *(__private float16_u*)(plane_0 + in_column_0 + 32 * in_row_0 + 99) = x_2;
    }
    const long in_column_1 = 288;
    const float8 x_3 = vload8(0, x_0 + 300 * group1 + 4800 * group2 + in_column_1);
    *(__private float8_u*)(plane_0 + in_column_1 + 32 * in_row_0 + 99) = x_3;
    const long in_column_2 = 296;
    const float4 x_4 = vload4(0, x_0 + 300 * group1 + 4800 * group2 + in_column_2);
    *(__private float4_u*)(plane_0 + in_column_2 + 32 * in_row_0 + 99) = x_4;
  }
  for (long row_0 = 0; row_0 < 10; row_0 += 5) {
    float line_0[32] __attribute__((aligned(64)));
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
    if ((((row_0 + (-2)) >= 0) & ((row_0 + (-2)) < 11))) {
      for (long kw_0 = 0; kw_0 < 32; kw_0++) {
        const float16 x_0_0 = vload16(0, plane_0 + kw_0 + 32 * row_0);
        const float16 x_1_0 = vload16(0, plane_0 + kw_0 + 32 * row_0 + 16);
        const float w_0 = weights_0[kw_0];
        acc_0_0_0 = fma((float16)(w_0), x_0_0, acc_0_0_0);
        acc_0_1_0 = fma((float16)(w_0), x_1_0, acc_0_1_0);
      }
    }
    if ((((row_0 + (-1)) >= 0) & ((row_0 + (-1)) < 11))) {
      for (long kw_1 = 0; kw_1 < 32; kw_1++) {
        const float16 x_0_1 = vload16(0, plane_0 + kw_1 + 32 * row_0 + 32);
        const float16 x_1_1 = vload16(0, plane_0 + kw_1 + 32 * row_0 + 48);
        const float w_1 = weights_0[kw_1 + 32];
        acc_0_0_0 = fma((float16)(w_1), x_0_1, acc_0_0_0);
        acc_0_1_0 = fma((float16)(w_1), x_1_1, acc_0_1_0);
        const float w_2 = weights_0[kw_1];
        acc_1_0_0 = fma((float16)(w_2), x_0_1, acc_1_0_0);
        acc_1_1_0 = fma((float16)(w_2), x_1_1, acc_1_1_0);
      }
    }
    if ((((row_0) >= 0) & ((row_0) < 11))) {
      for (long kw_2 = 0; kw_2 < 32; kw_2++) {
        const float16 x_0_2 = vload16(0, plane_0 + kw_2 + 32 * row_0 + 64);
        const float16 x_1_2 = vload16(0, plane_0 + kw_2 + 32 * row_0 + 80);
        const float w_3 = weights_0[kw_2 + 64];
        acc_0_0_0 = fma((float16)(w_3), x_0_2, acc_0_0_0);
        acc_0_1_0 = fma((float16)(w_3), x_1_2, acc_0_1_0);
        const float w_4 = weights_0[kw_2 + 32];
        acc_1_0_0 = fma((float16)(w_4), x_0_2, acc_1_0_0);
        acc_1_1_0 = fma((float16)(w_4), x_1_2, acc_1_1_0);
        const float w_5 = weights_0[kw_2];
        acc_2_0_0 = fma((float16)(w_5), x_0_2, acc_2_0_0);
        acc_2_1_0 = fma((float16)(w_5), x_1_2, acc_2_1_0);
      }
    }
    if ((((row_0 + 1) >= 0) & ((row_0 + 1) < 11))) {
      for (long kw_3 = 0; kw_3 < 32; kw_3++) {
        const float16 x_0_3 = vload16(0, plane_0 + kw_3 + 32 * row_0 + 96);
        const float16 x_1_3 = vload16(0, plane_0 + kw_3 + 32 * row_0 + 112);
        const float w_6 = weights_0[kw_3 + 96];
        acc_0_0_0 = fma((float16)(w_6), x_0_3, acc_0_0_0);
        acc_0_1_0 = fma((float16)(w_6), x_1_3, acc_0_1_0);
        const float w_7 = weights_0[kw_3 + 64];
        acc_1_0_0 = fma((float16)(w_7), x_0_3, acc_1_0_0);
        acc_1_1_0 = fma((float16)(w_7), x_1_3, acc_1_1_0);
        const float w_8 = weights_0[kw_3 + 32];
        acc_2_0_0 = fma((float16)(w_8), x_0_3, acc_2_0_0);
        acc_2_1_0 = fma((float16)(w_8), x_1_3, acc_2_1_0);
        const float w_9 = weights_0[kw_3];
        acc_3_0_0 = fma((float16)(w_9), x_0_3, acc_3_0_0);
        acc_3_1_0 = fma((float16)(w_9), x_1_3, acc_3_1_0);
      }
    }
    if ((((row_0 + 2) >= 0) & ((row_0 + 2) < 11))) {
      for (long kw_4 = 0; kw_4 < 32; kw_4++) {
        const float16 x_0_4 = vload16(0, plane_0 + kw_4 + 32 * row_0 + 128);
        const float16 x_1_4 = vload16(0, plane_0 + kw_4 + 32 * row_0 + 144);
        const float w_10 = weights_0[kw_4 + 96];
        acc_1_0_0 = fma((float16)(w_10), x_0_4, acc_1_0_0);
        acc_1_1_0 = fma((float16)(w_10), x_1_4, acc_1_1_0);
        const float w_11 = weights_0[kw_4 + 64];
        acc_2_0_0 = fma((float16)(w_11), x_0_4, acc_2_0_0);
        acc_2_1_0 = fma((float16)(w_11), x_1_4, acc_2_1_0);
        const float w_12 = weights_0[kw_4 + 32];
        acc_3_0_0 = fma((float16)(w_12), x_0_4, acc_3_0_0);
        acc_3_1_0 = fma((float16)(w_12), x_1_4, acc_3_1_0);
        const float w_13 = weights_0[kw_4];
        acc_4_0_0 = fma((float16)(w_13), x_0_4, acc_4_0_0);
        acc_4_1_0 = fma((float16)(w_13), x_1_4, acc_4_1_0);
      }
    }
    if ((((row_0 + 3) >= 0) & ((row_0 + 3) < 11))) {
      for (long kw_5 = 0; kw_5 < 32; kw_5++) {
        const float16 x_0_5 = vload16(0, plane_0 + kw_5 + 32 * row_0 + 160);
        const float16 x_1_5 = vload16(0, plane_0 + kw_5 + 32 * row_0 + 176);
        const float w_14 = weights_0[kw_5 + 96];
        acc_2_0_0 = fma((float16)(w_14), x_0_5, acc_2_0_0);
        acc_2_1_0 = fma((float16)(w_14), x_1_5, acc_2_1_0);
        const float w_15 = weights_0[kw_5 + 64];
        acc_3_0_0 = fma((float16)(w_15), x_0_5, acc_3_0_0);
        acc_3_1_0 = fma((float16)(w_15), x_1_5, acc_3_1_0);
        const float w_16 = weights_0[kw_5 + 32];
        acc_4_0_0 = fma((float16)(w_16), x_0_5, acc_4_0_0);
        acc_4_1_0 = fma((float16)(w_16), x_1_5, acc_4_1_0);
      }
    }
    if ((((row_0 + 4) >= 0) & ((row_0 + 4) < 11))) {
      for (long kw_6 = 0; kw_6 < 32; kw_6++) {
        const float16 x_0_6 = vload16(0, plane_0 + kw_6 + 32 * row_0 + 192);
        const float16 x_1_6 = vload16(0, plane_0 + kw_6 + 32 * row_0 + 208);
        const float w_17 = weights_0[kw_6 + 96];
        acc_3_0_0 = fma((float16)(w_17), x_0_6, acc_3_0_0);
        acc_3_1_0 = fma((float16)(w_17), x_1_6, acc_3_1_0);
        const float w_18 = weights_0[kw_6 + 64];
        acc_4_0_0 = fma((float16)(w_18), x_0_6, acc_4_0_0);
        acc_4_1_0 = fma((float16)(w_18), x_1_6, acc_4_1_0);
      }
    }
    if ((((row_0 + 5) >= 0) & ((row_0 + 5) < 11))) {
      for (long kw_7 = 0; kw_7 < 32; kw_7++) {
        const float16 x_0_7 = vload16(0, plane_0 + kw_7 + 32 * row_0 + 224);
        const float16 x_1_7 = vload16(0, plane_0 + kw_7 + 32 * row_0 + 240);
        const float w_19 = weights_0[kw_7 + 96];
        acc_4_0_0 = fma((float16)(w_19), x_0_7, acc_4_0_0);
        acc_4_1_0 = fma((float16)(w_19), x_1_7, acc_4_1_0);
      }
    }
    if (((row_0) < 9)) {
      const long out_0 = 0;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_0 + 32 * row_0) = acc_0_0_0;
      const long out_1 = 16;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_1 + 32 * row_0) = acc_0_1_0;
    } else {
      *(__private float16_u*)(line_0 + 0) = acc_0_0_0;
      *(__private float16_u*)(line_0 + 16) = acc_0_1_0;
      const long out_2 = 0;
      const float8 result_0 = vload8(0, line_0 + out_2);
      *(__global float8_u*)(y_0 + 300 * group1 + 4800 * group2 + out_2 + 32 * row_0) = result_0;
      const long out_3 = 8;
      const float4 result_1 = vload4(0, line_0 + out_3);
      *(__global float4_u*)(y_0 + 300 * group1 + 4800 * group2 + out_3 + 32 * row_0) = result_1;
    }
    if (((row_0 + 1) < 9)) {
      const long out_4 = 0;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_4 + 32 * row_0 + 32) = acc_1_0_0;
      const long out_5 = 16;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_5 + 32 * row_0 + 32) = acc_1_1_0;
    } else {
      *(__private float16_u*)(line_0 + 0) = acc_1_0_0;
      *(__private float16_u*)(line_0 + 16) = acc_1_1_0;
      const long out_6 = 0;
      const float8 result_2 = vload8(0, line_0 + out_6);
      *(__global float8_u*)(y_0 + 300 * group1 + 4800 * group2 + out_6 + 32 * row_0 + 32) = result_2;
      const long out_7 = 8;
      const float4 result_3 = vload4(0, line_0 + out_7);
      *(__global float4_u*)(y_0 + 300 * group1 + 4800 * group2 + out_7 + 32 * row_0 + 32) = result_3;
    }
    if (((row_0 + 2) < 9)) {
      const long out_8 = 0;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_8 + 32 * row_0 + 64) = acc_2_0_0;
      const long out_9 = 16;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_9 + 32 * row_0 + 64) = acc_2_1_0;
    } else {
      *(__private float16_u*)(line_0 + 0) = acc_2_0_0;
      *(__private float16_u*)(line_0 + 16) = acc_2_1_0;
      const long out_10 = 0;
      const float8 result_4 = vload8(0, line_0 + out_10);
      *(__global float8_u*)(y_0 + 300 * group1 + 4800 * group2 + out_10 + 32 * row_0 + 64) = result_4;
      const long out_11 = 8;
      const float4 result_5 = vload4(0, line_0 + out_11);
      *(__global float4_u*)(y_0 + 300 * group1 + 4800 * group2 + out_11 + 32 * row_0 + 64) = result_5;
    }
    if (((row_0 + 3) < 9)) {
      const long out_12 = 0;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_12 + 32 * row_0 + 96) = acc_3_0_0;
      const long out_13 = 16;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_13 + 32 * row_0 + 96) = acc_3_1_0;
    } else {
      *(__private float16_u*)(line_0 + 0) = acc_3_0_0;
      *(__private float16_u*)(line_0 + 16) = acc_3_1_0;
      const long out_14 = 0;
      const float8 result_6 = vload8(0, line_0 + out_14);
      *(__global float8_u*)(y_0 + 300 * group1 + 4800 * group2 + out_14 + 32 * row_0 + 96) = result_6;
      const long out_15 = 8;
      const float4 result_7 = vload4(0, line_0 + out_15);
      *(__global float4_u*)(y_0 + 300 * group1 + 4800 * group2 + out_15 + 32 * row_0 + 96) = result_7;
    }
    if (((row_0 + 4) < 9)) {
      const long out_16 = 0;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_16 + 32 * row_0 + 128) = acc_4_0_0;
      const long out_17 = 16;
      *(__global float16_u*)(y_0 + 300 * group1 + 4800 * group2 + out_17 + 32 * row_0 + 128) = acc_4_1_0;
    } else {
      *(__private float16_u*)(line_0 + 0) = acc_4_0_0;
      *(__private float16_u*)(line_0 + 16) = acc_4_1_0;
      const long out_18 = 0;
      const float8 result_8 = vload8(0, line_0 + out_18);
      *(__global float8_u*)(y_0 + 300 * group1 + 4800 * group2 + out_18 + 32 * row_0 + 128) = result_8;
      const long out_19 = 8;
      const float4 result_9 = vload4(0, line_0 + out_19);
      *(__global float4_u*)(y_0 + 300 * group1 + 4800 * group2 + out_19 + 32 * row_0 + 128) = result_9;
    }
  }
}
