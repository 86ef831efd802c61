// loop: 2 add, 3 multiply, erf
// space [N, 32, 14, 14]
// schedule gpu, a work-item per position

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

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (6272 * N))) {
    const float x_2 = x_0[point_0];
    const float p_0 = x_1[((((((point_0) / 14)) / 14)) % 32)];
    const float add_0 = (x_2 + p_0);
    const float multiply_0 = (add_0 * 0.5f);
    const float multiply_1 = (add_0 * 0.70710677f);
    const float erf_0 = nnd_erf_float(multiply_1);
    const float add_1 = (erf_0 + 1.0f);
    const float multiply_2 = (multiply_0 * add_1);
    y_0[point_0] = multiply_2;
  }
}
