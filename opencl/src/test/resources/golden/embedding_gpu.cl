// loop: gather
// space [N, 12, 64]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_gather(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const int* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const int* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (768 * N))) {
    const int x_2 = x_1[((point_0) / 64)];
    const long row_0 = convert_long(x_2);
    float guarded_0 = 0.0f;
    if ((((row_0) >= 0) & ((row_0) < 500))) {
      const float p_0 = x_0[((point_0) % 64) + 64 * row_0];
      guarded_0 = p_0;
    }
    y_0[point_0] = guarded_0;
  }
}
