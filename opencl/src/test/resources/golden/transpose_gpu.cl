// loop: 
// space [N, 64, 49]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_transpose(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (3136 * N))) {
    const float x_1 = x_0[((((point_0) / 49)) % 64) + 3136 * ((((point_0) / 49)) / 64) + 64 * ((point_0) % 49)];
    y_0[point_0] = x_1;
  }
}
