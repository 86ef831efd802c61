// loop: 2 multiply, add, subtract
// space [64, 96]
// schedule cpu, 16 lanes along axes 0..1
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_add_subtract(
    __global float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict x_2_base, const ulong x_2_at,
    const long N) {
  __global float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict x_2 = x_2_base + x_2_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(16384 * group0 + 16384), (long)(N)));
  for (long i_0 = 16384 * group0; i_0 + 15 < end_0; i_0 += 16) {
    const float16 p_0 = vload16(0, x_0 + i_0);
    const float16 constant_0 = (float16)(0.9f);
    const float16 multiply_0 = (p_0 * constant_0);
    const float16 x_3 = vload16(0, x_1 + i_0);
    const float16 add_0 = (multiply_0 + x_3);
    const float16 p_1 = vload16(0, x_2 + i_0);
    const float16 constant_1 = (float16)(0.1f);
    const float16 multiply_1 = (add_0 * constant_1);
    const float16 subtract_0 = (p_1 - multiply_1);
    *(__global float16_u*)(x_0 + i_0) = add_0;
    *(__global float16_u*)(x_2 + i_0) = subtract_0;
  }
  for (long i_1 = 16 * ((end_0) / 16); i_1 < end_0; i_1++) {
    const float p_2 = x_0[i_1];
    const float multiply_2 = (p_2 * 0.9f);
    const float x_4 = x_1[i_1];
    const float add_1 = (multiply_2 + x_4);
    const float p_3 = x_2[i_1];
    const float multiply_3 = (add_1 * 0.1f);
    const float subtract_1 = (p_3 - multiply_3);
    x_0[i_1] = add_1;
    x_2[i_1] = subtract_1;
  }
}
