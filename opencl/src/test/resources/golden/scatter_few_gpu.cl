// scatter: scatteradd
// space [500, 64]
// looks at all indices, schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void scatter_scatteradd(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const int* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const int* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < 32000)) {
    const float p_0 = x_0[point_0];
    float sum_0 = p_0;
    for (long i_0 = 0; i_0 < 6; i_0++) {
      const int x_3 = x_1[i_0];
      if ((x_3 == (int)(((point_0) / 64)))) {
        const float x_4 = x_2[((point_0) % 64) + 64 * i_0];
        sum_0 = (sum_0 + x_4);
      }
    }
    y_0[point_0] = sum_0;
  }
}
