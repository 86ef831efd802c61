// loop: convert
// space [N, 7, 12]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_reverse_convert(
    __global const half* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const half* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (84 * N))) {
    const float x_1 = vload_half((-12) * ((((point_0) / 12)) % 7) + 84 * ((((point_0) / 12)) / 7) + ((point_0) % 12) + 72, x_0);
    y_0[point_0] = x_1;
  }
}
