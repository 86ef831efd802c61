// reduce_window: reducewindow
// space [N, 16, 14, 14]
// window [1, 1, 3, 3], schedule cpu, 1 lanes, 455 rows per work-item

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void reduce_window_reducewindow(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(455 * group0 + 455), (long)((3136 * N))));
  for (long row_0 = 455 * group0; row_0 < end_0; row_0++) {
    float acc_0 = (-INFINITY);
    for (long tap_0 = 0; tap_0 < 3; tap_0++) {
      for (long tap_1 = 0; tap_1 < 3; tap_1++) {
        float guarded_0 = (-INFINITY);
        if (((((2 * ((((row_0) / 14)) % 14) + tap_0 + (-1)) >= 0) & ((2 * ((((row_0) / 14)) % 14) + tap_0 + (-1)) < 28)) & (((2 * ((row_0) % 14) + tap_1 + (-1)) >= 0) & ((2 * ((row_0) % 14) + tap_1 + (-1)) < 28)))) {
          const float x_1 = x_0[2 * ((row_0) % 14) + 56 * ((row_0) / 14) + 28 * tap_0 + tap_1 + (-29)];
          guarded_0 = x_1;
        }
        acc_0 = (acc_0 > guarded_0 || acc_0 != acc_0 ? acc_0 : guarded_0);
      }
    }
    y_0[row_0] = acc_0;
  }
}
