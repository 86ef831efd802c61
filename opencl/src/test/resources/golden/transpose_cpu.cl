// loop: 
// space [N, 64, 49]
// schedule cpu, 16 lanes along axes 2..2
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_transpose(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group1 = get_group_id(1);
  const long row_end_0 = (min((long)(64 * group1 + 64), (long)((64 * N))));
  for (long row_0 = 64 * group1; row_0 < row_end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 49; i_0 += 16) {
      const float16 x_1 = (float16)(x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 64], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 128], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 192], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 256], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 320], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 384], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 448], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 512], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 576], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 640], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 704], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 768], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 832], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 896], x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_0 + 960]);
      *(__global float16_u*)(y_0 + i_0 + 49 * row_0) = x_1;
    }
    for (long i_1 = 48; i_1 < 49; i_1++) {
      const float x_2 = x_0[((row_0) % 64) + 3136 * ((row_0) / 64) + 64 * i_1];
      y_0[i_1 + 49 * row_0] = x_2;
    }
  }
}
