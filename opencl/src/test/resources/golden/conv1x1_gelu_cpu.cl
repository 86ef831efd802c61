// matmul: convolution, 2 add, 3 multiply, erf
// space [N, 256, 7, 7]
// schedule cpu, tile 8 x 16 lanes x 2, per item 256 rows and 1 panels, k block 64
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

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_convolution_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group2 = get_group_id(2);
  float panel_0[4096] __attribute__((aligned(64)));
  for (long panel_1 = 0; panel_1 < 2; panel_1++) {
    const long column_0 = (min((long)(17), (long)(32 * panel_1)));
    for (long k_0 = 0; k_0 < 64; k_0++) {
      const float16 x_3 = vload16(0, x_0 + column_0 + 3136 * group2 + 49 * k_0);
      *(__private float16*)(panel_0 + 32 * k_0 + 2048 * panel_1) = x_3;
      const float16 x_4 = vload16(0, x_0 + column_0 + 3136 * group2 + 49 * k_0 + 16);
      *(__private float16*)(panel_0 + 32 * k_0 + 2048 * panel_1 + 16) = x_4;
    }
  }
  for (long row_0 = 0; row_0 + 7 < 256; row_0 += 8) {
    for (long panel_2 = 0; panel_2 < 2; panel_2++) {
      const long column_1 = (min((long)(17), (long)(32 * panel_2)));
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
      for (long k_1 = 0; k_1 < 64; k_1++) {
        const float16 b_0_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 2048 * panel_2);
        const float16 b_1_0 = *(__private const float16*)(panel_0 + 32 * k_1 + 2048 * panel_2 + 16);
        const float p_0 = x_1[k_1 + 64 * row_0];
        acc_0_0_0 = fma((float16)(p_0), b_0_0, acc_0_0_0);
        acc_0_1_0 = fma((float16)(p_0), b_1_0, acc_0_1_0);
        const float p_1 = x_1[k_1 + 64 * row_0 + 64];
        acc_1_0_0 = fma((float16)(p_1), b_0_0, acc_1_0_0);
        acc_1_1_0 = fma((float16)(p_1), b_1_0, acc_1_1_0);
        const float p_2 = x_1[k_1 + 64 * row_0 + 128];
        acc_2_0_0 = fma((float16)(p_2), b_0_0, acc_2_0_0);
        acc_2_1_0 = fma((float16)(p_2), b_1_0, acc_2_1_0);
        const float p_3 = x_1[k_1 + 64 * row_0 + 192];
        acc_3_0_0 = fma((float16)(p_3), b_0_0, acc_3_0_0);
        acc_3_1_0 = fma((float16)(p_3), b_1_0, acc_3_1_0);
        const float p_4 = x_1[k_1 + 64 * row_0 + 256];
        acc_4_0_0 = fma((float16)(p_4), b_0_0, acc_4_0_0);
        acc_4_1_0 = fma((float16)(p_4), b_1_0, acc_4_1_0);
        const float p_5 = x_1[k_1 + 64 * row_0 + 320];
        acc_5_0_0 = fma((float16)(p_5), b_0_0, acc_5_0_0);
        acc_5_1_0 = fma((float16)(p_5), b_1_0, acc_5_1_0);
        const float p_6 = x_1[k_1 + 64 * row_0 + 384];
        acc_6_0_0 = fma((float16)(p_6), b_0_0, acc_6_0_0);
        acc_6_1_0 = fma((float16)(p_6), b_1_0, acc_6_1_0);
        const float p_7 = x_1[k_1 + 64 * row_0 + 448];
        acc_7_0_0 = fma((float16)(p_7), b_0_0, acc_7_0_0);
        acc_7_1_0 = fma((float16)(p_7), b_1_0, acc_7_1_0);
      }
      const float x_2_s_0 = x_2[row_0];
      const float16 p_8 = (float16)(x_2_s_0);
      const float16 add_0 = (acc_0_0_0 + p_8);
      const float16 constant_0 = (float16)(0.5f);
      const float16 multiply_0 = (add_0 * constant_0);
      const float16 constant_1 = (float16)(0.70710677f);
      const float16 multiply_1 = (add_0 * constant_1);
      const float16 erf_0 = nnd_erf_float16(multiply_1);
      const float16 constant_2 = (float16)(1.0f);
      const float16 add_1 = (erf_0 + constant_2);
      const float16 multiply_2 = (multiply_0 * add_1);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0) = multiply_2;
      const float16 add_2 = (acc_0_1_0 + p_8);
      const float16 multiply_3 = (add_2 * constant_0);
      const float16 multiply_4 = (add_2 * constant_1);
      const float16 erf_1 = nnd_erf_float16(multiply_4);
      const float16 add_3 = (erf_1 + constant_2);
      const float16 multiply_5 = (multiply_3 * add_3);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 16) = multiply_5;
      const float x_2_s_1 = x_2[row_0 + 1];
      const float16 p_9 = (float16)(x_2_s_1);
      const float16 add_4 = (acc_1_0_0 + p_9);
      const float16 multiply_6 = (add_4 * constant_0);
      const float16 multiply_7 = (add_4 * constant_1);
      const float16 erf_2 = nnd_erf_float16(multiply_7);
      const float16 add_5 = (erf_2 + constant_2);
      const float16 multiply_8 = (multiply_6 * add_5);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 49) = multiply_8;
      const float16 add_6 = (acc_1_1_0 + p_9);
      const float16 multiply_9 = (add_6 * constant_0);
      const float16 multiply_10 = (add_6 * constant_1);
      const float16 erf_3 = nnd_erf_float16(multiply_10);
      const float16 add_7 = (erf_3 + constant_2);
      const float16 multiply_11 = (multiply_9 * add_7);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 65) = multiply_11;
      const float x_2_s_2 = x_2[row_0 + 2];
      const float16 p_10 = (float16)(x_2_s_2);
      const float16 add_8 = (acc_2_0_0 + p_10);
      const float16 multiply_12 = (add_8 * constant_0);
      const float16 multiply_13 = (add_8 * constant_1);
      const float16 erf_4 = nnd_erf_float16(multiply_13);
      const float16 add_9 = (erf_4 + constant_2);
      const float16 multiply_14 = (multiply_12 * add_9);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 98) = multiply_14;
      const float16 add_10 = (acc_2_1_0 + p_10);
      const float16 multiply_15 = (add_10 * constant_0);
      const float16 multiply_16 = (add_10 * constant_1);
      const float16 erf_5 = nnd_erf_float16(multiply_16);
      const float16 add_11 = (erf_5 + constant_2);
      const float16 multiply_17 = (multiply_15 * add_11);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 114) = multiply_17;
      const float x_2_s_3 = x_2[row_0 + 3];
      const float16 p_11 = (float16)(x_2_s_3);
      const float16 add_12 = (acc_3_0_0 + p_11);
      const float16 multiply_18 = (add_12 * constant_0);
      const float16 multiply_19 = (add_12 * constant_1);
      const float16 erf_6 = nnd_erf_float16(multiply_19);
      const float16 add_13 = (erf_6 + constant_2);
      const float16 multiply_20 = (multiply_18 * add_13);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 147) = multiply_20;
      const float16 add_14 = (acc_3_1_0 + p_11);
      const float16 multiply_21 = (add_14 * constant_0);
      const float16 multiply_22 = (add_14 * constant_1);
      const float16 erf_7 = nnd_erf_float16(multiply_22);
      const float16 add_15 = (erf_7 + constant_2);
      const float16 multiply_23 = (multiply_21 * add_15);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 163) = multiply_23;
      const float x_2_s_4 = x_2[row_0 + 4];
      const float16 p_12 = (float16)(x_2_s_4);
      const float16 add_16 = (acc_4_0_0 + p_12);
      const float16 multiply_24 = (add_16 * constant_0);
      const float16 multiply_25 = (add_16 * constant_1);
      const float16 erf_8 = nnd_erf_float16(multiply_25);
      const float16 add_17 = (erf_8 + constant_2);
      const float16 multiply_26 = (multiply_24 * add_17);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 196) = multiply_26;
      const float16 add_18 = (acc_4_1_0 + p_12);
      const float16 multiply_27 = (add_18 * constant_0);
      const float16 multiply_28 = (add_18 * constant_1);
      const float16 erf_9 = nnd_erf_float16(multiply_28);
      const float16 add_19 = (erf_9 + constant_2);
      const float16 multiply_29 = (multiply_27 * add_19);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 212) = multiply_29;
      const float x_2_s_5 = x_2[row_0 + 5];
      const float16 p_13 = (float16)(x_2_s_5);
      const float16 add_20 = (acc_5_0_0 + p_13);
      const float16 multiply_30 = (add_20 * constant_0);
      const float16 multiply_31 = (add_20 * constant_1);
      const float16 erf_10 = nnd_erf_float16(multiply_31);
      const float16 add_21 = (erf_10 + constant_2);
      const float16 multiply_32 = (multiply_30 * add_21);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 245) = multiply_32;
      const float16 add_22 = (acc_5_1_0 + p_13);
      const float16 multiply_33 = (add_22 * constant_0);
      const float16 multiply_34 = (add_22 * constant_1);
      const float16 erf_11 = nnd_erf_float16(multiply_34);
      const float16 add_23 = (erf_11 + constant_2);
      const float16 multiply_35 = (multiply_33 * add_23);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 261) = multiply_35;
      const float x_2_s_6 = x_2[row_0 + 6];
      const float16 p_14 = (float16)(x_2_s_6);
      const float16 add_24 = (acc_6_0_0 + p_14);
      const float16 multiply_36 = (add_24 * constant_0);
      const float16 multiply_37 = (add_24 * constant_1);
      const float16 erf_12 = nnd_erf_float16(multiply_37);
      const float16 add_25 = (erf_12 + constant_2);
      const float16 multiply_38 = (multiply_36 * add_25);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 294) = multiply_38;
      const float16 add_26 = (acc_6_1_0 + p_14);
      const float16 multiply_39 = (add_26 * constant_0);
      const float16 multiply_40 = (add_26 * constant_1);
      const float16 erf_13 = nnd_erf_float16(multiply_40);
      const float16 add_27 = (erf_13 + constant_2);
      const float16 multiply_41 = (multiply_39 * add_27);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 310) = multiply_41;
      const float x_2_s_7 = x_2[row_0 + 7];
      const float16 p_15 = (float16)(x_2_s_7);
      const float16 add_28 = (acc_7_0_0 + p_15);
      const float16 multiply_42 = (add_28 * constant_0);
      const float16 multiply_43 = (add_28 * constant_1);
      const float16 erf_14 = nnd_erf_float16(multiply_43);
      const float16 add_29 = (erf_14 + constant_2);
      const float16 multiply_44 = (multiply_42 * add_29);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 343) = multiply_44;
      const float16 add_30 = (acc_7_1_0 + p_15);
      const float16 multiply_45 = (add_30 * constant_0);
      const float16 multiply_46 = (add_30 * constant_1);
      const float16 erf_15 = nnd_erf_float16(multiply_46);
      const float16 add_31 = (erf_15 + constant_2);
      const float16 multiply_47 = (multiply_45 * add_31);
      *(__global float16_u*)(y_0 + column_1 + 12544 * group2 + 49 * row_0 + 359) = multiply_47;
    }
  }
}
