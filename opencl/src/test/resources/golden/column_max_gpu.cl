// rows: reduce_max
// space [N, 33, 20] reduced [1]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void rows_reduce_max(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (20 * N))) {
    float acc_0 = (-INFINITY);
    for (long q_0 = 0; q_0 < 33; q_0++) {
      const float x_1 = x_0[((point_0) % 20) + 660 * ((point_0) / 20) + 20 * q_0];
      acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > x_1 ? acc_0 : x_1));
    }
    y_0[point_0] = acc_0;
  }
}
