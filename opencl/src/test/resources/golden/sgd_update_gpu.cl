// loop: 2 multiply, add, subtract
// space [64, 96]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_add_subtract(
    __global float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict x_2_base, const ulong x_2_at,
    const long N) {
  __global float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict x_2 = x_2_base + x_2_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < 6144)) {
    const float p_0 = x_0[point_0];
    const float multiply_0 = (p_0 * 0.9f);
    const float x_3 = x_1[point_0];
    const float add_0 = (multiply_0 + x_3);
    const float p_1 = x_2[point_0];
    const float multiply_1 = (add_0 * 0.1f);
    const float subtract_0 = (p_1 - multiply_1);
    x_0[point_0] = add_0;
    x_2[point_0] = subtract_0;
  }
}
