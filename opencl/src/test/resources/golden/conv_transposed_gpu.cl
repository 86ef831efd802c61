// matmul: convolution
// space [N, 32, 7, 7]
// schedule gpu, tile 32 x 64 x 16, 2 x 4 per work-item

__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
void matmul_convolution(
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
  __local float left_0[512] __attribute__((aligned(64)));
  __local float right_0[1024] __attribute__((aligned(64)));
  float acc_0_0_0 = 0.0f;
  float acc_0_1_0 = 0.0f;
  float acc_0_2_0 = 0.0f;
  float acc_0_3_0 = 0.0f;
  float acc_1_0_0 = 0.0f;
  float acc_1_1_0 = 0.0f;
  float acc_1_2_0 = 0.0f;
  float acc_1_3_0 = 0.0f;
  for (long block_0 = 0; block_0 < 16; block_0 += 16) {
    for (long part_0 = 0; part_0 < 2; part_0++) {
      const long position_0 = local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < 32) & ((depth_0) < 16))) {
        const float p_0 = x_1[(-2) * ((((position_0) / 2)) % 2) + 64 * ((((position_0) / 2)) / 2) + (-1) * ((position_0) % 2) + 4 * depth_0 + 3];
        element_0 = p_0;
      }
      left_0[32 * local0 + local1 + 16 * part_0] = element_0;
    }
    for (long part_1 = 0; part_1 < 4; part_1++) {
      const long position_1 = ((local0 + 16 * local1) % 64);
      const long depth_1 = ((local0 + 16 * local1) / 64) + block_0 + 4 * part_1;
      float element_1 = 0.0f;
      if ((((position_1) < 49) & ((depth_1) < 16))) {
        const float x_2 = x_0[49 * depth_1 + 784 * group2 + position_1];
        element_1 = x_2;
      }
      right_0[local0 + 16 * local1 + 256 * part_1] = element_1;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float a_0_0 = left_0[32 * k_0 + local1];
      const float a_1_0 = left_0[32 * k_0 + local1 + 16];
      const float b_0_0 = right_0[64 * k_0 + local0];
      acc_0_0_0 = fma(a_0_0, b_0_0, acc_0_0_0);
      acc_1_0_0 = fma(a_1_0, b_0_0, acc_1_0_0);
      const float b_1_0 = right_0[64 * k_0 + local0 + 16];
      acc_0_1_0 = fma(a_0_0, b_1_0, acc_0_1_0);
      acc_1_1_0 = fma(a_1_0, b_1_0, acc_1_1_0);
      const float b_2_0 = right_0[64 * k_0 + local0 + 32];
      acc_0_2_0 = fma(a_0_0, b_2_0, acc_0_2_0);
      acc_1_2_0 = fma(a_1_0, b_2_0, acc_1_2_0);
      const float b_3_0 = right_0[64 * k_0 + local0 + 48];
      acc_0_3_0 = fma(a_0_0, b_3_0, acc_0_3_0);
      acc_1_3_0 = fma(a_1_0, b_3_0, acc_1_3_0);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const long row_0 = local1;
  const long column_0 = local0;
  if ((((row_0) < 32) & ((column_0) < 49))) {
    y_0[column_0 + 1568 * group2 + 49 * row_0] = acc_0_0_0;
  }
  const long row_1 = local1;
  const long column_1 = local0 + 16;
  if ((((row_1) < 32) & ((column_1) < 49))) {
    y_0[column_1 + 1568 * group2 + 49 * row_1] = acc_0_1_0;
  }
  const long row_2 = local1;
  const long column_2 = local0 + 32;
  if ((((row_2) < 32) & ((column_2) < 49))) {
    y_0[column_2 + 1568 * group2 + 49 * row_2] = acc_0_2_0;
  }
  const long row_3 = local1;
  const long column_3 = local0 + 48;
  if ((((row_3) < 32) & ((column_3) < 49))) {
    y_0[column_3 + 1568 * group2 + 49 * row_3] = acc_0_3_0;
  }
  const long row_4 = local1 + 16;
  const long column_4 = local0;
  if ((((row_4) < 32) & ((column_4) < 49))) {
    y_0[column_4 + 1568 * group2 + 49 * row_4] = acc_1_0_0;
  }
  const long row_5 = local1 + 16;
  const long column_5 = local0 + 16;
  if ((((row_5) < 32) & ((column_5) < 49))) {
    y_0[column_5 + 1568 * group2 + 49 * row_5] = acc_1_1_0;
  }
  const long row_6 = local1 + 16;
  const long column_6 = local0 + 32;
  if ((((row_6) < 32) & ((column_6) < 49))) {
    y_0[column_6 + 1568 * group2 + 49 * row_6] = acc_1_2_0;
  }
  const long row_7 = local1 + 16;
  const long column_7 = local0 + 48;
  if ((((row_7) < 32) & ((column_7) < 49))) {
    y_0[column_7 + 1568 * group2 + 49 * row_7] = acc_1_3_0;
  }
}

// loop: concatenate
// space [N, 8, 14, 14]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_reshape(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (1568 * N))) {
    float part_0 = 0.0f;
    if ((((((((point_0) % 14)) % 2)) >= 0) & ((((((point_0) % 14)) % 2)) < 1))) {
      const float convolution_0 = x_0[98 * ((((((point_0) / 14)) % 14)) % 2) + 7 * ((((((point_0) / 14)) % 14)) / 2) + ((((point_0) % 14)) / 2) + 196 * ((((point_0) / 14)) / 14)];
      part_0 = convolution_0;
    }
    if ((((((((point_0) % 14)) % 2) + (-1)) >= 0) & ((((((point_0) % 14)) % 2) + (-1)) < 1))) {
      const float convolution_1 = x_0[98 * ((((((point_0) / 14)) % 14)) % 2) + 7 * ((((((point_0) / 14)) % 14)) / 2) + ((((point_0) % 14)) / 2) + 196 * ((((point_0) / 14)) / 14) + 49];
      part_0 = convolution_1;
    }
    y_0[point_0] = part_0;
  }
}
