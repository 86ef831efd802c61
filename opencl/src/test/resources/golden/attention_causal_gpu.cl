// matmul: dot
// space [N, 4, 49, 49]
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
  const long group2 = get_group_id(2);
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
  for (long block_0 = 0; block_0 < 16; block_0 += 16) {
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_0 = local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < 49) & ((depth_0) < 16))) {
        const float x_2 = x_0[depth_0 + 784 * group2 + 16 * position_0];
        element_0 = x_2;
      }
      left_0[64 * local0 + local1 + 16 * part_0] = element_0;
    }
    for (long part_1 = 0; part_1 < 4; part_1++) {
      const long position_1 = local1 + 16 * part_1;
      const long depth_1 = block_0 + local0;
      float element_1 = 0.0f;
      if ((((position_1) < 49) & ((depth_1) < 16))) {
        const float x_3 = x_1[depth_1 + 784 * group2 + 16 * position_1];
        element_1 = x_3;
      }
      right_0[64 * local0 + local1 + 16 * part_1] = element_1;
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
  if ((((row_0) < 49) & ((column_0) < 49))) {
    y_0[column_0 + 2401 * group2 + 49 * row_0] = acc_0_0_0;
  }
  const long row_1 = local1;
  const long column_1 = local0 + 16;
  if ((((row_1) < 49) & ((column_1) < 49))) {
    y_0[column_1 + 2401 * group2 + 49 * row_1] = acc_0_1_0;
  }
  const long row_2 = local1;
  const long column_2 = local0 + 32;
  if ((((row_2) < 49) & ((column_2) < 49))) {
    y_0[column_2 + 2401 * group2 + 49 * row_2] = acc_0_2_0;
  }
  const long row_3 = local1;
  const long column_3 = local0 + 48;
  if ((((row_3) < 49) & ((column_3) < 49))) {
    y_0[column_3 + 2401 * group2 + 49 * row_3] = acc_0_3_0;
  }
  const long row_4 = local1 + 16;
  const long column_4 = local0;
  if ((((row_4) < 49) & ((column_4) < 49))) {
    y_0[column_4 + 2401 * group2 + 49 * row_4] = acc_1_0_0;
  }
  const long row_5 = local1 + 16;
  const long column_5 = local0 + 16;
  if ((((row_5) < 49) & ((column_5) < 49))) {
    y_0[column_5 + 2401 * group2 + 49 * row_5] = acc_1_1_0;
  }
  const long row_6 = local1 + 16;
  const long column_6 = local0 + 32;
  if ((((row_6) < 49) & ((column_6) < 49))) {
    y_0[column_6 + 2401 * group2 + 49 * row_6] = acc_1_2_0;
  }
  const long row_7 = local1 + 16;
  const long column_7 = local0 + 48;
  if ((((row_7) < 49) & ((column_7) < 49))) {
    y_0[column_7 + 2401 * group2 + 49 * row_7] = acc_1_3_0;
  }
  const long row_8 = local1 + 32;
  const long column_8 = local0;
  if ((((row_8) < 49) & ((column_8) < 49))) {
    y_0[column_8 + 2401 * group2 + 49 * row_8] = acc_2_0_0;
  }
  const long row_9 = local1 + 32;
  const long column_9 = local0 + 16;
  if ((((row_9) < 49) & ((column_9) < 49))) {
    y_0[column_9 + 2401 * group2 + 49 * row_9] = acc_2_1_0;
  }
  const long row_10 = local1 + 32;
  const long column_10 = local0 + 32;
  if ((((row_10) < 49) & ((column_10) < 49))) {
    y_0[column_10 + 2401 * group2 + 49 * row_10] = acc_2_2_0;
  }
  const long row_11 = local1 + 32;
  const long column_11 = local0 + 48;
  if ((((row_11) < 49) & ((column_11) < 49))) {
    y_0[column_11 + 2401 * group2 + 49 * row_11] = acc_2_3_0;
  }
  const long row_12 = local1 + 48;
  const long column_12 = local0;
  if ((((row_12) < 49) & ((column_12) < 49))) {
    y_0[column_12 + 2401 * group2 + 49 * row_12] = acc_3_0_0;
  }
  const long row_13 = local1 + 48;
  const long column_13 = local0 + 16;
  if ((((row_13) < 49) & ((column_13) < 49))) {
    y_0[column_13 + 2401 * group2 + 49 * row_13] = acc_3_1_0;
  }
  const long row_14 = local1 + 48;
  const long column_14 = local0 + 32;
  if ((((row_14) < 49) & ((column_14) < 49))) {
    y_0[column_14 + 2401 * group2 + 49 * row_14] = acc_3_2_0;
  }
  const long row_15 = local1 + 48;
  const long column_15 = local0 + 48;
  if ((((row_15) < 49) & ((column_15) < 49))) {
    y_0[column_15 + 2401 * group2 + 49 * row_15] = acc_3_3_0;
  }
}

// rows: 2 iota, 2 compare, 2 multiply, 3 select, reduce_max, abs, subtract, exp, reduce_sum, divide
// space [N, 4, 49, 49] reduced [3]
// schedule gpu, a work-group per row

__kernel __attribute__((reqd_work_group_size(32, 1, 1)))
void rows_reduce_max_select_exp_reduce_sum_divide(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  float acc_0 = (-INFINITY);
  for (long q_0 = local0; q_0 < 49; q_0 += 32) {
    const int iota_0 = (int)(q_0);
    const int iota_1 = (int)(((group0) % 49));
    const int le_0 = (iota_0 <= iota_1);
    const float dot_0 = x_0[49 * group0 + q_0];
    const float multiply_0 = (dot_0 * 0.25f);
    const float select_0 = (le_0 ? multiply_0 : (-INFINITY));
    acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > select_0 ? acc_0 : select_0));
  }
  __local float parts_0[32] __attribute__((aligned(64)));
  parts_0[local0] = acc_0;
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 16)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 16] ? parts_0[local0] : parts_0[local0 + 16]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 8)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 8] ? parts_0[local0] : parts_0[local0 + 8]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 4)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 4] ? parts_0[local0] : parts_0[local0 + 4]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 2)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 2] ? parts_0[local0] : parts_0[local0 + 2]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 1)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 1] ? parts_0[local0] : parts_0[local0 + 1]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  const float whole_0 = parts_0[0];
  const float abs_0 = fabs(whole_0);
  const int eq_0 = (abs_0 == INFINITY);
  const float select_1 = (eq_0 ? 0.0f : whole_0);
  const float row_value_0 = select_1;
  float acc_1 = 0.0f;
  for (long q_1 = local0; q_1 < 49; q_1 += 32) {
    const int iota_2 = (int)(q_1);
    const int iota_3 = (int)(((group0) % 49));
    const int le_1 = (iota_2 <= iota_3);
    const float dot_1 = x_0[49 * group0 + q_1];
    const float multiply_1 = (dot_1 * 0.25f);
    const float select_2 = (le_1 ? multiply_1 : (-INFINITY));
    const float subtract_0 = (select_2 - row_value_0);
    const float exp_0 = exp(subtract_0);
    acc_1 = (acc_1 + exp_0);
  }
  __local float parts_1[32] __attribute__((aligned(64)));
  parts_1[local0] = acc_1;
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 16)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 16]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 8)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 8]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 4)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 4]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 2)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 2]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 1)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 1]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  const float whole_1 = parts_1[0];
  const float divide_0 = (1.0f / whole_1);
  const float row_value_1 = divide_0;
  for (long q_2 = local0; q_2 < 49; q_2 += 32) {
    const int iota_4 = (int)(q_2);
    const int iota_5 = (int)(((group0) % 49));
    const int le_2 = (iota_4 <= iota_5);
    const float dot_2 = x_0[49 * group0 + q_2];
    const float multiply_2 = (dot_2 * 0.25f);
    const float select_3 = (le_2 ? multiply_2 : (-INFINITY));
    const float subtract_1 = (select_3 - row_value_0);
    const float exp_1 = exp(subtract_1);
    const float multiply_3 = (exp_1 * row_value_1);
    const float select_4 = (le_2 ? multiply_3 : 0.0f);
    y_0[49 * group0 + q_2] = select_4;
  }
}

// matmul: dot
// space [N, 4, 49, 8]
// schedule gpu, tile 64 x 16 x 16, 4 x 1 per work-item

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
  const long group2 = get_group_id(2);
  __local float left_0[1024] __attribute__((aligned(64)));
  __local float right_0[256] __attribute__((aligned(64)));
  float acc_0_0_0 = 0.0f;
  float acc_1_0_0 = 0.0f;
  float acc_2_0_0 = 0.0f;
  float acc_3_0_0 = 0.0f;
  for (long block_0 = 0; block_0 < 49; block_0 += 16) {
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_0 = local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < 49) & ((depth_0) < 49))) {
        const float select_0 = x_0[depth_0 + 2401 * group2 + 49 * position_0];
        element_0 = select_0;
      }
      left_0[64 * local0 + local1 + 16 * part_0] = element_0;
    }
    const long position_1 = local0;
    const long depth_1 = block_0 + local1;
    float element_1 = 0.0f;
    if ((((position_1) < 8) & ((depth_1) < 49))) {
      const float x_2 = x_1[8 * depth_1 + 392 * group2 + position_1];
      element_1 = x_2;
    }
    right_0[local0 + 16 * local1] = element_1;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float a_0_0 = left_0[64 * k_0 + local1];
      const float a_1_0 = left_0[64 * k_0 + local1 + 16];
      const float a_2_0 = left_0[64 * k_0 + local1 + 32];
      const float a_3_0 = left_0[64 * k_0 + local1 + 48];
      const float b_0_0 = right_0[16 * k_0 + local0];
      acc_0_0_0 = fma(a_0_0, b_0_0, acc_0_0_0);
      acc_1_0_0 = fma(a_1_0, b_0_0, acc_1_0_0);
      acc_2_0_0 = fma(a_2_0, b_0_0, acc_2_0_0);
      acc_3_0_0 = fma(a_3_0, b_0_0, acc_3_0_0);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const long row_0 = local1;
  const long column_0 = local0;
  if ((((row_0) < 49) & ((column_0) < 8))) {
    y_0[column_0 + 392 * group2 + 8 * row_0] = acc_0_0_0;
  }
  const long row_1 = local1 + 16;
  const long column_1 = local0;
  if ((((row_1) < 49) & ((column_1) < 8))) {
    y_0[column_1 + 392 * group2 + 8 * row_1] = acc_1_0_0;
  }
  const long row_2 = local1 + 32;
  const long column_2 = local0;
  if ((((row_2) < 49) & ((column_2) < 8))) {
    y_0[column_2 + 392 * group2 + 8 * row_2] = acc_2_0_0;
  }
  const long row_3 = local1 + 48;
  const long column_3 = local0;
  if ((((row_3) < 49) & ((column_3) < 8))) {
    y_0[column_3 + 392 * group2 + 8 * row_3] = acc_3_0_0;
  }
}
