// rows: 2 reduce_sum, 5 multiply, subtract, add, rsqrt
// space [N, 49, 64] reduced [2]
// schedule cpu, 16 lanes along axes 2..2
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void rows_reduce_sum_rsqrt_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(85 * group0 + 85), (long)((49 * N))));
  for (long row_0 = 85 * group0; row_0 < row_end_0; row_0++) {
    float16 acc_0 = (float16)(0.0f);
    float tail_0 = 0.0f;
    for (long i_0 = 0; i_0 + 15 < 64; i_0 += 16) {
      const float16 x_2 = vload16(0, x_0 + i_0 + 64 * row_0);
      acc_0 = (acc_0 + x_2);
    }
    const float8 half_0 = (acc_0.lo + acc_0.hi);
    const float4 half_1 = (half_0.lo + half_0.hi);
    const float2 half_2 = (half_1.lo + half_1.hi);
    const float half_3 = (half_2.s0 + half_2.s1);
    const float sum_0 = (half_3 + tail_0);
    float16 acc_1 = (float16)(0.0f);
    float tail_1 = 0.0f;
    for (long i_1 = 0; i_1 + 15 < 64; i_1 += 16) {
      const float16 x_3 = vload16(0, x_0 + i_1 + 64 * row_0);
      const float16 constant_0 = (float16)(0.015625f);
      const float16 multiply_0 = ((float16)(sum_0) * constant_0);
      const float16 subtract_0 = (x_3 - multiply_0);
      const float16 multiply_1 = (subtract_0 * subtract_0);
      acc_1 = (acc_1 + multiply_1);
    }
    const float8 half_4 = (acc_1.lo + acc_1.hi);
    const float4 half_5 = (half_4.lo + half_4.hi);
    const float2 half_6 = (half_5.lo + half_5.hi);
    const float half_7 = (half_6.s0 + half_6.s1);
    const float sum_1 = (half_7 + tail_1);
    const float multiply_2 = (sum_1 * 0.015625f);
    const float add_0 = (multiply_2 + 1.0e-6f);
    const float rsqrt_0 = rsqrt(add_0);
    const float row_value_0 = rsqrt_0;
    for (long i_2 = 0; i_2 + 15 < 64; i_2 += 16) {
      const float16 x_4 = vload16(0, x_0 + i_2 + 64 * row_0);
      const float16 constant_1 = (float16)(0.015625f);
      const float16 multiply_3 = ((float16)(sum_0) * constant_1);
      const float16 subtract_1 = (x_4 - multiply_3);
      const float16 broadcast_0 = (float16)(row_value_0);
      const float16 multiply_4 = (subtract_1 * broadcast_0);
      const float16 p_0 = vload16(0, x_1 + i_2);
      const float16 multiply_5 = (multiply_4 * p_0);
      *(__global float16_u*)(y_0 + i_2 + 64 * row_0) = multiply_5;
    }
  }
}
