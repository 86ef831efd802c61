// reduce_window: reducewindow
// space [N, 16, 8, 8]
// window [1, 5, 1, 1], schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void reduce_window_reducewindow(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (1024 * N))) {
    float acc_0 = 0.0f;
    for (long tap_0 = 0; tap_0 < 5; tap_0++) {
      float guarded_0 = 0.0f;
      if ((((((((point_0) / 64)) % 16) + tap_0 + (-2)) >= 0) & ((((((point_0) / 64)) % 16) + tap_0 + (-2)) < 16))) {
        const float x_1 = x_0[point_0 + 64 * tap_0 + (-128)];
        guarded_0 = x_1;
      }
      acc_0 = (acc_0 + guarded_0);
    }
    y_0[point_0] = acc_0;
  }
}
