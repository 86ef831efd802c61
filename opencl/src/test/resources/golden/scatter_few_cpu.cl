// scatter: scatteradd
// space [500, 64]
// looks at all indices, schedule cpu, 16 lanes, 21 rows per work-item
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
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const int* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(21 * group0 + 21), (long)(500)));
  for (long row_0 = 21 * group0; row_0 < end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 64; i_0 += 16) {
      const float16 p_0 = vload16(0, x_0 + i_0 + 64 * row_0);
      float16 sum_0 = p_0;
      for (long i_1 = 0; i_1 < 6; i_1++) {
        const int x_3 = x_1[i_1];
        if ((x_3 == (int)(row_0))) {
          const float16 x_4 = vload16(0, x_2 + i_0 + 64 * i_1);
          sum_0 = (sum_0 + x_4);
        }
      }
      *(__global float16_u*)(y_0 + i_0 + 64 * row_0) = sum_0;
    }
  }
}
