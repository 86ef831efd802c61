// matmul: dot
// space [300]
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
  const long group1 = get_group_id(1);
  const long local1 = get_local_id(1);
  __local float left_0[1024] __attribute__((aligned(64)));
  __local float right_0[256] __attribute__((aligned(64)));
  float acc_0_0_0 = 0.0f;
  float acc_1_0_0 = 0.0f;
  float acc_2_0_0 = 0.0f;
  float acc_3_0_0 = 0.0f;
  for (long block_0 = 0; block_0 < 200; block_0 += 16) {
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_0 = 64 * group1 + local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < 300) & ((depth_0) < 200))) {
        const float p_0 = x_0[depth_0 + 200 * position_0];
        element_0 = p_0;
      }
      left_0[64 * local0 + local1 + 16 * part_0] = element_0;
    }
    const long position_1 = local1;
    const long depth_1 = block_0 + local0;
    float element_1 = 0.0f;
    if ((((position_1) < 1) & ((depth_1) < 200))) {
      const float x_2 = x_1[depth_1];
      element_1 = x_2;
    }
    right_0[16 * local0 + local1] = element_1;
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
  const long row_0 = 64 * group1 + local1;
  const long column_0 = local0;
  if ((((row_0) < 300) & ((column_0) < 1))) {
    y_0[row_0] = acc_0_0_0;
  }
  const long row_1 = 64 * group1 + local1 + 16;
  const long column_1 = local0;
  if ((((row_1) < 300) & ((column_1) < 1))) {
    y_0[row_1] = acc_1_0_0;
  }
  const long row_2 = 64 * group1 + local1 + 32;
  const long column_2 = local0;
  if ((((row_2) < 300) & ((column_2) < 1))) {
    y_0[row_2] = acc_2_0_0;
  }
  const long row_3 = 64 * group1 + local1 + 48;
  const long column_3 = local0;
  if ((((row_3) < 300) & ((column_3) < 1))) {
    y_0[row_3] = acc_3_0_0;
  }
}
