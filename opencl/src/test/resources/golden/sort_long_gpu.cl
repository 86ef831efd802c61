// sort: argsort
// space [N, 2000]
// bitonic sort, schedule gpu, a work-group per line

__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void sort_argsort(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global int* restrict y_0_base, const ulong y_0_at,
    __global int* restrict order_0_base, const ulong order_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global int* restrict y_0 = y_0_base + y_0_at;
  __global int* restrict order_0 = order_0_base + order_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  for (long i_0 = local0; i_0 < 2000; i_0 += 256) {
    order_0[2000 * group0 + i_0] = (int)(i_0);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  for (long level_0 = 0; level_0 < 11; level_0++) {
    const long half_0 = (1L << (level_0));
    for (long pair_0 = local0; pair_0 < 1024; pair_0 += 256) {
      const long in_block_0 = ((pair_0) & (half_0 - 1L));
      const long start_0 = (((pair_0) - in_block_0) << 1L);
      const long low_0 = convert_long((start_0 + in_block_0));
      const long high_0 = convert_long(((start_0 + (half_0 << 1L)) - (in_block_0 + 1L)));
      if (((high_0) < 2000)) {
        const int a_0 = order_0[2000 * group0 + low_0];
        const int b_0 = order_0[2000 * group0 + high_0];
        const long at_a_0 = convert_long(a_0);
        const float x_1 = x_0[at_a_0 + 2000 * group0];
        const float value_0 = x_1;
        const long at_b_0 = convert_long(b_0);
        const float x_2 = x_0[at_b_0 + 2000 * group0];
        const float value_1 = x_2;
        if ((((value_1 < value_0) | ((value_1 == value_1) & (value_0 != value_0))) | ((((value_0 < value_1) | ((value_0 == value_0) & (value_1 != value_1))) == 0) & (b_0 < a_0)))) {
          order_0[2000 * group0 + low_0] = b_0;
          order_0[2000 * group0 + high_0] = a_0;
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    for (long step_0 = 0; step_0 < level_0; step_0++) {
      const long half_1 = (1L << (level_0 + (-1) * step_0 + (-1)));
      for (long pair_1 = local0; pair_1 < 1024; pair_1 += 256) {
        const long in_block_1 = ((pair_1) & (half_1 - 1L));
        const long start_1 = (((pair_1) - in_block_1) << 1L);
        const long low_1 = convert_long((start_1 + in_block_1));
        const long high_1 = convert_long(((start_1 + in_block_1) + half_1));
        if (((high_1) < 2000)) {
          const int a_1 = order_0[2000 * group0 + low_1];
          const int b_1 = order_0[2000 * group0 + high_1];
          const long at_a_1 = convert_long(a_1);
          const float x_3 = x_0[at_a_1 + 2000 * group0];
          const float value_2 = x_3;
          const long at_b_1 = convert_long(b_1);
          const float x_4 = x_0[at_b_1 + 2000 * group0];
          const float value_3 = x_4;
          if ((((value_3 < value_2) | ((value_3 == value_3) & (value_2 != value_2))) | ((((value_2 < value_3) | ((value_2 == value_2) & (value_3 != value_3))) == 0) & (b_1 < a_1)))) {
            order_0[2000 * group0 + low_1] = b_1;
            order_0[2000 * group0 + high_1] = a_1;
          }
        }
      }
      barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    }
  }
  for (long k_0 = local0; k_0 < 2000; k_0 += 256) {
    y_0[2000 * group0 + k_0] = order_0[2000 * group0 + k_0];
  }
}
