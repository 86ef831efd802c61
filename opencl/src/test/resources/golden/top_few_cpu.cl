// sort: topk
// space [N, 5]
// best so far, schedule cpu, 1 lanes, 4 rows per work-item

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void sort_topk(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global int* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global int* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  float best_0[5] __attribute__((aligned(64)));
  int where_0[5] __attribute__((aligned(64)));
  const long end_0 = (min((long)(4 * group0 + 4), (long)(N)));
  for (long row_0 = 4 * group0; row_0 < end_0; row_0++) {
    for (long i_0 = 0; i_0 < 2000; i_0++) {
      const float x_1 = x_0[i_0 + 2000 * row_0];
      const float value_0 = x_1;
      if (((4 < (i_0)) ? ((value_0 > best_0[4]) | ((value_0 == value_0) & (best_0[4] != best_0[4]))) : 1)) {
        for (long back_0 = 0; back_0 < 4; back_0++) {
          const int shift_0 = ((((-1) * back_0 + 3) < (i_0)) ? ((value_0 > best_0[(-1) * back_0 + 3]) | ((value_0 == value_0) & (best_0[(-1) * back_0 + 3] != best_0[(-1) * back_0 + 3]))) : 0);
          const int put_0 = ((((-1) * back_0 + 4) < (i_0)) ? ((value_0 > best_0[(-1) * back_0 + 4]) | ((value_0 == value_0) & (best_0[(-1) * back_0 + 4] != best_0[(-1) * back_0 + 4]))) : 1);
          if (shift_0) {
            best_0[(-1) * back_0 + 4] = best_0[(-1) * back_0 + 3];
            where_0[(-1) * back_0 + 4] = where_0[(-1) * back_0 + 3];
          } else {
            if (put_0) {
              best_0[(-1) * back_0 + 4] = value_0;
              where_0[(-1) * back_0 + 4] = (int)(i_0);
            }
          }
        }
        if (((0 < (i_0)) ? ((value_0 > best_0[0]) | ((value_0 == value_0) & (best_0[0] != best_0[0]))) : 1)) {
          best_0[0] = value_0;
          where_0[0] = (int)(i_0);
        }
      }
    }
    for (long k_0 = 0; k_0 < 5; k_0++) {
      y_0[k_0 + 5 * row_0] = where_0[k_0];
    }
  }
}
