// loop: concatenate, pad
// space [N, 6, 10]
// schedule cpu, 1 lanes along axes 2..2

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_pad(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(1638 * group0 + 1638), (long)((6 * N))));
  for (long row_0 = 1638 * group0; row_0 < row_end_0; row_0++) {
    for (long i_0 = 0; i_0 < 10; i_0++) {
      float guarded_0 = 0.0f;
      if (((((((row_0) % 6) + (-1)) >= 0) & ((((row_0) % 6) + (-1)) < 5)) & (((i_0) >= 0) & ((i_0) < 8)))) {
        float part_0 = 0.0f;
        if ((((((row_0) % 6) + (-1)) >= 0) & ((((row_0) % 6) + (-1)) < 3))) {
          const float x_2 = x_0[8 * ((row_0) % 6) + 24 * ((row_0) / 6) + i_0 + (-8)];
          part_0 = x_2;
        }
        if ((((((row_0) % 6) + (-4)) >= 0) & ((((row_0) % 6) + (-4)) < 2))) {
          const float x_3 = x_1[8 * ((row_0) % 6) + 16 * ((row_0) / 6) + i_0 + (-32)];
          part_0 = x_3;
        }
        guarded_0 = part_0;
      }
      y_0[i_0 + 10 * row_0] = guarded_0;
    }
  }
}
