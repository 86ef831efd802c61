// loop: gather
// space [N, 12, 64]
// schedule cpu, 16 lanes along axes 2..2
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_gather(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const int* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const int* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(256 * group0 + 256), (long)((12 * N))));
  for (long row_0 = 256 * group0; row_0 < row_end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 64; i_0 += 16) {
      const int x_2 = x_1[row_0];
      const long row_1 = convert_long(x_2);
      float16 guarded_0 = (float16)(0.0f);
      if ((((row_1) >= 0) & ((row_1) < 500))) {
        const float16 p_0 = vload16(0, x_0 + i_0 + 64 * row_1);
        guarded_0 = p_0;
      }
      *(__global float16_u*)(y_0 + i_0 + 64 * row_0) = guarded_0;
    }
  }
}
