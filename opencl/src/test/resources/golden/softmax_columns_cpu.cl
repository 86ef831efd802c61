// rows: reduce_max, subtract, exp, reduce_sum, divide, multiply
// space [64, 1024] reduced [0]
// schedule cpu, 16 lanes along axes 1..1
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
  const long end_0 = (min((long)(64 * group0 + 64), (long)(1024)));
  for (long i_0 = 64 * group0; i_0 + 31 < end_0; i_0 += 32) {
    float kept_0[2048] __attribute__((aligned(64)));
    float16 acc_0 = (float16)((-INFINITY));
    float16 acc_1 = (float16)((-INFINITY));
    for (long q_0 = 0; q_0 < 64; q_0++) {
      const float16 x_1 = vload16(0, x_0 + i_0 + 1024 * q_0);
      acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > x_1 ? acc_0 : x_1));
      *(__private float16_u*)(kept_0 + 32 * q_0) = x_1;
      const float16 x_2 = vload16(0, x_0 + i_0 + 1024 * q_0 + 16);
      acc_1 = (acc_1 != acc_1 ? acc_1 : (acc_1 > x_2 ? acc_1 : x_2));
      *(__private float16_u*)(kept_0 + 32 * q_0 + 16) = x_2;
    }
    float16 acc_2 = (float16)(0.0f);
    float16 acc_3 = (float16)(0.0f);
    for (long q_1 = 0; q_1 < 64; q_1++) {
      const float16 again_0 = vload16(0, kept_0 + 32 * q_1);
      const float16 subtract_0 = (again_0 - acc_0);
      const float16 exp_0 = nnd_exp_float16(subtract_0);
      acc_2 = (acc_2 + exp_0);
      *(__private float16_u*)(kept_0 + 32 * q_1) = exp_0;
      const float16 again_1 = vload16(0, kept_0 + 32 * q_1 + 16);
      const float16 subtract_1 = (again_1 - acc_1);
      const float16 exp_1 = nnd_exp_float16(subtract_1);
      acc_3 = (acc_3 + exp_1);
      *(__private float16_u*)(kept_0 + 32 * q_1 + 16) = exp_1;
    }
    const float16 constant_0 = (float16)(1.0f);
    const float16 divide_0 = (constant_0 / acc_2);
    const float16 row_value_0 = divide_0;
    const float16 divide_1 = (constant_0 / acc_3);
    const float16 row_value_1 = divide_1;
    for (long q_2 = 0; q_2 < 64; q_2++) {
      const float16 again_2 = vload16(0, kept_0 + 32 * q_2);
      const float16 multiply_0 = (again_2 * row_value_0);
      *(__global float16_u*)(y_0 + i_0 + 1024 * q_2) = multiply_0;
      const float16 again_3 = vload16(0, kept_0 + 32 * q_2 + 16);
      const float16 multiply_1 = (again_3 * row_value_1);
      *(__global float16_u*)(y_0 + i_0 + 1024 * q_2 + 16) = multiply_1;
    }
  }
}
