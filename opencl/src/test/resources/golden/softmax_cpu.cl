// rows: reduce_max, subtract, exp, reduce_sum, divide, multiply
// space [N, 10] reduced [1]
// schedule cpu, 8 lanes along axes 1..1
#ifndef NND_FLOAT8_U
#define NND_FLOAT8_U
typedef float8 float8_u __attribute__((aligned(4)));
#endif

#ifndef NND_NND_EXP_FLOAT8
#define NND_NND_EXP_FLOAT8
float8 nnd_exp_float8(float8 x) {
  float8 t = (float8)(88.8f) < x ? (float8)(88.8f) : x;
  t = (float8)(-87.5f) > t ? (float8)(-87.5f) : t;
  const float8 shifted = fma(t, (float8)(1.442695041f), (float8)(12583038.0f));
  const float8 n = shifted - (float8)(12583038.0f);
  float8 r = fma(n, (float8)(-0.693359375f), t);
  r = fma(n, (float8)(2.121944401e-04f), r);
  float8 p = fma((float8)(2.762922086e-03f), r, (float8)(1.673743131e-02f));
  p = fma(p, r, (float8)(8.333677798e-02f));
  p = fma(p, r, (float8)(3.333304226e-01f));
  p = fma(p, r, (float8)(9.999998808e-01f));
  p = fma(p, r, (float8)(2.0f));
  p = fma(p, r, (float8)(2.0f));
  return p * as_float8(as_int8(shifted) << (int8)(23));
}
#endif

#ifndef NND_NND_EXP_FLOAT
#define NND_NND_EXP_FLOAT
float nnd_exp_float(float x) {
  float t = (float)(88.8f) < x ? (float)(88.8f) : x;
  t = (float)(-87.5f) > t ? (float)(-87.5f) : t;
  const float shifted = fma(t, (float)(1.442695041f), (float)(12583038.0f));
  const float n = shifted - (float)(12583038.0f);
  float r = fma(n, (float)(-0.693359375f), t);
  r = fma(n, (float)(2.121944401e-04f), r);
  float p = fma((float)(2.762922086e-03f), r, (float)(1.673743131e-02f));
  p = fma(p, r, (float)(8.333677798e-02f));
  p = fma(p, r, (float)(3.333304226e-01f));
  p = fma(p, r, (float)(9.999998808e-01f));
  p = fma(p, r, (float)(2.0f));
  p = fma(p, r, (float)(2.0f));
  return p * as_float(as_int(shifted) << (int)(23));
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
  const long row_end_0 = (min((long)(546 * group0 + 546), (long)(N)));
  for (long row_0 = 546 * group0; row_0 < row_end_0; row_0++) {
    float8 acc_0 = (float8)((-INFINITY));
    float tail_0 = (-INFINITY);
    for (long i_0 = 0; i_0 + 7 < 10; i_0 += 8) {
      const float8 x_1 = vload8(0, x_0 + i_0 + 10 * row_0);
      acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > x_1 ? acc_0 : x_1));
    }
    for (long i_1 = 8; i_1 < 10; i_1++) {
      const float x_2 = x_0[i_1 + 10 * row_0];
      tail_0 = (tail_0 != tail_0 ? tail_0 : (tail_0 > x_2 ? tail_0 : x_2));
    }
    const float4 half_0 = (acc_0.lo != acc_0.lo ? acc_0.lo : (acc_0.lo > acc_0.hi ? acc_0.lo : acc_0.hi));
    const float2 half_1 = (half_0.lo != half_0.lo ? half_0.lo : (half_0.lo > half_0.hi ? half_0.lo : half_0.hi));
    const float half_2 = (half_1.s0 != half_1.s0 ? half_1.s0 : (half_1.s0 > half_1.s1 ? half_1.s0 : half_1.s1));
    const float sum_0 = (half_2 != half_2 ? half_2 : (half_2 > tail_0 ? half_2 : tail_0));
    float kept_0[10] __attribute__((aligned(64)));
    float8 acc_1 = (float8)(0.0f);
    float tail_1 = 0.0f;
    for (long i_2 = 0; i_2 + 7 < 10; i_2 += 8) {
      const float8 x_3 = vload8(0, x_0 + i_2 + 10 * row_0);
      const float8 broadcast_0 = (float8)(sum_0);
      const float8 subtract_0 = (x_3 - broadcast_0);
      const float8 exp_0 = nnd_exp_float8(subtract_0);
      acc_1 = (acc_1 + exp_0);
      *(__private float8_u*)(kept_0 + i_2) = exp_0;
    }
    for (long i_3 = 8; i_3 < 10; i_3++) {
      const float x_4 = x_0[i_3 + 10 * row_0];
      const float subtract_1 = (x_4 - sum_0);
      const float exp_1 = nnd_exp_float(subtract_1);
      tail_1 = (tail_1 + exp_1);
      kept_0[i_3] = exp_1;
    }
    const float4 half_3 = (acc_1.lo + acc_1.hi);
    const float2 half_4 = (half_3.lo + half_3.hi);
    const float half_5 = (half_4.s0 + half_4.s1);
    const float sum_1 = (half_5 + tail_1);
    const float divide_0 = (1.0f / sum_1);
    const float row_value_0 = divide_0;
    for (long i_4 = 0; i_4 + 7 < 10; i_4 += 8) {
      const float8 again_0 = vload8(0, kept_0 + i_4);
      const float8 broadcast_1 = (float8)(row_value_0);
      const float8 multiply_0 = (again_0 * broadcast_1);
      *(__global float8_u*)(y_0 + i_4 + 10 * row_0) = multiply_0;
    }
    for (long i_5 = 8; i_5 < 10; i_5++) {
      const float again_1 = kept_0[i_5];
      const float multiply_1 = (again_1 * row_value_0);
      y_0[i_5 + 10 * row_0] = multiply_1;
    }
  }
}
