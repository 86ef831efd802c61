// matmul: convolution, maximum
// space [N, 16, 16, 16]
// schedule gpu, tile 16 x 64 x 16, 1 x 4 per work-item

__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
void matmul_convolution_maximum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long local1 = get_local_id(1);
  const long group2 = get_group_id(2);
  __local float left_0[256] __attribute__((aligned(64)));
  __local float right_0[1024] __attribute__((aligned(64)));
  float acc_0_0_0 = 0.0f;
  float acc_0_1_0 = 0.0f;
  float acc_0_2_0 = 0.0f;
  float acc_0_3_0 = 0.0f;
  for (long block_0 = 0; block_0 < 27; block_0 += 16) {
    const long position_0 = local1;
    const long depth_0 = block_0 + local0;
    float element_0 = 0.0f;
    if ((((position_0) < 16) & ((depth_0) < 27))) {
      const float p_0 = x_1[depth_0 + 27 * position_0];
      element_0 = p_0;
    }
    left_0[16 * local0 + local1] = element_0;
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_1 = 64 * group0 + local1 + 16 * part_0;
      const long depth_1 = block_0 + local0;
      float element_1 = 0.0f;
      if ((((position_1) < 256) & ((depth_1) < 27))) {
        float guarded_0 = 0.0f;
        if (((((((((depth_1) / 3)) % 3) + 2 * ((position_1) / 16) + (-1)) >= 0) & ((((((depth_1) / 3)) % 3) + 2 * ((position_1) / 16) + (-1)) < 32)) & (((((depth_1) % 3) + 2 * ((position_1) % 16) + (-1)) >= 0) & ((((depth_1) % 3) + 2 * ((position_1) % 16) + (-1)) < 32)))) {
          const float x_2 = x_0[32 * ((((depth_1) / 3)) % 3) + 1024 * ((((depth_1) / 3)) / 3) + ((depth_1) % 3) + 2 * ((position_1) % 16) + 64 * ((position_1) / 16) + 3072 * group2 + (-33)];
          guarded_0 = x_2;
        }
        element_1 = guarded_0;
      }
      right_0[64 * local0 + local1 + 16 * part_0] = element_1;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float a_0_0 = left_0[16 * k_0 + local1];
      const float b_0_0 = right_0[64 * k_0 + local0];
      acc_0_0_0 = fma(a_0_0, b_0_0, acc_0_0_0);
      const float b_1_0 = right_0[64 * k_0 + local0 + 16];
      acc_0_1_0 = fma(a_0_0, b_1_0, acc_0_1_0);
      const float b_2_0 = right_0[64 * k_0 + local0 + 32];
      acc_0_2_0 = fma(a_0_0, b_2_0, acc_0_2_0);
      const float b_3_0 = right_0[64 * k_0 + local0 + 48];
      acc_0_3_0 = fma(a_0_0, b_3_0, acc_0_3_0);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const long row_0 = local1;
  const long column_0 = 64 * group0 + local0;
  if ((((row_0) < 16) & ((column_0) < 256))) {
    const float maximum_0 = (acc_0_0_0 != acc_0_0_0 ? acc_0_0_0 : (acc_0_0_0 > 0.0f ? acc_0_0_0 : 0.0f));
    y_0[column_0 + 4096 * group2 + 256 * row_0] = maximum_0;
  }
  const long row_1 = local1;
  const long column_1 = 64 * group0 + local0 + 16;
  if ((((row_1) < 16) & ((column_1) < 256))) {
    const float maximum_1 = (acc_0_1_0 != acc_0_1_0 ? acc_0_1_0 : (acc_0_1_0 > 0.0f ? acc_0_1_0 : 0.0f));
    y_0[column_1 + 4096 * group2 + 256 * row_1] = maximum_1;
  }
  const long row_2 = local1;
  const long column_2 = 64 * group0 + local0 + 32;
  if ((((row_2) < 16) & ((column_2) < 256))) {
    const float maximum_2 = (acc_0_2_0 != acc_0_2_0 ? acc_0_2_0 : (acc_0_2_0 > 0.0f ? acc_0_2_0 : 0.0f));
    y_0[column_2 + 4096 * group2 + 256 * row_2] = maximum_2;
  }
  const long row_3 = local1;
  const long column_3 = 64 * group0 + local0 + 48;
  if ((((row_3) < 16) & ((column_3) < 256))) {
    const float maximum_3 = (acc_0_3_0 != acc_0_3_0 ? acc_0_3_0 : (acc_0_3_0 > 0.0f ? acc_0_3_0 : 0.0f));
    y_0[column_3 + 4096 * group2 + 256 * row_3] = maximum_3;
  }
}
