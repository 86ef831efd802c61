// rows: reduce_max, subtract, exp, reduce_sum, divide, multiply
// space [N, 8, 512] reduced [2]
// schedule gpu, a work-group per row

__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void rows_reduce_max_exp_reduce_sum_divide_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  float acc_0 = (-INFINITY);
  for (long q_0 = local0; q_0 < 512; q_0 += 256) {
    const float x_1 = x_0[512 * group0 + q_0];
    acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > x_1 ? acc_0 : x_1));
  }
  __local float parts_0[256] __attribute__((aligned(64)));
  parts_0[local0] = acc_0;
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 128)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 128] ? parts_0[local0] : parts_0[local0 + 128]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 64)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 64] ? parts_0[local0] : parts_0[local0 + 64]));
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 32)) {
    parts_0[local0] = (parts_0[local0] != parts_0[local0] ? parts_0[local0] : (parts_0[local0] > parts_0[local0 + 32] ? parts_0[local0] : parts_0[local0 + 32]));
  }
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
  float acc_1 = 0.0f;
  for (long q_1 = local0; q_1 < 512; q_1 += 256) {
    const float x_2 = x_0[512 * group0 + q_1];
    const float subtract_0 = (x_2 - whole_0);
    const float exp_0 = exp(subtract_0);
    acc_1 = (acc_1 + exp_0);
  }
  __local float parts_1[256] __attribute__((aligned(64)));
  parts_1[local0] = acc_1;
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 128)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 128]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 64)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 64]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 32)) {
    parts_1[local0] = (parts_1[local0] + parts_1[local0 + 32]);
  }
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
  const float row_value_0 = divide_0;
  for (long q_2 = local0; q_2 < 512; q_2 += 256) {
    const float x_3 = x_0[512 * group0 + q_2];
    const float subtract_1 = (x_3 - whole_0);
    const float exp_1 = exp(subtract_1);
    const float multiply_0 = (exp_1 * row_value_0);
    y_0[512 * group0 + q_2] = multiply_0;
  }
}
