// matmul: convolution, maximum
// space [N, 16, 16, 16]
// schedule cpu, tile 8 x 16 lanes x 2, rows per item 16, k block 27
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_convolution_maximum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long group2 = get_group_id(2);
  float panel_0[864] __attribute__((aligned(64)));
  const long column_0 = 32 * group0;
  for (long k_0 = 0; k_0 < 3; k_0++) {
    for (long k_1 = 0; k_1 < 3; k_1++) {
      for (long k_2 = 0; k_2 < 3; k_2++) {
        float guarded_0 = 0.0f;
        if (((((2 * ((column_0) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0) % 16) + k_2 + (-1)) < 32)))) {
          const float x_2 = x_0[2 * ((column_0) % 16) + 64 * ((column_0) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_0 = x_2;
        }
        float guarded_1 = 0.0f;
        if (((((2 * ((column_0 + 1) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 1) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 1) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 1) % 16) + k_2 + (-1)) < 32)))) {
          const float x_3 = x_0[2 * ((column_0 + 1) % 16) + 64 * ((column_0 + 1) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_1 = x_3;
        }
        float guarded_2 = 0.0f;
        if (((((2 * ((column_0 + 2) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 2) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 2) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 2) % 16) + k_2 + (-1)) < 32)))) {
          const float x_4 = x_0[2 * ((column_0 + 2) % 16) + 64 * ((column_0 + 2) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_2 = x_4;
        }
        float guarded_3 = 0.0f;
        if (((((2 * ((column_0 + 3) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 3) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 3) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 3) % 16) + k_2 + (-1)) < 32)))) {
          const float x_5 = x_0[2 * ((column_0 + 3) % 16) + 64 * ((column_0 + 3) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_3 = x_5;
        }
        float guarded_4 = 0.0f;
        if (((((2 * ((column_0 + 4) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 4) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 4) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 4) % 16) + k_2 + (-1)) < 32)))) {
          const float x_6 = x_0[2 * ((column_0 + 4) % 16) + 64 * ((column_0 + 4) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_4 = x_6;
        }
        float guarded_5 = 0.0f;
        if (((((2 * ((column_0 + 5) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 5) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 5) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 5) % 16) + k_2 + (-1)) < 32)))) {
          const float x_7 = x_0[2 * ((column_0 + 5) % 16) + 64 * ((column_0 + 5) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_5 = x_7;
        }
        float guarded_6 = 0.0f;
        if (((((2 * ((column_0 + 6) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 6) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 6) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 6) % 16) + k_2 + (-1)) < 32)))) {
          const float x_8 = x_0[2 * ((column_0 + 6) % 16) + 64 * ((column_0 + 6) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_6 = x_8;
        }
        float guarded_7 = 0.0f;
        if (((((2 * ((column_0 + 7) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 7) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 7) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 7) % 16) + k_2 + (-1)) < 32)))) {
          const float x_9 = x_0[2 * ((column_0 + 7) % 16) + 64 * ((column_0 + 7) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_7 = x_9;
        }
        float guarded_8 = 0.0f;
        if (((((2 * ((column_0 + 8) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 8) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 8) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 8) % 16) + k_2 + (-1)) < 32)))) {
          const float x_10 = x_0[2 * ((column_0 + 8) % 16) + 64 * ((column_0 + 8) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_8 = x_10;
        }
        float guarded_9 = 0.0f;
        if (((((2 * ((column_0 + 9) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 9) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 9) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 9) % 16) + k_2 + (-1)) < 32)))) {
          const float x_11 = x_0[2 * ((column_0 + 9) % 16) + 64 * ((column_0 + 9) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_9 = x_11;
        }
        float guarded_10 = 0.0f;
        if (((((2 * ((column_0 + 10) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 10) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 10) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 10) % 16) + k_2 + (-1)) < 32)))) {
          const float x_12 = x_0[2 * ((column_0 + 10) % 16) + 64 * ((column_0 + 10) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_10 = x_12;
        }
        float guarded_11 = 0.0f;
        if (((((2 * ((column_0 + 11) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 11) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 11) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 11) % 16) + k_2 + (-1)) < 32)))) {
          const float x_13 = x_0[2 * ((column_0 + 11) % 16) + 64 * ((column_0 + 11) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_11 = x_13;
        }
        float guarded_12 = 0.0f;
        if (((((2 * ((column_0 + 12) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 12) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 12) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 12) % 16) + k_2 + (-1)) < 32)))) {
          const float x_14 = x_0[2 * ((column_0 + 12) % 16) + 64 * ((column_0 + 12) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_12 = x_14;
        }
        float guarded_13 = 0.0f;
        if (((((2 * ((column_0 + 13) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 13) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 13) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 13) % 16) + k_2 + (-1)) < 32)))) {
          const float x_15 = x_0[2 * ((column_0 + 13) % 16) + 64 * ((column_0 + 13) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_13 = x_15;
        }
        float guarded_14 = 0.0f;
        if (((((2 * ((column_0 + 14) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 14) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 14) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 14) % 16) + k_2 + (-1)) < 32)))) {
          const float x_16 = x_0[2 * ((column_0 + 14) % 16) + 64 * ((column_0 + 14) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_14 = x_16;
        }
        float guarded_15 = 0.0f;
        if (((((2 * ((column_0 + 15) / 16) + k_1 + (-1)) >= 0) & ((2 * ((column_0 + 15) / 16) + k_1 + (-1)) < 32)) & (((2 * ((column_0 + 15) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 15) % 16) + k_2 + (-1)) < 32)))) {
          const float x_17 = x_0[2 * ((column_0 + 15) % 16) + 64 * ((column_0 + 15) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + (-33)];
          guarded_15 = x_17;
        }
        const float16 pad_0 = (float16)(guarded_0, guarded_1, guarded_2, guarded_3, guarded_4, guarded_5, guarded_6, guarded_7, guarded_8, guarded_9, guarded_10, guarded_11, guarded_12, guarded_13, guarded_14, guarded_15);
        *(__private float16*)(panel_0 + 288 * k_0 + 96 * k_1 + 32 * k_2) = pad_0;
        float guarded_16 = 0.0f;
        if (((((2 * ((column_0) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0) % 16) + k_2 + (-1)) < 32)))) {
          const float x_18 = x_0[2 * ((column_0) % 16) + 64 * ((column_0) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_16 = x_18;
        }
        float guarded_17 = 0.0f;
        if (((((2 * ((column_0 + 1) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 1) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 1) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 1) % 16) + k_2 + (-1)) < 32)))) {
          const float x_19 = x_0[2 * ((column_0 + 1) % 16) + 64 * ((column_0 + 1) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_17 = x_19;
        }
        float guarded_18 = 0.0f;
        if (((((2 * ((column_0 + 2) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 2) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 2) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 2) % 16) + k_2 + (-1)) < 32)))) {
          const float x_20 = x_0[2 * ((column_0 + 2) % 16) + 64 * ((column_0 + 2) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_18 = x_20;
        }
        float guarded_19 = 0.0f;
        if (((((2 * ((column_0 + 3) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 3) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 3) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 3) % 16) + k_2 + (-1)) < 32)))) {
          const float x_21 = x_0[2 * ((column_0 + 3) % 16) + 64 * ((column_0 + 3) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_19 = x_21;
        }
        float guarded_20 = 0.0f;
        if (((((2 * ((column_0 + 4) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 4) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 4) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 4) % 16) + k_2 + (-1)) < 32)))) {
          const float x_22 = x_0[2 * ((column_0 + 4) % 16) + 64 * ((column_0 + 4) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_20 = x_22;
        }
        float guarded_21 = 0.0f;
        if (((((2 * ((column_0 + 5) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 5) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 5) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 5) % 16) + k_2 + (-1)) < 32)))) {
          const float x_23 = x_0[2 * ((column_0 + 5) % 16) + 64 * ((column_0 + 5) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_21 = x_23;
        }
        float guarded_22 = 0.0f;
        if (((((2 * ((column_0 + 6) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 6) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 6) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 6) % 16) + k_2 + (-1)) < 32)))) {
          const float x_24 = x_0[2 * ((column_0 + 6) % 16) + 64 * ((column_0 + 6) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_22 = x_24;
        }
        float guarded_23 = 0.0f;
        if (((((2 * ((column_0 + 7) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 7) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 7) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 7) % 16) + k_2 + (-1)) < 32)))) {
          const float x_25 = x_0[2 * ((column_0 + 7) % 16) + 64 * ((column_0 + 7) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_23 = x_25;
        }
        float guarded_24 = 0.0f;
        if (((((2 * ((column_0 + 8) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 8) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 8) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 8) % 16) + k_2 + (-1)) < 32)))) {
          const float x_26 = x_0[2 * ((column_0 + 8) % 16) + 64 * ((column_0 + 8) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_24 = x_26;
        }
        float guarded_25 = 0.0f;
        if (((((2 * ((column_0 + 9) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 9) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 9) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 9) % 16) + k_2 + (-1)) < 32)))) {
          const float x_27 = x_0[2 * ((column_0 + 9) % 16) + 64 * ((column_0 + 9) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_25 = x_27;
        }
        float guarded_26 = 0.0f;
        if (((((2 * ((column_0 + 10) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 10) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 10) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 10) % 16) + k_2 + (-1)) < 32)))) {
          const float x_28 = x_0[2 * ((column_0 + 10) % 16) + 64 * ((column_0 + 10) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_26 = x_28;
        }
        float guarded_27 = 0.0f;
        if (((((2 * ((column_0 + 11) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 11) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 11) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 11) % 16) + k_2 + (-1)) < 32)))) {
          const float x_29 = x_0[2 * ((column_0 + 11) % 16) + 64 * ((column_0 + 11) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_27 = x_29;
        }
        float guarded_28 = 0.0f;
        if (((((2 * ((column_0 + 12) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 12) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 12) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 12) % 16) + k_2 + (-1)) < 32)))) {
          const float x_30 = x_0[2 * ((column_0 + 12) % 16) + 64 * ((column_0 + 12) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_28 = x_30;
        }
        float guarded_29 = 0.0f;
        if (((((2 * ((column_0 + 13) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 13) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 13) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 13) % 16) + k_2 + (-1)) < 32)))) {
          const float x_31 = x_0[2 * ((column_0 + 13) % 16) + 64 * ((column_0 + 13) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_29 = x_31;
        }
        float guarded_30 = 0.0f;
        if (((((2 * ((column_0 + 14) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 14) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 14) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 14) % 16) + k_2 + (-1)) < 32)))) {
          const float x_32 = x_0[2 * ((column_0 + 14) % 16) + 64 * ((column_0 + 14) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_30 = x_32;
        }
        float guarded_31 = 0.0f;
        if (((((2 * ((column_0 + 15) / 16) + k_1 + 1) >= 0) & ((2 * ((column_0 + 15) / 16) + k_1 + 1) < 32)) & (((2 * ((column_0 + 15) % 16) + k_2 + (-1)) >= 0) & ((2 * ((column_0 + 15) % 16) + k_2 + (-1)) < 32)))) {
          const float x_33 = x_0[2 * ((column_0 + 15) % 16) + 64 * ((column_0 + 15) / 16) + 3072 * group2 + 1024 * k_0 + 32 * k_1 + k_2 + 31];
          guarded_31 = x_33;
        }
        const float16 pad_1 = (float16)(guarded_16, guarded_17, guarded_18, guarded_19, guarded_20, guarded_21, guarded_22, guarded_23, guarded_24, guarded_25, guarded_26, guarded_27, guarded_28, guarded_29, guarded_30, guarded_31);
        *(__private float16*)(panel_0 + 288 * k_0 + 96 * k_1 + 32 * k_2 + 16) = pad_1;
      }
    }
  }
  for (long row_0 = 0; row_0 + 7 < 16; row_0 += 8) {
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
          const float16 b_0_0 = *(__private const float16*)(panel_0 + 288 * k_3 + 96 * k_4 + 32 * k_5);
          const float16 b_1_0 = *(__private const float16*)(panel_0 + 288 * k_3 + 96 * k_4 + 32 * k_5 + 16);
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
    const float16 maximum_0 = (acc_0_0_0 > constant_0 | acc_0_0_0 != acc_0_0_0 ? acc_0_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0) = maximum_0;
    const float16 maximum_1 = (acc_0_1_0 > constant_0 | acc_0_1_0 != acc_0_1_0 ? acc_0_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 16) = maximum_1;
    const float16 maximum_2 = (acc_1_0_0 > constant_0 | acc_1_0_0 != acc_1_0_0 ? acc_1_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 256) = maximum_2;
    const float16 maximum_3 = (acc_1_1_0 > constant_0 | acc_1_1_0 != acc_1_1_0 ? acc_1_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 272) = maximum_3;
    const float16 maximum_4 = (acc_2_0_0 > constant_0 | acc_2_0_0 != acc_2_0_0 ? acc_2_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 512) = maximum_4;
    const float16 maximum_5 = (acc_2_1_0 > constant_0 | acc_2_1_0 != acc_2_1_0 ? acc_2_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 528) = maximum_5;
    const float16 maximum_6 = (acc_3_0_0 > constant_0 | acc_3_0_0 != acc_3_0_0 ? acc_3_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 768) = maximum_6;
    const float16 maximum_7 = (acc_3_1_0 > constant_0 | acc_3_1_0 != acc_3_1_0 ? acc_3_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 784) = maximum_7;
    const float16 maximum_8 = (acc_4_0_0 > constant_0 | acc_4_0_0 != acc_4_0_0 ? acc_4_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1024) = maximum_8;
    const float16 maximum_9 = (acc_4_1_0 > constant_0 | acc_4_1_0 != acc_4_1_0 ? acc_4_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1040) = maximum_9;
    const float16 maximum_10 = (acc_5_0_0 > constant_0 | acc_5_0_0 != acc_5_0_0 ? acc_5_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1280) = maximum_10;
    const float16 maximum_11 = (acc_5_1_0 > constant_0 | acc_5_1_0 != acc_5_1_0 ? acc_5_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1296) = maximum_11;
    const float16 maximum_12 = (acc_6_0_0 > constant_0 | acc_6_0_0 != acc_6_0_0 ? acc_6_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1536) = maximum_12;
    const float16 maximum_13 = (acc_6_1_0 > constant_0 | acc_6_1_0 != acc_6_1_0 ? acc_6_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1552) = maximum_13;
    const float16 maximum_14 = (acc_7_0_0 > constant_0 | acc_7_0_0 != acc_7_0_0 ? acc_7_0_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1792) = maximum_14;
    const float16 maximum_15 = (acc_7_1_0 > constant_0 | acc_7_1_0 != acc_7_1_0 ? acc_7_1_0 : constant_0);
    *(__global float16_u*)(y_0 + column_0 + 4096 * group2 + 256 * row_0 + 1808) = maximum_15;
  }
}
