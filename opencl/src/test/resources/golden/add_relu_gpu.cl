// loop: add, maximum
// space [N, 64]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_maximum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (64 * N))) {
    const float x_2 = x_0[point_0];
    const float x_3 = x_1[point_0];
    const float add_0 = (x_2 + x_3);
    const float maximum_0 = (add_0 != add_0 ? add_0 : (add_0 > 0.0f ? add_0 : 0.0f));
    y_0[point_0] = maximum_0;
  }
}
