// reduce_window: reducewindow
// space [N, 16, 8, 8]
// window [1, 5, 1, 1], schedule cpu, 16 lanes, 12 rows per work-item
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void reduce_window_reducewindow(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(12 * group0 + 12), (long)((16 * N))));
  for (long row_0 = 12 * group0; row_0 < end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 64; i_0 += 16) {
      float16 acc_0 = (float16)(0.0f);
      for (long tap_0 = 0; tap_0 < 5; tap_0++) {
        float16 guarded_0 = (float16)(0.0f);
        if ((((((row_0) % 16) + tap_0 + (-2)) >= 0) & ((((row_0) % 16) + tap_0 + (-2)) < 16))) {
          const float16 x_1 = vload16(0, x_0 + i_0 + 64 * row_0 + 64 * tap_0 + (-128));
          guarded_0 = x_1;
        }
        acc_0 = (acc_0 + guarded_0);
      }
      *(__global float16_u*)(y_0 + i_0 + 64 * row_0) = acc_0;
    }
  }
}
