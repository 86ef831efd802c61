// reduce_window: reducewindow
// space [N, 16, 14, 14]
// window [1, 1, 3, 3], schedule cpu, 1 lanes, 32 rows per work-item
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void reduce_window_reducewindow(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(32 * group0 + 32), (long)((224 * N))));
  for (long row_0 = 32 * group0; row_0 < end_0; row_0++) {
    for (long i_0 = 0; i_0 < 1; i_0++) {
      float acc_0 = (-INFINITY);
      for (long tap_0 = 0; tap_0 < 3; tap_0++) {
        for (long tap_1 = 0; tap_1 < 3; tap_1++) {
          float guarded_0 = (-INFINITY);
          if (((((2 * ((row_0) % 14) + tap_0 + (-1)) >= 0) & ((2 * ((row_0) % 14) + tap_0 + (-1)) < 28)) & (((2 * i_0 + tap_1 + (-1)) >= 0) & ((2 * i_0 + tap_1 + (-1)) < 28)))) {
            const float x_1 = x_0[2 * i_0 + 56 * row_0 + 28 * tap_0 + tap_1 + (-29)];
            guarded_0 = x_1;
          }
          acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > guarded_0 ? acc_0 : guarded_0));
        }
      }
      y_0[i_0 + 14 * row_0] = acc_0;
    }
    const long i_1 = 0;
    float8 acc_1 = (float8)((-INFINITY));
    for (long tap_2 = 0; tap_2 < 3; tap_2++) {
      for (long tap_3 = 0; tap_3 < 3; tap_3++) {
        float8 guarded_1 = (float8)((-INFINITY));
        if ((((2 * ((row_0) % 14) + tap_2 + (-1)) >= 0) & ((2 * ((row_0) % 14) + tap_2 + (-1)) < 28))) {
          const float8 x_0_run_0 = vload8(0, x_0 + 2 * i_1 + 56 * row_0 + 28 * tap_2 + tap_3 + (-27));
          const float8 x_0_run_1 = vload8(0, x_0 + 2 * i_1 + 56 * row_0 + 28 * tap_2 + tap_3 + (-20));
          const float8 x_2 = (float8)(x_0_run_0.s0, x_0_run_0.s2, x_0_run_0.s4, x_0_run_0.s6, x_0_run_1.s1, x_0_run_1.s3, x_0_run_1.s5, x_0_run_1.s7);
          guarded_1 = x_2;
        }
        acc_1 = (acc_1 != acc_1 ? acc_1 : (acc_1 > guarded_1 ? acc_1 : guarded_1));
      }
    }
    *(__global float8_u*)(y_0 + i_1 + 14 * row_0 + 1) = acc_1;
    for (long i_2 = 0; i_2 < 5; i_2++) {
      float acc_2 = (-INFINITY);
      for (long tap_4 = 0; tap_4 < 3; tap_4++) {
        for (long tap_5 = 0; tap_5 < 3; tap_5++) {
          float guarded_2 = (-INFINITY);
          if ((((2 * ((row_0) % 14) + tap_4 + (-1)) >= 0) & ((2 * ((row_0) % 14) + tap_4 + (-1)) < 28))) {
            const float x_3 = x_0[2 * i_2 + 56 * row_0 + 28 * tap_4 + tap_5 + (-11)];
            guarded_2 = x_3;
          }
          acc_2 = (acc_2 != acc_2 ? acc_2 : (acc_2 > guarded_2 ? acc_2 : guarded_2));
        }
      }
      y_0[i_2 + 14 * row_0 + 9] = acc_2;
    }
  }
}
