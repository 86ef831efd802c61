// loop: 2 add, 3 multiply, erf
// space [N, 32, 14, 14]
// schedule cpu, 16 lanes along axes 2..3
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

#ifndef NND_NND_ERF_FLOAT16
#define NND_NND_ERF_FLOAT16
float16 nnd_erf_float16(float16 x) {
  float16 t = (float16)(4.0f) < x ? (float16)(4.0f) : x;
  t = (float16)(-4.0f) > t ? (float16)(-4.0f) : t;
  const float16 s = t * t;
  float16 p = fma((float16)(1.974818588e-06f), s, (float16)(2.880374668e-04f));
  p = fma(p, s, (float16)(4.003558308e-03f));
  p = fma(p, s, (float16)(5.346720666e-02f));
  p = fma(p, s, (float16)(1.962472200e-01f));
  p = fma(p, s, (float16)(1.128378987e+00f));
  float16 q = fma((float16)(3.748053132e-05f), s, (float16)(1.216334756e-03f));
  q = fma(q, s, (float16)(1.544425078e-02f));
  q = fma(q, s, (float16)(1.164756641e-01f));
  q = fma(q, s, (float16)(5.072507262e-01f));
  q = fma(q, s, (float16)(1.0f));
  float16 r = t * p / q;
  r = (float16)(1.0f) < r ? (float16)(1.0f) : r;
  return (float16)(-1.0f) > r ? (float16)(-1.0f) : r;
}
#endif

#ifndef NND_NND_ERF_FLOAT
#define NND_NND_ERF_FLOAT
float nnd_erf_float(float x) {
  float t = (float)(4.0f) < x ? (float)(4.0f) : x;
  t = (float)(-4.0f) > t ? (float)(-4.0f) : t;
  const float s = t * t;
  float p = fma((float)(1.974818588e-06f), s, (float)(2.880374668e-04f));
  p = fma(p, s, (float)(4.003558308e-03f));
  p = fma(p, s, (float)(5.346720666e-02f));
  p = fma(p, s, (float)(1.962472200e-01f));
  p = fma(p, s, (float)(1.128378987e+00f));
  float q = fma((float)(3.748053132e-05f), s, (float)(1.216334756e-03f));
  q = fma(q, s, (float)(1.544425078e-02f));
  q = fma(q, s, (float)(1.164756641e-01f));
  q = fma(q, s, (float)(5.072507262e-01f));
  q = fma(q, s, (float)(1.0f));
  float r = t * p / q;
  r = (float)(1.0f) < r ? (float)(1.0f) : r;
  return (float)(-1.0f) > r ? (float)(-1.0f) : r;
}
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long row_end_0 = (min((long)(83 * group0 + 83), (long)((32 * N))));
  for (long row_0 = 83 * group0; row_0 < row_end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 196; i_0 += 16) {
      const float16 x_2 = vload16(0, x_0 + i_0 + 196 * row_0);
      const float x_1_s_0 = x_1[((row_0) % 32)];
      const float16 p_0 = (float16)(x_1_s_0);
      const float16 add_0 = (x_2 + p_0);
      const float16 constant_0 = (float16)(0.5f);
      const float16 multiply_0 = (add_0 * constant_0);
      const float16 constant_1 = (float16)(0.70710677f);
      const float16 multiply_1 = (add_0 * constant_1);
      const float16 erf_0 = nnd_erf_float16(multiply_1);
      const float16 constant_2 = (float16)(1.0f);
      const float16 add_1 = (erf_0 + constant_2);
      const float16 multiply_2 = (multiply_0 * add_1);
      *(__global float16_u*)(y_0 + i_0 + 196 * row_0) = multiply_2;
    }
    for (long i_1 = 192; i_1 < 196; i_1++) {
      const float x_3 = x_0[i_1 + 196 * row_0];
      const float p_1 = x_1[((row_0) % 32)];
      const float add_2 = (x_3 + p_1);
      const float multiply_3 = (add_2 * 0.5f);
      const float multiply_4 = (add_2 * 0.70710677f);
      const float erf_1 = nnd_erf_float(multiply_4);
      const float add_3 = (erf_1 + 1.0f);
      const float multiply_5 = (multiply_3 * add_3);
      y_0[i_1 + 196 * row_0] = multiply_5;
    }
  }
}
