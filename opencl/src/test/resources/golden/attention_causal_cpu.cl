// attention: 2 iota, 2 compare, 2 dot, 2 multiply, 3 select, reduce_max, abs, subtract, exp, reduce_sum, divide
// space [N, 4, 49, 8]
// schedule cpu, 16 lanes x 2 of queries, blocks of 49 keys, tiles of 8, causal
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
#endif

#ifndef NND_NND_EXP_FLOAT16
#define NND_NND_EXP_FLOAT16
float16 nnd_exp_float16(float16 x) {
  float16 t = (float16)(88.8f) < x ? (float16)(88.8f) : x;
  t = (float16)(-87.5f) > t ? (float16)(-87.5f) : t;
  const float16 shifted = fma(t, (float16)(1.442695041f), (float16)(12583038.0f));
  const float16 n = shifted - (float16)(12583038.0f);
  float16 r = fma(n, (float16)(-0.693359375f), t);
  r = fma(n, (float16)(2.121944401e-04f), r);
  float16 p = fma((float16)(2.762922086e-03f), r, (float16)(1.673743131e-02f));
  p = fma(p, r, (float16)(8.333677798e-02f));
  p = fma(p, r, (float16)(3.333304226e-01f));
  p = fma(p, r, (float16)(9.999998808e-01f));
  p = fma(p, r, (float16)(2.0f));
  p = fma(p, r, (float16)(2.0f));
  return p * as_float16(as_int16(shifted) << (int16)(23));
}
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void attention_dot(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group1 = get_group_id(1);
  float q_0[512] __attribute__((aligned(64)));
  float s_0[1568] __attribute__((aligned(64)));
  float o_0[256] __attribute__((aligned(64)));
  float inverse_0[32] __attribute__((aligned(64)));
  for (long block_0 = 0; block_0 < 2; block_0++) {
    const long query_0 = (min((long)(32 * block_0), (long)(17)));
    float16 greatest_0 = (float16)((-INFINITY));
    float16 total_0 = (float16)(0.0f);
    float16 greatest_1 = (float16)((-INFINITY));
    float16 total_1 = (float16)(0.0f);
    for (long d_0 = 0; d_0 < 16; d_0++) {
      const float16 x_3 = (float16)(x_0[d_0 + 784 * group1 + 16 * query_0], x_0[d_0 + 784 * group1 + 16 * query_0 + 16], x_0[d_0 + 784 * group1 + 16 * query_0 + 32], x_0[d_0 + 784 * group1 + 16 * query_0 + 48], x_0[d_0 + 784 * group1 + 16 * query_0 + 64], x_0[d_0 + 784 * group1 + 16 * query_0 + 80], x_0[d_0 + 784 * group1 + 16 * query_0 + 96], x_0[d_0 + 784 * group1 + 16 * query_0 + 112], x_0[d_0 + 784 * group1 + 16 * query_0 + 128], x_0[d_0 + 784 * group1 + 16 * query_0 + 144], x_0[d_0 + 784 * group1 + 16 * query_0 + 160], x_0[d_0 + 784 * group1 + 16 * query_0 + 176], x_0[d_0 + 784 * group1 + 16 * query_0 + 192], x_0[d_0 + 784 * group1 + 16 * query_0 + 208], x_0[d_0 + 784 * group1 + 16 * query_0 + 224], x_0[d_0 + 784 * group1 + 16 * query_0 + 240]);
      *(__private float16*)(q_0 + 32 * d_0) = x_3;
      const float16 x_4 = (float16)(x_0[d_0 + 784 * group1 + 16 * query_0 + 256], x_0[d_0 + 784 * group1 + 16 * query_0 + 272], x_0[d_0 + 784 * group1 + 16 * query_0 + 288], x_0[d_0 + 784 * group1 + 16 * query_0 + 304], x_0[d_0 + 784 * group1 + 16 * query_0 + 320], x_0[d_0 + 784 * group1 + 16 * query_0 + 336], x_0[d_0 + 784 * group1 + 16 * query_0 + 352], x_0[d_0 + 784 * group1 + 16 * query_0 + 368], x_0[d_0 + 784 * group1 + 16 * query_0 + 384], x_0[d_0 + 784 * group1 + 16 * query_0 + 400], x_0[d_0 + 784 * group1 + 16 * query_0 + 416], x_0[d_0 + 784 * group1 + 16 * query_0 + 432], x_0[d_0 + 784 * group1 + 16 * query_0 + 448], x_0[d_0 + 784 * group1 + 16 * query_0 + 464], x_0[d_0 + 784 * group1 + 16 * query_0 + 480], x_0[d_0 + 784 * group1 + 16 * query_0 + 496]);
      *(__private float16*)(q_0 + 32 * d_0 + 16) = x_4;
    }
    for (long i_0 = 0; i_0 < 8; i_0++) {
      *(__private float16*)(o_0 + 32 * i_0) = (float16)(0.0f);
      *(__private float16*)(o_0 + 32 * i_0 + 16) = (float16)(0.0f);
    }
    const long key_end_0 = (min((long)(8 * ((query_0 + 7) / 8) + 32), (long)(48)));
    for (long key_block_0 = 0; key_block_0 < key_end_0; key_block_0 += 64) {
      const long block_end_0 = (min((long)(key_block_0 + 64), (long)(key_end_0)));
      float16 highest_0 = greatest_0;
      float16 highest_1 = greatest_1;
      for (long key_0 = key_block_0; key_0 < block_end_0; key_0 += 8) {
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
        for (long d_1 = 0; d_1 < 16; d_1++) {
          const float16 q_0_0 = *(__private const float16*)(q_0 + 32 * d_1);
          const float16 q_1_0 = *(__private const float16*)(q_0 + 32 * d_1 + 16);
          const float x_5 = x_1[d_1 + 784 * group1 + 16 * key_0];
          acc_0_0_0 = fma((float16)(x_5), q_0_0, acc_0_0_0);
          acc_0_1_0 = fma((float16)(x_5), q_1_0, acc_0_1_0);
          const float x_6 = x_1[d_1 + 784 * group1 + 16 * key_0 + 16];
          acc_1_0_0 = fma((float16)(x_6), q_0_0, acc_1_0_0);
          acc_1_1_0 = fma((float16)(x_6), q_1_0, acc_1_1_0);
          const float x_7 = x_1[d_1 + 784 * group1 + 16 * key_0 + 32];
          acc_2_0_0 = fma((float16)(x_7), q_0_0, acc_2_0_0);
          acc_2_1_0 = fma((float16)(x_7), q_1_0, acc_2_1_0);
          const float x_8 = x_1[d_1 + 784 * group1 + 16 * key_0 + 48];
          acc_3_0_0 = fma((float16)(x_8), q_0_0, acc_3_0_0);
          acc_3_1_0 = fma((float16)(x_8), q_1_0, acc_3_1_0);
          const float x_9 = x_1[d_1 + 784 * group1 + 16 * key_0 + 64];
          acc_4_0_0 = fma((float16)(x_9), q_0_0, acc_4_0_0);
          acc_4_1_0 = fma((float16)(x_9), q_1_0, acc_4_1_0);
          const float x_10 = x_1[d_1 + 784 * group1 + 16 * key_0 + 80];
          acc_5_0_0 = fma((float16)(x_10), q_0_0, acc_5_0_0);
          acc_5_1_0 = fma((float16)(x_10), q_1_0, acc_5_1_0);
          const float x_11 = x_1[d_1 + 784 * group1 + 16 * key_0 + 96];
          acc_6_0_0 = fma((float16)(x_11), q_0_0, acc_6_0_0);
          acc_6_1_0 = fma((float16)(x_11), q_1_0, acc_6_1_0);
          const float x_12 = x_1[d_1 + 784 * group1 + 16 * key_0 + 112];
          acc_7_0_0 = fma((float16)(x_12), q_0_0, acc_7_0_0);
          acc_7_1_0 = fma((float16)(x_12), q_1_0, acc_7_1_0);
        }
        const int16 iota_0 = (int16)((int)(key_0));
        const int16 iota_1 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_0 = (iota_0 <= iota_1);
        const float16 constant_0 = (float16)(0.25f);
        const float16 multiply_0 = (acc_0_0_0 * constant_0);
        const float16 constant_1 = (float16)((-INFINITY));
        const float16 select_0 = (le_0 ? multiply_0 : constant_1);
        const float16 score_0 = select_0;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0) = score_0;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_0 ? highest_0 : score_0));
        const int16 iota_2 = (int16)((int)(key_0));
        const int16 iota_3 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_1 = (iota_2 <= iota_3);
        const float16 multiply_1 = (acc_0_1_0 * constant_0);
        const float16 select_1 = (le_1 ? multiply_1 : constant_1);
        const float16 score_1 = select_1;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 16) = score_1;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_1 ? highest_1 : score_1));
        const int16 iota_4 = (int16)((int)(key_0 + 1));
        const int16 iota_5 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_2 = (iota_4 <= iota_5);
        const float16 multiply_2 = (acc_1_0_0 * constant_0);
        const float16 select_2 = (le_2 ? multiply_2 : constant_1);
        const float16 score_2 = select_2;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 32) = score_2;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_2 ? highest_0 : score_2));
        const int16 iota_6 = (int16)((int)(key_0 + 1));
        const int16 iota_7 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_3 = (iota_6 <= iota_7);
        const float16 multiply_3 = (acc_1_1_0 * constant_0);
        const float16 select_3 = (le_3 ? multiply_3 : constant_1);
        const float16 score_3 = select_3;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 48) = score_3;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_3 ? highest_1 : score_3));
        const int16 iota_8 = (int16)((int)(key_0 + 2));
        const int16 iota_9 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_4 = (iota_8 <= iota_9);
        const float16 multiply_4 = (acc_2_0_0 * constant_0);
        const float16 select_4 = (le_4 ? multiply_4 : constant_1);
        const float16 score_4 = select_4;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 64) = score_4;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_4 ? highest_0 : score_4));
        const int16 iota_10 = (int16)((int)(key_0 + 2));
        const int16 iota_11 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_5 = (iota_10 <= iota_11);
        const float16 multiply_5 = (acc_2_1_0 * constant_0);
        const float16 select_5 = (le_5 ? multiply_5 : constant_1);
        const float16 score_5 = select_5;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 80) = score_5;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_5 ? highest_1 : score_5));
        const int16 iota_12 = (int16)((int)(key_0 + 3));
        const int16 iota_13 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_6 = (iota_12 <= iota_13);
        const float16 multiply_6 = (acc_3_0_0 * constant_0);
        const float16 select_6 = (le_6 ? multiply_6 : constant_1);
        const float16 score_6 = select_6;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 96) = score_6;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_6 ? highest_0 : score_6));
        const int16 iota_14 = (int16)((int)(key_0 + 3));
        const int16 iota_15 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_7 = (iota_14 <= iota_15);
        const float16 multiply_7 = (acc_3_1_0 * constant_0);
        const float16 select_7 = (le_7 ? multiply_7 : constant_1);
        const float16 score_7 = select_7;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 112) = score_7;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_7 ? highest_1 : score_7));
        const int16 iota_16 = (int16)((int)(key_0 + 4));
        const int16 iota_17 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_8 = (iota_16 <= iota_17);
        const float16 multiply_8 = (acc_4_0_0 * constant_0);
        const float16 select_8 = (le_8 ? multiply_8 : constant_1);
        const float16 score_8 = select_8;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 128) = score_8;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_8 ? highest_0 : score_8));
        const int16 iota_18 = (int16)((int)(key_0 + 4));
        const int16 iota_19 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_9 = (iota_18 <= iota_19);
        const float16 multiply_9 = (acc_4_1_0 * constant_0);
        const float16 select_9 = (le_9 ? multiply_9 : constant_1);
        const float16 score_9 = select_9;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 144) = score_9;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_9 ? highest_1 : score_9));
        const int16 iota_20 = (int16)((int)(key_0 + 5));
        const int16 iota_21 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_10 = (iota_20 <= iota_21);
        const float16 multiply_10 = (acc_5_0_0 * constant_0);
        const float16 select_10 = (le_10 ? multiply_10 : constant_1);
        const float16 score_10 = select_10;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 160) = score_10;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_10 ? highest_0 : score_10));
        const int16 iota_22 = (int16)((int)(key_0 + 5));
        const int16 iota_23 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_11 = (iota_22 <= iota_23);
        const float16 multiply_11 = (acc_5_1_0 * constant_0);
        const float16 select_11 = (le_11 ? multiply_11 : constant_1);
        const float16 score_11 = select_11;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 176) = score_11;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_11 ? highest_1 : score_11));
        const int16 iota_24 = (int16)((int)(key_0 + 6));
        const int16 iota_25 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_12 = (iota_24 <= iota_25);
        const float16 multiply_12 = (acc_6_0_0 * constant_0);
        const float16 select_12 = (le_12 ? multiply_12 : constant_1);
        const float16 score_12 = select_12;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 192) = score_12;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_12 ? highest_0 : score_12));
        const int16 iota_26 = (int16)((int)(key_0 + 6));
        const int16 iota_27 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_13 = (iota_26 <= iota_27);
        const float16 multiply_13 = (acc_6_1_0 * constant_0);
        const float16 select_13 = (le_13 ? multiply_13 : constant_1);
        const float16 score_13 = select_13;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 208) = score_13;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_13 ? highest_1 : score_13));
        const int16 iota_28 = (int16)((int)(key_0 + 7));
        const int16 iota_29 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_14 = (iota_28 <= iota_29);
        const float16 multiply_14 = (acc_7_0_0 * constant_0);
        const float16 select_14 = (le_14 ? multiply_14 : constant_1);
        const float16 score_14 = select_14;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 224) = score_14;
        highest_0 = (highest_0 != highest_0 ? highest_0 : (highest_0 > score_14 ? highest_0 : score_14));
        const int16 iota_30 = (int16)((int)(key_0 + 7));
        const int16 iota_31 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_15 = (iota_30 <= iota_31);
        const float16 multiply_15 = (acc_7_1_0 * constant_0);
        const float16 select_15 = (le_15 ? multiply_15 : constant_1);
        const float16 score_15 = select_15;
        *(__private float16*)(s_0 + 32 * key_0 + (-32) * key_block_0 + 240) = score_15;
        highest_1 = (highest_1 != highest_1 ? highest_1 : (highest_1 > score_15 ? highest_1 : score_15));
      }
      const float16 shift_0 = ((fabs(highest_0) == (float16)(INFINITY)) ? (float16)(0.0f) : highest_0);
      const float16 x_13 = (greatest_0 - shift_0);
      const float16 factor_0 = nnd_exp_float16(x_13);
      greatest_0 = highest_0;
      total_0 = (total_0 * factor_0);
      const float16 shift_1 = ((fabs(highest_1) == (float16)(INFINITY)) ? (float16)(0.0f) : highest_1);
      const float16 x_14 = (greatest_1 - shift_1);
      const float16 factor_1 = nnd_exp_float16(x_14);
      greatest_1 = highest_1;
      total_1 = (total_1 * factor_1);
      for (long key_1 = key_block_0; key_1 < block_end_0; key_1++) {
        const float16 x_15 = (*(__private const float16*)(s_0 + 32 * key_1 + (-32) * key_block_0) - shift_0);
        const float16 p_0 = nnd_exp_float16(x_15);
        *(__private float16*)(s_0 + 32 * key_1 + (-32) * key_block_0) = p_0;
        total_0 = (total_0 + p_0);
        const float16 x_16 = (*(__private const float16*)(s_0 + 32 * key_1 + (-32) * key_block_0 + 16) - shift_1);
        const float16 p_1 = nnd_exp_float16(x_16);
        *(__private float16*)(s_0 + 32 * key_1 + (-32) * key_block_0 + 16) = p_1;
        total_1 = (total_1 + p_1);
      }
      for (long column_0 = 0; column_0 < 8; column_0 += 8) {
        float16 acc_0_0_1 = (*(__private const float16*)(o_0 + 32 * column_0) * factor_0);
        float16 acc_0_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 16) * factor_1);
        float16 acc_1_0_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 32) * factor_0);
        float16 acc_1_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 48) * factor_1);
        float16 acc_2_0_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 64) * factor_0);
        float16 acc_2_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 80) * factor_1);
        float16 acc_3_0_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 96) * factor_0);
        float16 acc_3_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 112) * factor_1);
        float16 acc_4_0_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 128) * factor_0);
        float16 acc_4_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 144) * factor_1);
        float16 acc_5_0_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 160) * factor_0);
        float16 acc_5_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 176) * factor_1);
        float16 acc_6_0_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 192) * factor_0);
        float16 acc_6_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 208) * factor_1);
        float16 acc_7_0_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 224) * factor_0);
        float16 acc_7_1_1 = (*(__private const float16*)(o_0 + 32 * column_0 + 240) * factor_1);
        for (long key_2 = key_block_0; key_2 < block_end_0; key_2++) {
          const float16 p_0_0 = *(__private const float16*)(s_0 + 32 * key_2 + (-32) * key_block_0);
          const float16 p_1_0 = *(__private const float16*)(s_0 + 32 * key_2 + (-32) * key_block_0 + 16);
          const float x_17 = x_2[column_0 + 392 * group1 + 8 * key_2];
          acc_0_0_1 = fma((float16)(x_17), p_0_0, acc_0_0_1);
          acc_0_1_1 = fma((float16)(x_17), p_1_0, acc_0_1_1);
          const float x_18 = x_2[column_0 + 392 * group1 + 8 * key_2 + 1];
          acc_1_0_1 = fma((float16)(x_18), p_0_0, acc_1_0_1);
          acc_1_1_1 = fma((float16)(x_18), p_1_0, acc_1_1_1);
          const float x_19 = x_2[column_0 + 392 * group1 + 8 * key_2 + 2];
          acc_2_0_1 = fma((float16)(x_19), p_0_0, acc_2_0_1);
          acc_2_1_1 = fma((float16)(x_19), p_1_0, acc_2_1_1);
          const float x_20 = x_2[column_0 + 392 * group1 + 8 * key_2 + 3];
          acc_3_0_1 = fma((float16)(x_20), p_0_0, acc_3_0_1);
          acc_3_1_1 = fma((float16)(x_20), p_1_0, acc_3_1_1);
          const float x_21 = x_2[column_0 + 392 * group1 + 8 * key_2 + 4];
          acc_4_0_1 = fma((float16)(x_21), p_0_0, acc_4_0_1);
          acc_4_1_1 = fma((float16)(x_21), p_1_0, acc_4_1_1);
          const float x_22 = x_2[column_0 + 392 * group1 + 8 * key_2 + 5];
          acc_5_0_1 = fma((float16)(x_22), p_0_0, acc_5_0_1);
          acc_5_1_1 = fma((float16)(x_22), p_1_0, acc_5_1_1);
          const float x_23 = x_2[column_0 + 392 * group1 + 8 * key_2 + 6];
          acc_6_0_1 = fma((float16)(x_23), p_0_0, acc_6_0_1);
          acc_6_1_1 = fma((float16)(x_23), p_1_0, acc_6_1_1);
          const float x_24 = x_2[column_0 + 392 * group1 + 8 * key_2 + 7];
          acc_7_0_1 = fma((float16)(x_24), p_0_0, acc_7_0_1);
          acc_7_1_1 = fma((float16)(x_24), p_1_0, acc_7_1_1);
        }
        *(__private float16*)(o_0 + 32 * column_0) = acc_0_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 16) = acc_0_1_1;
        *(__private float16*)(o_0 + 32 * column_0 + 32) = acc_1_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 48) = acc_1_1_1;
        *(__private float16*)(o_0 + 32 * column_0 + 64) = acc_2_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 80) = acc_2_1_1;
        *(__private float16*)(o_0 + 32 * column_0 + 96) = acc_3_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 112) = acc_3_1_1;
        *(__private float16*)(o_0 + 32 * column_0 + 128) = acc_4_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 144) = acc_4_1_1;
        *(__private float16*)(o_0 + 32 * column_0 + 160) = acc_5_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 176) = acc_5_1_1;
        *(__private float16*)(o_0 + 32 * column_0 + 192) = acc_6_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 208) = acc_6_1_1;
        *(__private float16*)(o_0 + 32 * column_0 + 224) = acc_7_0_1;
        *(__private float16*)(o_0 + 32 * column_0 + 240) = acc_7_1_1;
      }
    }
    if ((48 < (query_0 + 32))) {
      float16 highest_2 = greatest_0;
      float16 highest_3 = greatest_1;
      for (long key_3 = 48; key_3 < 49; key_3++) {
        float16 acc_0_0_2 = (float16)(0.0f);
        float16 acc_0_1_2 = (float16)(0.0f);
        for (long d_2 = 0; d_2 < 16; d_2++) {
          const float16 q_0_1 = *(__private const float16*)(q_0 + 32 * d_2);
          const float16 q_1_1 = *(__private const float16*)(q_0 + 32 * d_2 + 16);
          const float x_25 = x_1[d_2 + 784 * group1 + 16 * key_3];
          acc_0_0_2 = fma((float16)(x_25), q_0_1, acc_0_0_2);
          acc_0_1_2 = fma((float16)(x_25), q_1_1, acc_0_1_2);
        }
        const int16 iota_32 = (int16)((int)(key_3));
        const int16 iota_33 = ((int16)((int)(query_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_16 = (iota_32 <= iota_33);
        const float16 constant_2 = (float16)(0.25f);
        const float16 multiply_16 = (acc_0_0_2 * constant_2);
        const float16 constant_3 = (float16)((-INFINITY));
        const float16 select_16 = (le_16 ? multiply_16 : constant_3);
        const float16 score_16 = select_16;
        *(__private float16*)(s_0 + 32 * key_3 + (-1536)) = score_16;
        highest_2 = (highest_2 != highest_2 ? highest_2 : (highest_2 > score_16 ? highest_2 : score_16));
        const int16 iota_34 = (int16)((int)(key_3));
        const int16 iota_35 = ((int16)((int)(query_0 + 16)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
        const int16 le_17 = (iota_34 <= iota_35);
        const float16 multiply_17 = (acc_0_1_2 * constant_2);
        const float16 select_17 = (le_17 ? multiply_17 : constant_3);
        const float16 score_17 = select_17;
        *(__private float16*)(s_0 + 32 * key_3 + (-1520)) = score_17;
        highest_3 = (highest_3 != highest_3 ? highest_3 : (highest_3 > score_17 ? highest_3 : score_17));
      }
      const float16 shift_2 = ((fabs(highest_2) == (float16)(INFINITY)) ? (float16)(0.0f) : highest_2);
      const float16 x_26 = (greatest_0 - shift_2);
      const float16 factor_2 = nnd_exp_float16(x_26);
      greatest_0 = highest_2;
      total_0 = (total_0 * factor_2);
      const float16 shift_3 = ((fabs(highest_3) == (float16)(INFINITY)) ? (float16)(0.0f) : highest_3);
      const float16 x_27 = (greatest_1 - shift_3);
      const float16 factor_3 = nnd_exp_float16(x_27);
      greatest_1 = highest_3;
      total_1 = (total_1 * factor_3);
      for (long key_4 = 48; key_4 < 49; key_4++) {
        const float16 x_28 = (*(__private const float16*)(s_0 + 32 * key_4 + (-1536)) - shift_2);
        const float16 p_2 = nnd_exp_float16(x_28);
        *(__private float16*)(s_0 + 32 * key_4 + (-1536)) = p_2;
        total_0 = (total_0 + p_2);
        const float16 x_29 = (*(__private const float16*)(s_0 + 32 * key_4 + (-1520)) - shift_3);
        const float16 p_3 = nnd_exp_float16(x_29);
        *(__private float16*)(s_0 + 32 * key_4 + (-1520)) = p_3;
        total_1 = (total_1 + p_3);
      }
      for (long column_1 = 0; column_1 < 8; column_1 += 8) {
        float16 acc_0_0_3 = (*(__private const float16*)(o_0 + 32 * column_1) * factor_2);
        float16 acc_0_1_3 = (*(__private const float16*)(o_0 + 32 * column_1 + 16) * factor_3);
        float16 acc_1_0_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 32) * factor_2);
        float16 acc_1_1_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 48) * factor_3);
        float16 acc_2_0_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 64) * factor_2);
        float16 acc_2_1_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 80) * factor_3);
        float16 acc_3_0_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 96) * factor_2);
        float16 acc_3_1_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 112) * factor_3);
        float16 acc_4_0_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 128) * factor_2);
        float16 acc_4_1_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 144) * factor_3);
        float16 acc_5_0_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 160) * factor_2);
        float16 acc_5_1_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 176) * factor_3);
        float16 acc_6_0_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 192) * factor_2);
        float16 acc_6_1_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 208) * factor_3);
        float16 acc_7_0_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 224) * factor_2);
        float16 acc_7_1_2 = (*(__private const float16*)(o_0 + 32 * column_1 + 240) * factor_3);
        for (long key_5 = 48; key_5 < 49; key_5++) {
          const float16 p_0_1 = *(__private const float16*)(s_0 + 32 * key_5 + (-1536));
          const float16 p_1_1 = *(__private const float16*)(s_0 + 32 * key_5 + (-1520));
          const float x_30 = x_2[column_1 + 392 * group1 + 8 * key_5];
          acc_0_0_3 = fma((float16)(x_30), p_0_1, acc_0_0_3);
          acc_0_1_3 = fma((float16)(x_30), p_1_1, acc_0_1_3);
          const float x_31 = x_2[column_1 + 392 * group1 + 8 * key_5 + 1];
          acc_1_0_2 = fma((float16)(x_31), p_0_1, acc_1_0_2);
          acc_1_1_2 = fma((float16)(x_31), p_1_1, acc_1_1_2);
          const float x_32 = x_2[column_1 + 392 * group1 + 8 * key_5 + 2];
          acc_2_0_2 = fma((float16)(x_32), p_0_1, acc_2_0_2);
          acc_2_1_2 = fma((float16)(x_32), p_1_1, acc_2_1_2);
          const float x_33 = x_2[column_1 + 392 * group1 + 8 * key_5 + 3];
          acc_3_0_2 = fma((float16)(x_33), p_0_1, acc_3_0_2);
          acc_3_1_2 = fma((float16)(x_33), p_1_1, acc_3_1_2);
          const float x_34 = x_2[column_1 + 392 * group1 + 8 * key_5 + 4];
          acc_4_0_2 = fma((float16)(x_34), p_0_1, acc_4_0_2);
          acc_4_1_2 = fma((float16)(x_34), p_1_1, acc_4_1_2);
          const float x_35 = x_2[column_1 + 392 * group1 + 8 * key_5 + 5];
          acc_5_0_2 = fma((float16)(x_35), p_0_1, acc_5_0_2);
          acc_5_1_2 = fma((float16)(x_35), p_1_1, acc_5_1_2);
          const float x_36 = x_2[column_1 + 392 * group1 + 8 * key_5 + 6];
          acc_6_0_2 = fma((float16)(x_36), p_0_1, acc_6_0_2);
          acc_6_1_2 = fma((float16)(x_36), p_1_1, acc_6_1_2);
          const float x_37 = x_2[column_1 + 392 * group1 + 8 * key_5 + 7];
          acc_7_0_2 = fma((float16)(x_37), p_0_1, acc_7_0_2);
          acc_7_1_2 = fma((float16)(x_37), p_1_1, acc_7_1_2);
        }
        *(__private float16*)(o_0 + 32 * column_1) = acc_0_0_3;
        *(__private float16*)(o_0 + 32 * column_1 + 16) = acc_0_1_3;
        *(__private float16*)(o_0 + 32 * column_1 + 32) = acc_1_0_2;
        *(__private float16*)(o_0 + 32 * column_1 + 48) = acc_1_1_2;
        *(__private float16*)(o_0 + 32 * column_1 + 64) = acc_2_0_2;
        *(__private float16*)(o_0 + 32 * column_1 + 80) = acc_2_1_2;
        *(__private float16*)(o_0 + 32 * column_1 + 96) = acc_3_0_2;
        *(__private float16*)(o_0 + 32 * column_1 + 112) = acc_3_1_2;
        *(__private float16*)(o_0 + 32 * column_1 + 128) = acc_4_0_2;
        *(__private float16*)(o_0 + 32 * column_1 + 144) = acc_4_1_2;
        *(__private float16*)(o_0 + 32 * column_1 + 160) = acc_5_0_2;
        *(__private float16*)(o_0 + 32 * column_1 + 176) = acc_5_1_2;
        *(__private float16*)(o_0 + 32 * column_1 + 192) = acc_6_0_2;
        *(__private float16*)(o_0 + 32 * column_1 + 208) = acc_6_1_2;
        *(__private float16*)(o_0 + 32 * column_1 + 224) = acc_7_0_2;
        *(__private float16*)(o_0 + 32 * column_1 + 240) = acc_7_1_2;
      }
    }
    *(__private float16*)(inverse_0 + 0) = ((total_0 == (float16)(0.0f)) ? (float16)(0.0f) : ((float16)(1.0f) / total_0));
    *(__private float16*)(inverse_0 + 16) = ((total_1 == (float16)(0.0f)) ? (float16)(0.0f) : ((float16)(1.0f) / total_1));
    for (long lane_0 = 0; lane_0 < 32; lane_0++) {
      const long column_2 = 0;
      const float8 y_1 = ((float8)(o_0[32 * column_2 + lane_0], o_0[32 * column_2 + lane_0 + 32], o_0[32 * column_2 + lane_0 + 64], o_0[32 * column_2 + lane_0 + 96], o_0[32 * column_2 + lane_0 + 128], o_0[32 * column_2 + lane_0 + 160], o_0[32 * column_2 + lane_0 + 192], o_0[32 * column_2 + lane_0 + 224]) * (float8)(inverse_0[lane_0]));
      *(__global float8_u*)(y_0 + column_2 + 392 * group1 + 8 * lane_0 + 8 * query_0) = y_1;
    }
  }
}
