// scatter_order: scatteradd
// space [500, 64]
// counting sort of the indices, schedule cpu, one work-item

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
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
  for (long d_0 = 0; d_0 < 500; d_0++) {
    ends_0[d_0] = 0;
  }
  for (long i_0 = 0; i_0 < (12 * N); i_0++) {
    const int x_3 = x_1[i_0];
    const long index_0 = convert_long(x_3);
    if ((((index_0) >= 0) & ((index_0) < 500))) {
      ends_0[index_0] = (ends_0[index_0] + 1);
    }
  }
  int before_0 = 0;
  for (long d_1 = 0; d_1 < 500; d_1++) {
    const int count_0 = ends_0[d_1];
    ends_0[d_1] = before_0;
    before_0 = (before_0 + count_0);
  }
  for (long i_1 = 0; i_1 < (12 * N); i_1++) {
    const int x_4 = x_1[i_1];
    const long index_1 = convert_long(x_4);
    if ((((index_1) >= 0) & ((index_1) < 500))) {
      const int place_0 = ends_0[index_1];
      const long at_0 = convert_long(place_0);
      order_0[at_0] = (int)(i_1);
      ends_0[index_1] = (place_0 + 1);
    }
  }
}

// scatter: scatteradd
// space [500, 64]
// sums neighbours, schedule cpu, 16 lanes, 16 rows per work-item
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
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
  const long end_0 = (min((long)(16 * group0 + 16), (long)(500)));
  for (long row_0 = 16 * group0; row_0 < end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 64; i_0 += 16) {
      const float16 p_0 = vload16(0, x_0 + i_0 + 64 * row_0);
      float16 sum_0 = p_0;
      long start_0 = 0L;
      if (((row_0) > 0)) {
        start_0 = convert_long(ends_0[row_0 + (-1)]);
      }
      const long stop_0 = convert_long(ends_0[row_0]);
      for (long s_0 = start_0; s_0 < stop_0; s_0++) {
        const long update_0 = convert_long(order_0[s_0]);
        const float16 x_3 = vload16(0, x_2 + i_0 + 64 * update_0);
        sum_0 = (sum_0 + x_3);
      }
      *(__global float16_u*)(y_0 + i_0 + 64 * row_0) = sum_0;
    }
  }
}
