// matmul: convolution
// space [N, 8, 14, 14]
// schedule cpu, tile 8 x 16 lanes x 2, rows per item 8, k block 64
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
  const long group0 = get_group_id(0);
  const long group2 = get_group_id(2);
  float panel_0[2048] __attribute__((aligned(64)));
  for (long column_0 = 32 * group0; column_0 < (min((long)(64 * ((group0) / 5) + 32 * group0 + 1), (long)(165))); column_0 += 4) {
    for (long k_0 = 0; k_0 < 16; k_0++) {
      for (long k_1 = 0; k_1 < 2; k_1++) {
        for (long k_2 = 0; k_2 < 2; k_2++) {
          float guarded_0 = 0.0f;
          if (((((((((column_0) / 14) + k_1 + (-1)) >= 0) & ((((column_0) / 14) + k_1 + (-1)) < 13)) & ((((((column_0) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0) % 14) + k_2 + (-1)) >= 0) & ((((column_0) % 14) + k_2 + (-1)) < 13))) & ((((((column_0) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_2 = x_0[((((column_0) % 14) + k_2 + 1) / 2) + 7 * ((((column_0) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_0 = x_2;
          }
          float guarded_1 = 0.0f;
          if (((((((((column_0 + 1) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 1) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 1) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 1) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 1) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 1) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_3 = x_0[((((column_0 + 1) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 1) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_1 = x_3;
          }
          float guarded_2 = 0.0f;
          if (((((((((column_0 + 2) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 2) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 2) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 2) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 2) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 2) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_4 = x_0[((((column_0 + 2) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 2) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_2 = x_4;
          }
          float guarded_3 = 0.0f;
          if (((((((((column_0 + 3) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 3) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 3) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 3) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 3) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 3) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_5 = x_0[((((column_0 + 3) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 3) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_3 = x_5;
          }
          float guarded_4 = 0.0f;
          if (((((((((column_0 + 4) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 4) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 4) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 4) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 4) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 4) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_6 = x_0[((((column_0 + 4) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 4) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_4 = x_6;
          }
          float guarded_5 = 0.0f;
          if (((((((((column_0 + 5) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 5) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 5) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 5) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 5) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 5) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_7 = x_0[((((column_0 + 5) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 5) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_5 = x_7;
          }
          float guarded_6 = 0.0f;
          if (((((((((column_0 + 6) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 6) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 6) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 6) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 6) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 6) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_8 = x_0[((((column_0 + 6) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 6) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_6 = x_8;
          }
          float guarded_7 = 0.0f;
          if (((((((((column_0 + 7) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 7) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 7) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 7) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 7) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 7) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_9 = x_0[((((column_0 + 7) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 7) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_7 = x_9;
          }
          float guarded_8 = 0.0f;
          if (((((((((column_0 + 8) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 8) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 8) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 8) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 8) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 8) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_10 = x_0[((((column_0 + 8) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 8) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_8 = x_10;
          }
          float guarded_9 = 0.0f;
          if (((((((((column_0 + 9) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 9) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 9) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 9) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 9) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 9) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_11 = x_0[((((column_0 + 9) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 9) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_9 = x_11;
          }
          float guarded_10 = 0.0f;
          if (((((((((column_0 + 10) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 10) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 10) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 10) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 10) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 10) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_12 = x_0[((((column_0 + 10) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 10) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_10 = x_12;
          }
          float guarded_11 = 0.0f;
          if (((((((((column_0 + 11) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 11) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 11) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 11) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 11) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 11) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_13 = x_0[((((column_0 + 11) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 11) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_11 = x_13;
          }
          float guarded_12 = 0.0f;
          if (((((((((column_0 + 12) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 12) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 12) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 12) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 12) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 12) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_14 = x_0[((((column_0 + 12) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 12) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_12 = x_14;
          }
          float guarded_13 = 0.0f;
          if (((((((((column_0 + 13) / 14) + k_1 + (-1)) >= 0) & ((((column_0 + 13) / 14) + k_1 + (-1)) < 13)) & ((((((column_0 + 13) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 13) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 13) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 13) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_15 = x_0[((((column_0 + 13) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 13) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-8)];
            guarded_13 = x_15;
          }
          float guarded_14 = 0.0f;
          if (((((((((column_0) / 14) + k_1) >= 0) & ((((column_0) / 14) + k_1) < 13)) & ((((((column_0) / 14) + k_1) % 2)) == 0)) & (((((column_0) % 14) + k_2 + (-1)) >= 0) & ((((column_0) % 14) + k_2 + (-1)) < 13))) & ((((((column_0) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_16 = x_0[((((column_0) % 14) + k_2 + 1) / 2) + 7 * ((((column_0) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_14 = x_16;
          }
          float guarded_15 = 0.0f;
          if (((((((((column_0 + 1) / 14) + k_1) >= 0) & ((((column_0 + 1) / 14) + k_1) < 13)) & ((((((column_0 + 1) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 1) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 1) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 1) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_17 = x_0[((((column_0 + 1) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 1) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_15 = x_17;
          }
          const float16 pad_0 = (float16)(guarded_0, guarded_1, guarded_2, guarded_3, guarded_4, guarded_5, guarded_6, guarded_7, guarded_8, guarded_9, guarded_10, guarded_11, guarded_12, guarded_13, guarded_14, guarded_15);
          *(__private float16*)(panel_0 + 128 * k_0 + 64 * k_1 + 32 * k_2) = pad_0;
          float guarded_16 = 0.0f;
          if (((((((((column_0 + 2) / 14) + k_1) >= 0) & ((((column_0 + 2) / 14) + k_1) < 13)) & ((((((column_0 + 2) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 2) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 2) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 2) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_18 = x_0[((((column_0 + 2) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 2) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_16 = x_18;
          }
          float guarded_17 = 0.0f;
          if (((((((((column_0 + 3) / 14) + k_1) >= 0) & ((((column_0 + 3) / 14) + k_1) < 13)) & ((((((column_0 + 3) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 3) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 3) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 3) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_19 = x_0[((((column_0 + 3) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 3) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_17 = x_19;
          }
          float guarded_18 = 0.0f;
          if (((((((((column_0 + 4) / 14) + k_1) >= 0) & ((((column_0 + 4) / 14) + k_1) < 13)) & ((((((column_0 + 4) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 4) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 4) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 4) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_20 = x_0[((((column_0 + 4) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 4) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_18 = x_20;
          }
          float guarded_19 = 0.0f;
          if (((((((((column_0 + 5) / 14) + k_1) >= 0) & ((((column_0 + 5) / 14) + k_1) < 13)) & ((((((column_0 + 5) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 5) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 5) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 5) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_21 = x_0[((((column_0 + 5) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 5) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_19 = x_21;
          }
          float guarded_20 = 0.0f;
          if (((((((((column_0 + 6) / 14) + k_1) >= 0) & ((((column_0 + 6) / 14) + k_1) < 13)) & ((((((column_0 + 6) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 6) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 6) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 6) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_22 = x_0[((((column_0 + 6) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 6) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_20 = x_22;
          }
          float guarded_21 = 0.0f;
          if (((((((((column_0 + 7) / 14) + k_1) >= 0) & ((((column_0 + 7) / 14) + k_1) < 13)) & ((((((column_0 + 7) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 7) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 7) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 7) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_23 = x_0[((((column_0 + 7) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 7) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_21 = x_23;
          }
          float guarded_22 = 0.0f;
          if (((((((((column_0 + 8) / 14) + k_1) >= 0) & ((((column_0 + 8) / 14) + k_1) < 13)) & ((((((column_0 + 8) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 8) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 8) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 8) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_24 = x_0[((((column_0 + 8) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 8) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_22 = x_24;
          }
          float guarded_23 = 0.0f;
          if (((((((((column_0 + 9) / 14) + k_1) >= 0) & ((((column_0 + 9) / 14) + k_1) < 13)) & ((((((column_0 + 9) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 9) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 9) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 9) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_25 = x_0[((((column_0 + 9) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 9) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_23 = x_25;
          }
          float guarded_24 = 0.0f;
          if (((((((((column_0 + 10) / 14) + k_1) >= 0) & ((((column_0 + 10) / 14) + k_1) < 13)) & ((((((column_0 + 10) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 10) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 10) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 10) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_26 = x_0[((((column_0 + 10) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 10) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_24 = x_26;
          }
          float guarded_25 = 0.0f;
          if (((((((((column_0 + 11) / 14) + k_1) >= 0) & ((((column_0 + 11) / 14) + k_1) < 13)) & ((((((column_0 + 11) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 11) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 11) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 11) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_27 = x_0[((((column_0 + 11) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 11) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_25 = x_27;
          }
          float guarded_26 = 0.0f;
          if (((((((((column_0 + 12) / 14) + k_1) >= 0) & ((((column_0 + 12) / 14) + k_1) < 13)) & ((((((column_0 + 12) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 12) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 12) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 12) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_28 = x_0[((((column_0 + 12) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 12) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_26 = x_28;
          }
          float guarded_27 = 0.0f;
          if (((((((((column_0 + 13) / 14) + k_1) >= 0) & ((((column_0 + 13) / 14) + k_1) < 13)) & ((((((column_0 + 13) / 14) + k_1) % 2)) == 0)) & (((((column_0 + 13) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 13) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 13) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_29 = x_0[((((column_0 + 13) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 13) / 14) + k_1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_27 = x_29;
          }
          float guarded_28 = 0.0f;
          if (((((((((column_0) / 14) + k_1 + 1) >= 0) & ((((column_0) / 14) + k_1 + 1) < 13)) & ((((((column_0) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0) % 14) + k_2 + (-1)) >= 0) & ((((column_0) % 14) + k_2 + (-1)) < 13))) & ((((((column_0) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_30 = x_0[((((column_0) % 14) + k_2 + 1) / 2) + 7 * ((((column_0) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_28 = x_30;
          }
          float guarded_29 = 0.0f;
          if (((((((((column_0 + 1) / 14) + k_1 + 1) >= 0) & ((((column_0 + 1) / 14) + k_1 + 1) < 13)) & ((((((column_0 + 1) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 1) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 1) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 1) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_31 = x_0[((((column_0 + 1) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 1) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_29 = x_31;
          }
          float guarded_30 = 0.0f;
          if (((((((((column_0 + 2) / 14) + k_1 + 1) >= 0) & ((((column_0 + 2) / 14) + k_1 + 1) < 13)) & ((((((column_0 + 2) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 2) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 2) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 2) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_32 = x_0[((((column_0 + 2) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 2) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_30 = x_32;
          }
          float guarded_31 = 0.0f;
          if (((((((((column_0 + 3) / 14) + k_1 + 1) >= 0) & ((((column_0 + 3) / 14) + k_1 + 1) < 13)) & ((((((column_0 + 3) / 14) + k_1 + 1) % 2)) == 0)) & (((((column_0 + 3) % 14) + k_2 + (-1)) >= 0) & ((((column_0 + 3) % 14) + k_2 + (-1)) < 13))) & ((((((column_0 + 3) % 14) + k_2 + 1) % 2)) == 0))) {
            const float x_33 = x_0[((((column_0 + 3) % 14) + k_2 + 1) / 2) + 7 * ((((column_0 + 3) / 14) + k_1 + 1) / 2) + 784 * group2 + 49 * k_0 + (-1)];
            guarded_31 = x_33;
          }
          const float16 pad_1 = (float16)(guarded_16, guarded_17, guarded_18, guarded_19, guarded_20, guarded_21, guarded_22, guarded_23, guarded_24, guarded_25, guarded_26, guarded_27, guarded_28, guarded_29, guarded_30, guarded_31);
          *(__private float16*)(panel_0 + 128 * k_0 + 64 * k_1 + 32 * k_2 + 16) = pad_1;
        }
      }
    }
    for (long row_0 = 0; row_0 + 7 < 8; row_0 += 8) {
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
      for (long k_3 = 0; k_3 < 16; k_3++) {
        for (long k_4 = 0; k_4 < 2; k_4++) {
          for (long k_5 = 0; k_5 < 2; k_5++) {
            const float16 b_0_0 = *(__private const float16*)(panel_0 + 128 * k_3 + 64 * k_4 + 32 * k_5);
            const float16 b_1_0 = *(__private const float16*)(panel_0 + 128 * k_3 + 64 * k_4 + 32 * k_5 + 16);
            const float p_0 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0];
            acc_0_0_0 = fma((float16)(p_0), b_0_0, acc_0_0_0);
            acc_0_1_0 = fma((float16)(p_0), b_1_0, acc_0_1_0);
            const float p_1 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0 + 64];
            acc_1_0_0 = fma((float16)(p_1), b_0_0, acc_1_0_0);
            acc_1_1_0 = fma((float16)(p_1), b_1_0, acc_1_1_0);
            const float p_2 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0 + 128];
            acc_2_0_0 = fma((float16)(p_2), b_0_0, acc_2_0_0);
            acc_2_1_0 = fma((float16)(p_2), b_1_0, acc_2_1_0);
            const float p_3 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0 + 192];
            acc_3_0_0 = fma((float16)(p_3), b_0_0, acc_3_0_0);
            acc_3_1_0 = fma((float16)(p_3), b_1_0, acc_3_1_0);
            const float p_4 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0 + 256];
            acc_4_0_0 = fma((float16)(p_4), b_0_0, acc_4_0_0);
            acc_4_1_0 = fma((float16)(p_4), b_1_0, acc_4_1_0);
            const float p_5 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0 + 320];
            acc_5_0_0 = fma((float16)(p_5), b_0_0, acc_5_0_0);
            acc_5_1_0 = fma((float16)(p_5), b_1_0, acc_5_1_0);
            const float p_6 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0 + 384];
            acc_6_0_0 = fma((float16)(p_6), b_0_0, acc_6_0_0);
            acc_6_1_0 = fma((float16)(p_6), b_1_0, acc_6_1_0);
            const float p_7 = x_1[4 * k_3 + 2 * k_4 + k_5 + 64 * row_0 + 448];
            acc_7_0_0 = fma((float16)(p_7), b_0_0, acc_7_0_0);
            acc_7_1_0 = fma((float16)(p_7), b_1_0, acc_7_1_0);
          }
        }
      }
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0) = acc_0_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 16) = acc_0_1_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 196) = acc_1_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 212) = acc_1_1_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 392) = acc_2_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 408) = acc_2_1_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 588) = acc_3_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 604) = acc_3_1_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 784) = acc_4_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 800) = acc_4_1_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 980) = acc_5_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 996) = acc_5_1_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 1176) = acc_6_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 1192) = acc_6_1_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 1372) = acc_7_0_0;
      *(__global float16_u*)(y_0 + column_0 + 1568 * group2 + 196 * row_0 + 1388) = acc_7_1_0;
    }
  }
}
