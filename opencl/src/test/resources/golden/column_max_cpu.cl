// rows: reduce_max
// space [N, 33, 20] reduced [1]
// schedule cpu, 16 lanes along axes 2..2
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void rows_reduce_max(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(24 * group0 + 24), (long)(N)));
  for (long row_0 = 24 * group0; row_0 < row_end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 20; i_0 += 16) {
      float16 acc_0 = (float16)((-INFINITY));
      for (long q_0 = 0; q_0 < 33; q_0++) {
        const float16 x_1 = vload16(0, x_0 + i_0 + 20 * q_0 + 660 * row_0);
        acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > x_1 ? acc_0 : x_1));
      }
      *(__global float16_u*)(y_0 + i_0 + 20 * row_0) = acc_0;
    }
    for (long i_1 = 16; i_1 < 20; i_1++) {
      float acc_1 = (-INFINITY);
      for (long q_1 = 0; q_1 < 33; q_1++) {
        const float x_2 = x_0[i_1 + 20 * q_1 + 660 * row_0];
        acc_1 = (acc_1 != acc_1 ? acc_1 : (acc_1 > x_2 ? acc_1 : x_2));
      }
      y_0[i_1 + 20 * row_0] = acc_1;
    }
  }
}
