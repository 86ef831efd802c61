// matmul: dot, add, maximum
// space [N, 128]
// schedule gpu, tile 64 x 64 x 16, 4 x 4 per work-item

__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
void matmul_dot_maximum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long group1 = get_group_id(1);
  const long local1 = get_local_id(1);
  __local float left_0[1024] __attribute__((aligned(64)));
  __local float right_0[1024] __attribute__((aligned(64)));
  float acc_0_0_0 = 0.0f;
  float acc_0_1_0 = 0.0f;
  float acc_0_2_0 = 0.0f;
  float acc_0_3_0 = 0.0f;
  float acc_1_0_0 = 0.0f;
  float acc_1_1_0 = 0.0f;
  float acc_1_2_0 = 0.0f;
  float acc_1_3_0 = 0.0f;
  float acc_2_0_0 = 0.0f;
  float acc_2_1_0 = 0.0f;
  float acc_2_2_0 = 0.0f;
  float acc_2_3_0 = 0.0f;
  float acc_3_0_0 = 0.0f;
  float acc_3_1_0 = 0.0f;
  float acc_3_2_0 = 0.0f;
  float acc_3_3_0 = 0.0f;
  for (long block_0 = 0; block_0 < 256; block_0 += 16) {
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_0 = 64 * group1 + local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < N) & ((depth_0) < 256))) {
        const float x_3 = x_0[depth_0 + 256 * position_0];
        element_0 = x_3;
      }
      left_0[64 * local0 + local1 + 16 * part_0] = element_0;
    }
    for (long part_1 = 0; part_1 < 4; part_1++) {
      const long position_1 = ((local0 + 16 * local1) % 64) + 64 * group0;
      const long depth_1 = ((local0 + 16 * local1) / 64) + block_0 + 4 * part_1;
      float element_1 = 0.0f;
      if ((((position_1) < 128) & ((depth_1) < 256))) {
        const float p_0 = x_1[128 * depth_1 + position_1];
        element_1 = p_0;
      }
      right_0[local0 + 16 * local1 + 256 * part_1] = element_1;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float a_0_0 = left_0[64 * k_0 + local1];
      const float a_1_0 = left_0[64 * k_0 + local1 + 16];
      const float a_2_0 = left_0[64 * k_0 + local1 + 32];
      const float a_3_0 = left_0[64 * k_0 + local1 + 48];
      const float b_0_0 = right_0[64 * k_0 + local0];
      acc_0_0_0 = fma(a_0_0, b_0_0, acc_0_0_0);
      acc_1_0_0 = fma(a_1_0, b_0_0, acc_1_0_0);
      acc_2_0_0 = fma(a_2_0, b_0_0, acc_2_0_0);
      acc_3_0_0 = fma(a_3_0, b_0_0, acc_3_0_0);
      const float b_1_0 = right_0[64 * k_0 + local0 + 16];
      acc_0_1_0 = fma(a_0_0, b_1_0, acc_0_1_0);
      acc_1_1_0 = fma(a_1_0, b_1_0, acc_1_1_0);
      acc_2_1_0 = fma(a_2_0, b_1_0, acc_2_1_0);
      acc_3_1_0 = fma(a_3_0, b_1_0, acc_3_1_0);
      const float b_2_0 = right_0[64 * k_0 + local0 + 32];
      acc_0_2_0 = fma(a_0_0, b_2_0, acc_0_2_0);
      acc_1_2_0 = fma(a_1_0, b_2_0, acc_1_2_0);
      acc_2_2_0 = fma(a_2_0, b_2_0, acc_2_2_0);
      acc_3_2_0 = fma(a_3_0, b_2_0, acc_3_2_0);
      const float b_3_0 = right_0[64 * k_0 + local0 + 48];
      acc_0_3_0 = fma(a_0_0, b_3_0, acc_0_3_0);
      acc_1_3_0 = fma(a_1_0, b_3_0, acc_1_3_0);
      acc_2_3_0 = fma(a_2_0, b_3_0, acc_2_3_0);
      acc_3_3_0 = fma(a_3_0, b_3_0, acc_3_3_0);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const long row_0 = 64 * group1 + local1;
  const long column_0 = 64 * group0 + local0;
  if ((((row_0) < N) & ((column_0) < 128))) {
    const float p_1 = x_2[column_0];
    const float add_0 = (acc_0_0_0 + p_1);
    const float maximum_0 = (add_0 != add_0 ? add_0 : (add_0 > 0.0f ? add_0 : 0.0f));
    y_0[column_0 + 128 * row_0] = maximum_0;
  }
  const long row_1 = 64 * group1 + local1;
  const long column_1 = 64 * group0 + local0 + 16;
  if ((((row_1) < N) & ((column_1) < 128))) {
    const float p_2 = x_2[column_1];
    const float add_1 = (acc_0_1_0 + p_2);
    const float maximum_1 = (add_1 != add_1 ? add_1 : (add_1 > 0.0f ? add_1 : 0.0f));
    y_0[column_1 + 128 * row_1] = maximum_1;
  }
  const long row_2 = 64 * group1 + local1;
  const long column_2 = 64 * group0 + local0 + 32;
  if ((((row_2) < N) & ((column_2) < 128))) {
    const float p_3 = x_2[column_2];
    const float add_2 = (acc_0_2_0 + p_3);
    const float maximum_2 = (add_2 != add_2 ? add_2 : (add_2 > 0.0f ? add_2 : 0.0f));
    y_0[column_2 + 128 * row_2] = maximum_2;
  }
  const long row_3 = 64 * group1 + local1;
  const long column_3 = 64 * group0 + local0 + 48;
  if ((((row_3) < N) & ((column_3) < 128))) {
    const float p_4 = x_2[column_3];
    const float add_3 = (acc_0_3_0 + p_4);
    const float maximum_3 = (add_3 != add_3 ? add_3 : (add_3 > 0.0f ? add_3 : 0.0f));
    y_0[column_3 + 128 * row_3] = maximum_3;
  }
  const long row_4 = 64 * group1 + local1 + 16;
  const long column_4 = 64 * group0 + local0;
  if ((((row_4) < N) & ((column_4) < 128))) {
    const float p_5 = x_2[column_4];
    const float add_4 = (acc_1_0_0 + p_5);
    const float maximum_4 = (add_4 != add_4 ? add_4 : (add_4 > 0.0f ? add_4 : 0.0f));
    y_0[column_4 + 128 * row_4] = maximum_4;
  }
  const long row_5 = 64 * group1 + local1 + 16;
  const long column_5 = 64 * group0 + local0 + 16;
  if ((((row_5) < N) & ((column_5) < 128))) {
    const float p_6 = x_2[column_5];
    const float add_5 = (acc_1_1_0 + p_6);
    const float maximum_5 = (add_5 != add_5 ? add_5 : (add_5 > 0.0f ? add_5 : 0.0f));
    y_0[column_5 + 128 * row_5] = maximum_5;
  }
  const long row_6 = 64 * group1 + local1 + 16;
  const long column_6 = 64 * group0 + local0 + 32;
  if ((((row_6) < N) & ((column_6) < 128))) {
    const float p_7 = x_2[column_6];
    const float add_6 = (acc_1_2_0 + p_7);
    const float maximum_6 = (add_6 != add_6 ? add_6 : (add_6 > 0.0f ? add_6 : 0.0f));
    y_0[column_6 + 128 * row_6] = maximum_6;
  }
  const long row_7 = 64 * group1 + local1 + 16;
  const long column_7 = 64 * group0 + local0 + 48;
  if ((((row_7) < N) & ((column_7) < 128))) {
    const float p_8 = x_2[column_7];
    const float add_7 = (acc_1_3_0 + p_8);
    const float maximum_7 = (add_7 != add_7 ? add_7 : (add_7 > 0.0f ? add_7 : 0.0f));
    y_0[column_7 + 128 * row_7] = maximum_7;
  }
  const long row_8 = 64 * group1 + local1 + 32;
  const long column_8 = 64 * group0 + local0;
  if ((((row_8) < N) & ((column_8) < 128))) {
    const float p_9 = x_2[column_8];
    const float add_8 = (acc_2_0_0 + p_9);
    const float maximum_8 = (add_8 != add_8 ? add_8 : (add_8 > 0.0f ? add_8 : 0.0f));
    y_0[column_8 + 128 * row_8] = maximum_8;
  }
  const long row_9 = 64 * group1 + local1 + 32;
  const long column_9 = 64 * group0 + local0 + 16;
  if ((((row_9) < N) & ((column_9) < 128))) {
    const float p_10 = x_2[column_9];
    const float add_9 = (acc_2_1_0 + p_10);
    const float maximum_9 = (add_9 != add_9 ? add_9 : (add_9 > 0.0f ? add_9 : 0.0f));
    y_0[column_9 + 128 * row_9] = maximum_9;
  }
  const long row_10 = 64 * group1 + local1 + 32;
  const long column_10 = 64 * group0 + local0 + 32;
  if ((((row_10) < N) & ((column_10) < 128))) {
    const float p_11 = x_2[column_10];
    const float add_10 = (acc_2_2_0 + p_11);
    const float maximum_10 = (add_10 != add_10 ? add_10 : (add_10 > 0.0f ? add_10 : 0.0f));
    y_0[column_10 + 128 * row_10] = maximum_10;
  }
  const long row_11 = 64 * group1 + local1 + 32;
  const long column_11 = 64 * group0 + local0 + 48;
  if ((((row_11) < N) & ((column_11) < 128))) {
    const float p_12 = x_2[column_11];
    const float add_11 = (acc_2_3_0 + p_12);
    const float maximum_11 = (add_11 != add_11 ? add_11 : (add_11 > 0.0f ? add_11 : 0.0f));
    y_0[column_11 + 128 * row_11] = maximum_11;
  }
  const long row_12 = 64 * group1 + local1 + 48;
  const long column_12 = 64 * group0 + local0;
  if ((((row_12) < N) & ((column_12) < 128))) {
    const float p_13 = x_2[column_12];
    const float add_12 = (acc_3_0_0 + p_13);
    const float maximum_12 = (add_12 != add_12 ? add_12 : (add_12 > 0.0f ? add_12 : 0.0f));
    y_0[column_12 + 128 * row_12] = maximum_12;
  }
  const long row_13 = 64 * group1 + local1 + 48;
  const long column_13 = 64 * group0 + local0 + 16;
  if ((((row_13) < N) & ((column_13) < 128))) {
    const float p_14 = x_2[column_13];
    const float add_13 = (acc_3_1_0 + p_14);
    const float maximum_13 = (add_13 != add_13 ? add_13 : (add_13 > 0.0f ? add_13 : 0.0f));
    y_0[column_13 + 128 * row_13] = maximum_13;
  }
  const long row_14 = 64 * group1 + local1 + 48;
  const long column_14 = 64 * group0 + local0 + 32;
  if ((((row_14) < N) & ((column_14) < 128))) {
    const float p_15 = x_2[column_14];
    const float add_14 = (acc_3_2_0 + p_15);
    const float maximum_14 = (add_14 != add_14 ? add_14 : (add_14 > 0.0f ? add_14 : 0.0f));
    y_0[column_14 + 128 * row_14] = maximum_14;
  }
  const long row_15 = 64 * group1 + local1 + 48;
  const long column_15 = 64 * group0 + local0 + 48;
  if ((((row_15) < N) & ((column_15) < 128))) {
    const float p_16 = x_2[column_15];
    const float add_15 = (acc_3_3_0 + p_16);
    const float maximum_15 = (add_15 != add_15 ? add_15 : (add_15 > 0.0f ? add_15 : 0.0f));
    y_0[column_15 + 128 * row_15] = maximum_15;
  }
}
