// matmul: dot
// space [33, 35]
// schedule gpu, tile 64 x 64 x 16, 4 x 4 per work-item

__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
void matmul_dot(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long local0 = get_local_id(0);
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
  for (long block_0 = 0; block_0 < 37; block_0 += 16) {
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_0 = local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < 33) & ((depth_0) < 37))) {
        const float x_2 = x_0[depth_0 + 37 * position_0];
        element_0 = x_2;
      }
      left_0[64 * local0 + local1 + 16 * part_0] = element_0;
    }
    for (long part_1 = 0; part_1 < 4; part_1++) {
      const long position_1 = ((local0 + 16 * local1) % 64);
      const long depth_1 = ((local0 + 16 * local1) / 64) + block_0 + 4 * part_1;
      float element_1 = 0.0f;
      if ((((position_1) < 35) & ((depth_1) < 37))) {
        const float p_0 = x_1[35 * depth_1 + position_1];
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
  const long row_0 = local1;
  const long column_0 = local0;
  if ((((row_0) < 33) & ((column_0) < 35))) {
    y_0[column_0 + 35 * row_0] = acc_0_0_0;
  }
  const long row_1 = local1;
  const long column_1 = local0 + 16;
  if ((((row_1) < 33) & ((column_1) < 35))) {
    y_0[column_1 + 35 * row_1] = acc_0_1_0;
  }
  const long row_2 = local1;
  const long column_2 = local0 + 32;
  if ((((row_2) < 33) & ((column_2) < 35))) {
    y_0[column_2 + 35 * row_2] = acc_0_2_0;
  }
  const long row_3 = local1;
  const long column_3 = local0 + 48;
  if ((((row_3) < 33) & ((column_3) < 35))) {
    y_0[column_3 + 35 * row_3] = acc_0_3_0;
  }
  const long row_4 = local1 + 16;
  const long column_4 = local0;
  if ((((row_4) < 33) & ((column_4) < 35))) {
    y_0[column_4 + 35 * row_4] = acc_1_0_0;
  }
  const long row_5 = local1 + 16;
  const long column_5 = local0 + 16;
  if ((((row_5) < 33) & ((column_5) < 35))) {
    y_0[column_5 + 35 * row_5] = acc_1_1_0;
  }
  const long row_6 = local1 + 16;
  const long column_6 = local0 + 32;
  if ((((row_6) < 33) & ((column_6) < 35))) {
    y_0[column_6 + 35 * row_6] = acc_1_2_0;
  }
  const long row_7 = local1 + 16;
  const long column_7 = local0 + 48;
  if ((((row_7) < 33) & ((column_7) < 35))) {
    y_0[column_7 + 35 * row_7] = acc_1_3_0;
  }
  const long row_8 = local1 + 32;
  const long column_8 = local0;
  if ((((row_8) < 33) & ((column_8) < 35))) {
    y_0[column_8 + 35 * row_8] = acc_2_0_0;
  }
  const long row_9 = local1 + 32;
  const long column_9 = local0 + 16;
  if ((((row_9) < 33) & ((column_9) < 35))) {
    y_0[column_9 + 35 * row_9] = acc_2_1_0;
  }
  const long row_10 = local1 + 32;
  const long column_10 = local0 + 32;
  if ((((row_10) < 33) & ((column_10) < 35))) {
    y_0[column_10 + 35 * row_10] = acc_2_2_0;
  }
  const long row_11 = local1 + 32;
  const long column_11 = local0 + 48;
  if ((((row_11) < 33) & ((column_11) < 35))) {
    y_0[column_11 + 35 * row_11] = acc_2_3_0;
  }
  const long row_12 = local1 + 48;
  const long column_12 = local0;
  if ((((row_12) < 33) & ((column_12) < 35))) {
    y_0[column_12 + 35 * row_12] = acc_3_0_0;
  }
  const long row_13 = local1 + 48;
  const long column_13 = local0 + 16;
  if ((((row_13) < 33) & ((column_13) < 35))) {
    y_0[column_13 + 35 * row_13] = acc_3_1_0;
  }
  const long row_14 = local1 + 48;
  const long column_14 = local0 + 32;
  if ((((row_14) < 33) & ((column_14) < 35))) {
    y_0[column_14 + 35 * row_14] = acc_3_2_0;
  }
  const long row_15 = local1 + 48;
  const long column_15 = local0 + 48;
  if ((((row_15) < 33) & ((column_15) < 35))) {
    y_0[column_15 + 35 * row_15] = acc_3_3_0;
  }
}
