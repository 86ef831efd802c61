// loop: concatenate, pad
// space [N, 6, 10]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_pad(
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
  if (((point_0) < (60 * N))) {
    float guarded_0 = 0.0f;
    if (((((((((point_0) / 10)) % 6) + (-1)) >= 0) & ((((((point_0) / 10)) % 6) + (-1)) < 5)) & (((((point_0) % 10)) >= 0) & ((((point_0) % 10)) < 8)))) {
      float part_0 = 0.0f;
      if ((((((((point_0) / 10)) % 6) + (-1)) >= 0) & ((((((point_0) / 10)) % 6) + (-1)) < 3))) {
        const float x_2 = x_0[8 * ((((point_0) / 10)) % 6) + 24 * ((((point_0) / 10)) / 6) + ((point_0) % 10) + (-8)];
        part_0 = x_2;
      }
      if ((((((((point_0) / 10)) % 6) + (-4)) >= 0) & ((((((point_0) / 10)) % 6) + (-4)) < 2))) {
        const float x_3 = x_1[8 * ((((point_0) / 10)) % 6) + 16 * ((((point_0) / 10)) / 6) + ((point_0) % 10) + (-32)];
        part_0 = x_3;
      }
      guarded_0 = part_0;
    }
    y_0[point_0] = guarded_0;
  }
}
