// rows: subtract, multiply, reduce_sum
// space [N, 10] reduced [0, 1]
// schedule gpu, a work-group per row

__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void rows_reduce_sum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long local0 = get_local_id(0);
  float acc_0 = 0.0f;
  for (long q_0 = local0; q_0 < (10 * N); q_0 += 256) {
    const float x_2 = x_0[q_0];
    const float x_3 = x_1[q_0];
    const float subtract_0 = (x_2 - x_3);
    const float multiply_0 = (subtract_0 * subtract_0);
    acc_0 = (acc_0 + multiply_0);
  }
  __local float parts_0[256] __attribute__((aligned(64)));
  parts_0[local0] = acc_0;
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 128)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 128]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 64)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 64]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (((local0) < 32)) {
    parts_0[local0] = (parts_0[local0] + parts_0[local0 + 32]);
  }
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
  if (((local0) == 0)) {
    y_0[0] = whole_0;
  }
}
