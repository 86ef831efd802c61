// sort: argsort
// space [N, 2000]
// merge sort, schedule cpu, 1 lanes

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void sort_argsort(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global int* restrict y_0_base, const ulong y_0_at,
    __global int* restrict order_0_base, const ulong order_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global int* restrict y_0 = y_0_base + y_0_at;
  __global int* restrict order_0 = order_0_base + order_0_at;
  const long group1 = get_group_id(1);
  for (long i_0 = 0; i_0 < 2000; i_0++) {
    order_0[4000 * group1 + i_0] = (int)(i_0);
  }
  long passes_0 = 0L;
  for (long level_0 = 0; level_0 < 11; level_0++) {
    const long width_0 = (1L << (level_0));
    if ((width_0 < 2000)) {
      const long runs_0 = convert_long(as_long(as_ulong((2000 + ((1L << (level_0 + 1)) - 1L))) >> as_ulong((level_0 + 1))));
      for (long run_0 = 0; run_0 < runs_0; run_0++) {
        const long start_0 = ((run_0) << (level_0 + 1));
        const long middle_0 = min((long)(start_0 + width_0), (long)2000);
        const long stop_0 = min((long)(start_0 + (1L << (level_0 + 1))), (long)2000);
        long left_0 = start_0;
        long right_0 = middle_0;
        const long first_0 = convert_long(start_0);
        const long last_0 = convert_long(stop_0);
        for (long out_0 = first_0; out_0 < last_0; out_0++) {
          int take_right_0 = ((left_0 < middle_0) == 0);
          if (((left_0 < middle_0) & (right_0 < stop_0))) {
            const long a_0 = convert_long(order_0[2000 * ((level_0) % 2) + 4000 * group1 + left_0]);
            const long b_0 = convert_long(order_0[2000 * ((level_0) % 2) + 4000 * group1 + right_0]);
            const float x_1 = x_0[b_0 + 2000 * group1];
            const float value_0 = x_1;
            const float x_2 = x_0[a_0 + 2000 * group1];
            const float value_1 = x_2;
            take_right_0 = ((value_0 < value_1) | ((value_0 == value_0) & (value_1 != value_1)));
          }
          const long chosen_0 = convert_long((take_right_0 ? right_0 : left_0));
          order_0[2000 * ((level_0 + 1) % 2) + 4000 * group1 + out_0] = order_0[2000 * ((level_0) % 2) + chosen_0 + 4000 * group1];
          const long step_0 = convert_long(take_right_0 & 1);
          right_0 = (right_0 + step_0);
          left_0 = (left_0 + (1L - step_0));
        }
      }
      passes_0 = (passes_0 + 1L);
    }
  }
  for (long k_0 = 0; k_0 < 2000; k_0++) {
    y_0[2000 * group1 + k_0] = order_0[2000 * ((passes_0) % 2) + 4000 * group1 + k_0];
  }
}
