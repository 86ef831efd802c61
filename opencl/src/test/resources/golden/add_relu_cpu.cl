// loop: add, maximum
// space [N, 64]
// schedule cpu, 16 lanes along axes 0..1
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_maximum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(16384 * group0 + 16384), (long)(N)));
  for (long i_0 = 16384 * group0; i_0 + 15 < end_0; i_0 += 16) {
    const float16 x_2 = vload16(0, x_0 + i_0);
    const float16 x_3 = vload16(0, x_1 + i_0);
    const float16 add_0 = (x_2 + x_3);
    const float16 constant_0 = (float16)(0.0f);
    const float16 maximum_0 = (add_0 != add_0 ? add_0 : (add_0 > constant_0 ? add_0 : constant_0));
    *(__global float16_u*)(y_0 + i_0) = maximum_0;
  }
  for (long i_1 = 16 * ((end_0) / 16); i_1 < end_0; i_1++) {
    const float x_4 = x_0[i_1];
    const float x_5 = x_1[i_1];
    const float add_1 = (x_4 + x_5);
    const float maximum_1 = (add_1 != add_1 ? add_1 : (add_1 > 0.0f ? add_1 : 0.0f));
    y_0[i_1] = maximum_1;
  }
}
