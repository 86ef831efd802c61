// loop: convert
// space [N, 7, 12]
// schedule cpu, 8 lanes along axes 2..2
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_reverse_convert(
    __global const half* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const half* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(1365 * group0 + 1365), (long)((7 * N))));
  for (long row_0 = 1365 * group0; row_0 < row_end_0; row_0++) {
    for (long i_0 = 0; i_0 + 7 < 12; i_0 += 8) {
      const float8 x_1 = vload_half8(0, x_0 + (-12) * ((row_0) % 7) + 84 * ((row_0) / 7) + i_0 + 72);
      *(__global float8_u*)(y_0 + i_0 + 12 * row_0) = x_1;
    }
    for (long i_1 = 8; i_1 < 12; i_1++) {
      const float x_2 = vload_half((-12) * ((row_0) % 7) + 84 * ((row_0) / 7) + i_1 + 72, x_0);
      y_0[i_1 + 12 * row_0] = x_2;
    }
  }
}
