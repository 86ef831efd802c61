// rows: reduce_max, subtract, exp, reduce_sum, divide, multiply
// space [N, 8, 512] reduced [2]
// schedule cpu, 16 lanes along axes 2..2
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

#ifndef NND_NND_EXP_FLOAT16
#define NND_NND_EXP_FLOAT16
float16 nnd_exp_float16(float16 x) {
  float16 t = (float16)(88.8f) < x ? (float16)(88.8f) : x;
  t = (float16)(-87.5f) > t ? (float16)(-87.5f) : t;
  const float16 shifted = fma(t, (float16)(1.442695041f), (float16)(12583038.0f));
  const float16 n = shifted - (float16)(12583038.0f);
  float16 r = fma(n, (float16)(-0.693359375f), t);
  r = fma(n, (float16)(2.121944401e-04f), r);
  float16 p = fma((float16)(2.762922086e-03f), r, (float16)(1.673743131e-02f));
  p = fma(p, r, (float16)(8.333677798e-02f));
  p = fma(p, r, (float16)(3.333304226e-01f));
  p = fma(p, r, (float16)(9.999998808e-01f));
  p = fma(p, r, (float16)(2.0f));
  p = fma(p, r, (float16)(2.0f));
  return p * as_float16(as_int16(shifted) << (int16)(23));
}
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void rows_reduce_max_exp_reduce_sum_divide_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(10 * group0 + 10), (long)((8 * N))));
  for (long row_0 = 10 * group0; row_0 < row_end_0; row_0++) {
    float16 acc_0 = (float16)((-INFINITY));
    float16 acc_1 = (float16)((-INFINITY));
    float16 acc_2 = (float16)((-INFINITY));
    float16 acc_3 = (float16)((-INFINITY));
    float tail_0 = (-INFINITY);
    for (long i_0 = 0; i_0 + 63 < 512; i_0 += 64) {
      const float16 x_1 = vload16(0, x_0 + i_0 + 512 * row_0);
      acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > x_1 ? acc_0 : x_1));
      const float16 x_2 = vload16(0, x_0 + i_0 + 512 * row_0 + 16);
      acc_1 = (acc_1 != acc_1 ? acc_1 : (acc_1 > x_2 ? acc_1 : x_2));
      const float16 x_3 = vload16(0, x_0 + i_0 + 512 * row_0 + 32);
      acc_2 = (acc_2 != acc_2 ? acc_2 : (acc_2 > x_3 ? acc_2 : x_3));
      const float16 x_4 = vload16(0, x_0 + i_0 + 512 * row_0 + 48);
      acc_3 = (acc_3 != acc_3 ? acc_3 : (acc_3 > x_4 ? acc_3 : x_4));
    }
    const float16 sum_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > acc_1 ? acc_0 : acc_1));
    const float16 sum_1 = (sum_0 != sum_0 ? sum_0 : (sum_0 > acc_2 ? sum_0 : acc_2));
    const float16 sum_2 = (sum_1 != sum_1 ? sum_1 : (sum_1 > acc_3 ? sum_1 : acc_3));
    const float8 half_0 = (sum_2.lo != sum_2.lo ? sum_2.lo : (sum_2.lo > sum_2.hi ? sum_2.lo : sum_2.hi));
    const float4 half_1 = (half_0.lo != half_0.lo ? half_0.lo : (half_0.lo > half_0.hi ? half_0.lo : half_0.hi));
    const float2 half_2 = (half_1.lo != half_1.lo ? half_1.lo : (half_1.lo > half_1.hi ? half_1.lo : half_1.hi));
    const float half_3 = (half_2.s0 != half_2.s0 ? half_2.s0 : (half_2.s0 > half_2.s1 ? half_2.s0 : half_2.s1));
    const float sum_3 = (half_3 != half_3 ? half_3 : (half_3 > tail_0 ? half_3 : tail_0));
    float kept_0[512] __attribute__((aligned(64)));
    float16 acc_4 = (float16)(0.0f);
    float16 acc_5 = (float16)(0.0f);
    float16 acc_6 = (float16)(0.0f);
    float16 acc_7 = (float16)(0.0f);
    float tail_1 = 0.0f;
    for (long i_1 = 0; i_1 + 63 < 512; i_1 += 64) {
      const float16 x_5 = vload16(0, x_0 + i_1 + 512 * row_0);
      const float16 broadcast_0 = (float16)(sum_3);
      const float16 subtract_0 = (x_5 - broadcast_0);
      const float16 exp_0 = nnd_exp_float16(subtract_0);
      acc_4 = (acc_4 + exp_0);
      *(__private float16_u*)(kept_0 + i_1) = exp_0;
      const float16 x_6 = vload16(0, x_0 + i_1 + 512 * row_0 + 16);
      const float16 broadcast_1 = (float16)(sum_3);
      const float16 subtract_1 = (x_6 - broadcast_1);
      const float16 exp_1 = nnd_exp_float16(subtract_1);
      acc_5 = (acc_5 + exp_1);
      *(__private float16_u*)(kept_0 + i_1 + 16) = exp_1;
      const float16 x_7 = vload16(0, x_0 + i_1 + 512 * row_0 + 32);
      const float16 broadcast_2 = (float16)(sum_3);
      const float16 subtract_2 = (x_7 - broadcast_2);
      const float16 exp_2 = nnd_exp_float16(subtract_2);
      acc_6 = (acc_6 + exp_2);
      *(__private float16_u*)(kept_0 + i_1 + 32) = exp_2;
      const float16 x_8 = vload16(0, x_0 + i_1 + 512 * row_0 + 48);
      const float16 broadcast_3 = (float16)(sum_3);
      const float16 subtract_3 = (x_8 - broadcast_3);
      const float16 exp_3 = nnd_exp_float16(subtract_3);
      acc_7 = (acc_7 + exp_3);
      *(__private float16_u*)(kept_0 + i_1 + 48) = exp_3;
    }
    const float16 sum_4 = (acc_4 + acc_5);
    const float16 sum_5 = (sum_4 + acc_6);
    const float16 sum_6 = (sum_5 + acc_7);
    const float8 half_4 = (sum_6.lo + sum_6.hi);
    const float4 half_5 = (half_4.lo + half_4.hi);
    const float2 half_6 = (half_5.lo + half_5.hi);
    const float half_7 = (half_6.s0 + half_6.s1);
    const float sum_7 = (half_7 + tail_1);
    const float divide_0 = (1.0f / sum_7);
    const float row_value_0 = divide_0;
    for (long i_2 = 0; i_2 + 15 < 512; i_2 += 16) {
      const float16 again_0 = vload16(0, kept_0 + i_2);
      const float16 broadcast_4 = (float16)(row_value_0);
      const float16 multiply_0 = (again_0 * broadcast_4);
      *(__global float16_u*)(y_0 + i_2 + 512 * row_0) = multiply_0;
    }
  }
}
