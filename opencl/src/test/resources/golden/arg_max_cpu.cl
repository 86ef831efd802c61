// arg_reduce: argreduce
// space [N]
// schedule cpu, 1 lanes, 819 rows per work-item

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void arg_reduce_argreduce(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global int* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global int* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(819 * group0 + 819), (long)(N)));
  for (long row_0 = 819 * group0; row_0 < end_0; row_0++) {
    float best_0 = (-INFINITY);
    int where_0 = 0;
    for (long k_0 = 0; k_0 < 10; k_0++) {
      const float x_1 = x_0[k_0 + 10 * row_0];
      const float value_0 = x_1;
      const int wins_0 = ((value_0 > best_0) | ((value_0 != value_0) & (best_0 == best_0)));
      where_0 = (wins_0 ? (int)(k_0) : where_0);
      best_0 = (wins_0 ? value_0 : best_0);
    }
    y_0[row_0] = where_0;
  }
}
