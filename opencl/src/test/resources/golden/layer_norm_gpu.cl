// rows: 2 reduce_sum, 5 multiply, subtract, add, rsqrt
// space [N, 49, 64] reduced [2]
// schedule gpu, a work-group per row

__kernel __attribute__((reqd_work_group_size(32, 1, 1)))
void rows_reduce_sum_rsqrt_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  float acc_0 = 0.0f;
  for (long q_0 = local0; q_0 < 64; q_0 += 32) {
    const float x_2 = x_0[64 * group0 + q_0];
    acc_0 = (acc_0 + x_2);
  }
  __local float parts_0[32] __attribute__((aligned(64)));
  parts_0[local0] = acc_0;
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 16)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 16]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 8)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 8]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 4)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 4]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 2)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 2]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 1)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 1]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  const float whole_0 = parts_0[0];
  float acc_1 = 0.0f;
  for (long q_1 = local0; q_1 < 64; q_1 += 32) {
    const float x_3 = x_0[64 * group0 + q_1];
    const float multiply_0 = (whole_0 * 0.015625f);
    const float subtract_0 = (x_3 - multiply_0);
    const float multiply_1 = (subtract_0 * subtract_0);
    acc_1 = (acc_1 + multiply_1);
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
  const float multiply_2 = (whole_1 * 0.015625f);
  const float add_0 = (multiply_2 + 1.0e-6f);
  const float rsqrt_0 = rsqrt(add_0);
  const float row_value_0 = rsqrt_0;
  for (long q_2 = local0; q_2 < 64; q_2 += 32) {
    const float x_4 = x_0[64 * group0 + q_2];
    const float multiply_3 = (whole_0 * 0.015625f);
    const float subtract_1 = (x_4 - multiply_3);
    const float multiply_4 = (subtract_1 * row_value_0);
    const float p_0 = x_1[q_2];
    const float multiply_5 = (multiply_4 * p_0);
    y_0[64 * group0 + q_2] = multiply_5;
  }
}
