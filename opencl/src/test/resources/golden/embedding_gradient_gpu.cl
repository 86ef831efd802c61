// scatter_order: scatteradd
// space [500, 64]
// bitonic sort of the indices, schedule gpu, one work-group

__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void scatter_order_scatteradd(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const int* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    __global int* restrict order_0_base, const ulong order_0_at,
    __global int* restrict ends_0_base, const ulong ends_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const int* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  __global int* restrict order_0 = order_0_base + order_0_at;
  __global int* restrict ends_0 = ends_0_base + ends_0_at;
  const long local0 = get_local_id(0);
  for (long i_0 = local0; i_0 < (12 * N); i_0 += 256) {
    order_0[i_0] = (int)(i_0);
  }
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  long levels_0 = 0L;
  for (long bit_0 = 0; bit_0 < 31; bit_0++) {
    levels_0 = (levels_0 + convert_long(((1L << (bit_0)) < (12 * N)) & 1));
  }
  for (long level_0 = 0; level_0 < levels_0; level_0++) {
    const long half_0 = (1L << (level_0));
    for (long pair_0 = local0; pair_0 < (12 * N); pair_0 += 256) {
      const long in_block_0 = ((pair_0) & (half_0 - 1L));
      const long start_0 = (((pair_0) - in_block_0) << 1L);
      const long low_0 = convert_long((start_0 + in_block_0));
      const long high_0 = convert_long(((start_0 + (half_0 << 1L)) - (in_block_0 + 1L)));
      if (((high_0) < (12 * N))) {
        const int a_0 = order_0[low_0];
        const int b_0 = order_0[high_0];
        const long at_a_0 = convert_long(a_0);
        const int x_3 = x_1[at_a_0];
        const int index_0 = x_3;
        const int key_0 = ((index_0 < 0) ? 2147483647 : index_0);
        const long at_b_0 = convert_long(b_0);
        const int x_4 = x_1[at_b_0];
        const int index_1 = x_4;
        const int key_1 = ((index_1 < 0) ? 2147483647 : index_1);
        if (((key_1 < key_0) | (((key_0 < key_1) == 0) & (b_0 < a_0)))) {
          order_0[low_0] = b_0;
          order_0[high_0] = a_0;
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    for (long step_0 = 0; step_0 < level_0; step_0++) {
      const long half_1 = (1L << (level_0 + (-1) * step_0 + (-1)));
      for (long pair_1 = local0; pair_1 < (12 * N); pair_1 += 256) {
        const long in_block_1 = ((pair_1) & (half_1 - 1L));
        const long start_1 = (((pair_1) - in_block_1) << 1L);
        const long low_1 = convert_long((start_1 + in_block_1));
        const long high_1 = convert_long(((start_1 + in_block_1) + half_1));
        if (((high_1) < (12 * N))) {
          const int a_1 = order_0[low_1];
          const int b_1 = order_0[high_1];
          const long at_a_1 = convert_long(a_1);
          const int x_5 = x_1[at_a_1];
          const int index_2 = x_5;
          const int key_2 = ((index_2 < 0) ? 2147483647 : index_2);
          const long at_b_1 = convert_long(b_1);
          const int x_6 = x_1[at_b_1];
          const int index_3 = x_6;
          const int key_3 = ((index_3 < 0) ? 2147483647 : index_3);
          if (((key_3 < key_2) | (((key_2 < key_3) == 0) & (b_1 < a_1)))) {
            order_0[low_1] = b_1;
            order_0[high_1] = a_1;
          }
        }
      }
      barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
    }
  }
  for (long d_0 = local0; d_0 < 500; d_0 += 256) {
    long low_2 = 0L;
    long high_2 = (12 * N);
    for (long bisection_0 = 0; bisection_0 < 32; bisection_0++) {
      if ((low_2 < high_2)) {
        const long middle_0 = as_long(as_ulong((low_2 + high_2)) >> as_ulong(1L));
        const long at_0 = convert_long(middle_0);
        const long candidate_0 = convert_long(order_0[at_0]);
        const int x_7 = x_1[candidate_0];
        const int index_4 = x_7;
        const int key_4 = ((index_4 < 0) ? 2147483647 : index_4);
        if ((key_4 <= (int)(d_0))) {
          low_2 = (middle_0 + 1L);
        } else {
          high_2 = middle_0;
        }
      }
    }
    ends_0[d_0] = convert_int(low_2);
  }
}

// scatter: scatteradd
// space [500, 64]
// sums neighbours, schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void scatter_scatteradd(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const int* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    __global int* restrict order_0_base, const ulong order_0_at,
    __global int* restrict ends_0_base, const ulong ends_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const int* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  __global int* restrict order_0 = order_0_base + order_0_at;
  __global int* restrict ends_0 = ends_0_base + ends_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < 32000)) {
    const float p_0 = x_0[point_0];
    float sum_0 = p_0;
    long start_0 = 0L;
    if (((((point_0) / 64)) > 0)) {
      start_0 = convert_long(ends_0[((point_0) / 64) + (-1)]);
    }
    const long stop_0 = convert_long(ends_0[((point_0) / 64)]);
    for (long s_0 = start_0; s_0 < stop_0; s_0++) {
      const long update_0 = convert_long(order_0[s_0]);
      const float x_3 = x_2[((point_0) % 64) + 64 * update_0];
      sum_0 = (sum_0 + x_3);
    }
    y_0[point_0] = sum_0;
  }
}
