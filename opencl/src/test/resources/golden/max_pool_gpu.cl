// reduce_window: reducewindow
// space [N, 16, 14, 14]
// window [1, 1, 3, 3], schedule gpu, a work-item per position

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
  if (((point_0) < (3136 * N))) {
    float acc_0 = (-INFINITY);
    for (long tap_0 = 0; tap_0 < 3; tap_0++) {
      for (long tap_1 = 0; tap_1 < 3; tap_1++) {
        float guarded_0 = (-INFINITY);
        if (((((2 * ((((point_0) / 14)) % 14) + tap_0 + (-1)) >= 0) & ((2 * ((((point_0) / 14)) % 14) + tap_0 + (-1)) < 28)) & (((2 * ((point_0) % 14) + tap_1 + (-1)) >= 0) & ((2 * ((point_0) % 14) + tap_1 + (-1)) < 28)))) {
          const float x_1 = x_0[2 * ((point_0) % 14) + 56 * ((point_0) / 14) + 28 * tap_0 + tap_1 + (-29)];
          guarded_0 = x_1;
        }
        acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > guarded_0 ? acc_0 : guarded_0));
      }
    }
    y_0[point_0] = acc_0;
  }
}
