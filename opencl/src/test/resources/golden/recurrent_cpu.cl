// matmul: dot, add, tanh
// space [N, 32]
// schedule cpu, tile 8 x 16 lanes x 2, per item 64 rows and 1 panels, k block 32
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

#ifndef NND_NND_TANH_FLOAT16
#define NND_NND_TANH_FLOAT16
float16 nnd_tanh_float16(float16 x) {
  const float16 s = x * x;
  float16 p = fma((float16)(1.335470175e-08f), s, (float16)(2.060911409e-05f));
  p = fma(p, s, (float16)(3.495590158e-03f));
  p = fma(p, s, (float16)(1.338102737e-01f));
  p = fma(p, s, (float16)(9.999999795e-01f));
  float16 q = fma((float16)(7.776575609e-07f), s, (float16)(3.285638074e-04f));
  q = fma(q, s, (float16)(2.587699001e-02f));
  q = fma(q, s, (float16)(4.671434297e-01f));
  q = fma(q, s, (float16)(1.0f));
  float16 r = x * p / q;
  r = (float16)(1.0f) < r ? (float16)(1.0f) : r;
  r = (float16)(-1.0f) > r ? (float16)(-1.0f) : r;
  return fabs(x) > (float16)(9.0f) ? copysign((float16)(1.0f), x) : r;
}
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_dot_tanh(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group1 = get_group_id(1);
  const long row_end_0 = (min((long)(64 * group1 + 64), (long)(N)));
  float panel_0[1024] __attribute__((aligned(64)));
  const long column_0 = 0;
  for (long k_0 = 0; k_0 < 32; k_0++) {
    const float16 x_3 = vload16(0, x_1 + column_0 + 32 * k_0);
    *(__private float16*)(panel_0 + 32 * k_0) = x_3;
    const float16 x_4 = vload16(0, x_1 + column_0 + 32 * k_0 + 16);
    *(__private float16*)(panel_0 + 32 * k_0 + 16) = x_4;
  }
  for (long row_0 = 64 * group1; row_0 + 7 < row_end_0; row_0 += 8) {
    float16 acc_0_0_0 = (float16)(0.0f);
    float16 acc_0_1_0 = (float16)(0.0f);
    float16 acc_1_0_0 = (float16)(0.0f);
    float16 acc_1_1_0 = (float16)(0.0f);
    float16 acc_2_0_0 = (float16)(0.0f);
    float16 acc_2_1_0 = (float16)(0.0f);
    float16 acc_3_0_0 = (float16)(0.0f);
    float16 acc_3_1_0 = (float16)(0.0f);
    float16 acc_4_0_0 = (float16)(0.0f);
    float16 acc_4_1_0 = (float16)(0.0f);
    float16 acc_5_0_0 = (float16)(0.0f);
    float16 acc_5_1_0 = (float16)(0.0f);
    float16 acc_6_0_0 = (float16)(0.0f);
    float16 acc_6_1_0 = (float16)(0.0f);
    float16 acc_7_0_0 = (float16)(0.0f);
    float16 acc_7_1_0 = (float16)(0.0f);
    for (long k_1 = 0; k_1 < 32; k_1++) {
      const float16 b_0_0 = *(__private const float16*)(panel_0 + 32 * k_1);
      const float16 b_1_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 16);
      const float x_5 = x_0[k_1 + 32 * row_0];
      acc_0_0_0 = fma((float16)(x_5), b_0_0, acc_0_0_0);
      acc_0_1_0 = fma((float16)(x_5), b_1_0, acc_0_1_0);
      const float x_6 = x_0[k_1 + 32 * row_0 + 32];
      acc_1_0_0 = fma((float16)(x_6), b_0_0, acc_1_0_0);
      acc_1_1_0 = fma((float16)(x_6), b_1_0, acc_1_1_0);
      const float x_7 = x_0[k_1 + 32 * row_0 + 64];
      acc_2_0_0 = fma((float16)(x_7), b_0_0, acc_2_0_0);
      acc_2_1_0 = fma((float16)(x_7), b_1_0, acc_2_1_0);
      const float x_8 = x_0[k_1 + 32 * row_0 + 96];
      acc_3_0_0 = fma((float16)(x_8), b_0_0, acc_3_0_0);
      acc_3_1_0 = fma((float16)(x_8), b_1_0, acc_3_1_0);
      const float x_9 = x_0[k_1 + 32 * row_0 + 128];
      acc_4_0_0 = fma((float16)(x_9), b_0_0, acc_4_0_0);
      acc_4_1_0 = fma((float16)(x_9), b_1_0, acc_4_1_0);
      const float x_10 = x_0[k_1 + 32 * row_0 + 160];
      acc_5_0_0 = fma((float16)(x_10), b_0_0, acc_5_0_0);
      acc_5_1_0 = fma((float16)(x_10), b_1_0, acc_5_1_0);
      const float x_11 = x_0[k_1 + 32 * row_0 + 192];
      acc_6_0_0 = fma((float16)(x_11), b_0_0, acc_6_0_0);
      acc_6_1_0 = fma((float16)(x_11), b_1_0, acc_6_1_0);
      const float x_12 = x_0[k_1 + 32 * row_0 + 224];
      acc_7_0_0 = fma((float16)(x_12), b_0_0, acc_7_0_0);
      acc_7_1_0 = fma((float16)(x_12), b_1_0, acc_7_1_0);
    }
    const float16 x_13 = vload16(0, x_2 + column_0 + 32 * row_0);
    const float16 add_0 = (x_13 + acc_0_0_0);
    const float16 tanh_0 = nnd_tanh_float16(add_0);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0) = tanh_0;
    const float16 x_14 = vload16(0, x_2 + column_0 + 32 * row_0 + 16);
    const float16 add_1 = (x_14 + acc_0_1_0);
    const float16 tanh_1 = nnd_tanh_float16(add_1);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 16) = tanh_1;
    const float16 x_15 = vload16(0, x_2 + column_0 + 32 * row_0 + 32);
    const float16 add_2 = (x_15 + acc_1_0_0);
    const float16 tanh_2 = nnd_tanh_float16(add_2);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 32) = tanh_2;
    const float16 x_16 = vload16(0, x_2 + column_0 + 32 * row_0 + 48);
    const float16 add_3 = (x_16 + acc_1_1_0);
    const float16 tanh_3 = nnd_tanh_float16(add_3);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 48) = tanh_3;
    const float16 x_17 = vload16(0, x_2 + column_0 + 32 * row_0 + 64);
    const float16 add_4 = (x_17 + acc_2_0_0);
    const float16 tanh_4 = nnd_tanh_float16(add_4);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 64) = tanh_4;
    const float16 x_18 = vload16(0, x_2 + column_0 + 32 * row_0 + 80);
    const float16 add_5 = (x_18 + acc_2_1_0);
    const float16 tanh_5 = nnd_tanh_float16(add_5);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 80) = tanh_5;
    const float16 x_19 = vload16(0, x_2 + column_0 + 32 * row_0 + 96);
    const float16 add_6 = (x_19 + acc_3_0_0);
    const float16 tanh_6 = nnd_tanh_float16(add_6);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 96) = tanh_6;
    const float16 x_20 = vload16(0, x_2 + column_0 + 32 * row_0 + 112);
    const float16 add_7 = (x_20 + acc_3_1_0);
    const float16 tanh_7 = nnd_tanh_float16(add_7);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 112) = tanh_7;
    const float16 x_21 = vload16(0, x_2 + column_0 + 32 * row_0 + 128);
    const float16 add_8 = (x_21 + acc_4_0_0);
    const float16 tanh_8 = nnd_tanh_float16(add_8);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 128) = tanh_8;
    const float16 x_22 = vload16(0, x_2 + column_0 + 32 * row_0 + 144);
    const float16 add_9 = (x_22 + acc_4_1_0);
    const float16 tanh_9 = nnd_tanh_float16(add_9);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 144) = tanh_9;
    const float16 x_23 = vload16(0, x_2 + column_0 + 32 * row_0 + 160);
    const float16 add_10 = (x_23 + acc_5_0_0);
    const float16 tanh_10 = nnd_tanh_float16(add_10);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 160) = tanh_10;
    const float16 x_24 = vload16(0, x_2 + column_0 + 32 * row_0 + 176);
    const float16 add_11 = (x_24 + acc_5_1_0);
    const float16 tanh_11 = nnd_tanh_float16(add_11);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 176) = tanh_11;
    const float16 x_25 = vload16(0, x_2 + column_0 + 32 * row_0 + 192);
    const float16 add_12 = (x_25 + acc_6_0_0);
    const float16 tanh_12 = nnd_tanh_float16(add_12);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 192) = tanh_12;
    const float16 x_26 = vload16(0, x_2 + column_0 + 32 * row_0 + 208);
    const float16 add_13 = (x_26 + acc_6_1_0);
    const float16 tanh_13 = nnd_tanh_float16(add_13);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 208) = tanh_13;
    const float16 x_27 = vload16(0, x_2 + column_0 + 32 * row_0 + 224);
    const float16 add_14 = (x_27 + acc_7_0_0);
    const float16 tanh_14 = nnd_tanh_float16(add_14);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 224) = tanh_14;
    const float16 x_28 = vload16(0, x_2 + column_0 + 32 * row_0 + 240);
    const float16 add_15 = (x_28 + acc_7_1_0);
    const float16 tanh_15 = nnd_tanh_float16(add_15);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_0 + 240) = tanh_15;
  }
  for (long row_1 = 8 * ((row_end_0) / 8); row_1 < row_end_0; row_1++) {
    float16 acc_0_0_1 = (float16)(0.0f);
    float16 acc_0_1_1 = (float16)(0.0f);
    for (long k_2 = 0; k_2 < 32; k_2++) {
      const float16 b_0_1 = *(__private const float16*)(panel_0 + 32 * k_2);
      const float16 b_1_1 = *(__private const float16*)(panel_0 + 32 * k_2 + 16);
      const float x_29 = x_0[k_2 + 32 * row_1];
      acc_0_0_1 = fma((float16)(x_29), b_0_1, acc_0_0_1);
      acc_0_1_1 = fma((float16)(x_29), b_1_1, acc_0_1_1);
    }
    const float16 x_30 = vload16(0, x_2 + column_0 + 32 * row_1);
    const float16 add_16 = (x_30 + acc_0_0_1);
    const float16 tanh_16 = nnd_tanh_float16(add_16);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_1) = tanh_16;
    const float16 x_31 = vload16(0, x_2 + column_0 + 32 * row_1 + 16);
    const float16 add_17 = (x_31 + acc_0_1_1);
    const float16 tanh_17 = nnd_tanh_float16(add_17);
    *(__global float16_u*)(y_0 + column_0 + 32 * row_1 + 16) = tanh_17;
  }
}
