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
  const long end_0 = (min((long)(4 * group0 + 4), (long)(N)));
  for (long row_0 = 4 * group0; row_0 < end_0; row_0++) {
    float8 best_0 = (float8)(NAN);
    int8 where_0 = (int8)((-1));
    for (long i_0 = 0; i_0 < 2000; i_0++) {
      const float x_1 = x_0[i_0 + 2000 * row_0];
      const float value_0 = x_1;
      if (((value_0 > best_0.s4) | ((value_0 == value_0) & (best_0.s4 != best_0.s4)))) {
        const float8 mine_0 = (float8)(value_0);
        const float8 moved_0 = (float8)(INFINITY, best_0.s0, best_0.s1, best_0.s2, best_0.s3, best_0.s4, best_0.s5, best_0.s6);
        const int8 moved_at_0 = (int8)((-1), where_0.s0, where_0.s1, where_0.s2, where_0.s3, where_0.s4, where_0.s5, where_0.s6);
        const int8 moves_0 = ((mine_0 > moved_0) | ((mine_0 == mine_0) & (moved_0 != moved_0)));
        const int8 stands_0 = (((mine_0 > best_0) | ((mine_0 == mine_0) & (best_0 != best_0))) == 0);
        where_0 = (moves_0 ? moved_at_0 : (stands_0 ? where_0 : (int8)((int)(i_0))));
        best_0 = (moves_0 ? moved_0 : (stands_0 ? best_0 : mine_0));
      }
    }
    y_0[5 * row_0] = where_0.s0;
    y_0[5 * row_0 + 1] = where_0.s1;
    y_0[5 * row_0 + 2] = where_0.s2;
    y_0[5 * row_0 + 3] = where_0.s3;
    y_0[5 * row_0 + 4] = where_0.s4;
    if ((where_0.s4 < 0)) {
      const int8 there_0 = convert_int8((where_0 >= (int8)(0)) & 1);
      const int4 half_0 = (there_0.lo + there_0.hi);
      const int2 half_1 = (half_0.lo + half_0.hi);
      const int half_2 = (half_1.s0 + half_1.s1);
      int next_0 = (0 + half_2);
      for (long i_1 = 0; i_1 < 2000; i_1++) {
        const float x_2 = x_0[i_1 + 2000 * row_0];
        const float value_1 = x_2;
        if (((next_0 < 5) & (((value_1 > NAN) | ((value_1 == value_1) & (NAN != NAN))) == 0))) {
          const long p_0 = convert_long(next_0);
          y_0[p_0 + 5 * row_0] = (int)(i_1);
          next_0 = (next_0 + 1);
        }
      }
    }
  }
}
