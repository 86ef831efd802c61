// matmul: convolution, 2 add, 3 multiply, erf
// space [N, 256, 7, 7]
// schedule gpu, tile 64 x 64 x 16, 4 x 4 per work-item

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

__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
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
  const long local0 = get_local_id(0);
  const long group1 = get_group_id(1);
  const long local1 = get_local_id(1);
  const long group2 = get_group_id(2);
  __local float left_0[1024] __attribute__((aligned(64)));
  __local float right_0[1024] __attribute__((aligned(64)));
  float acc_0_0_0 = 0.0f;
  float acc_0_1_0 = 0.0f;
  float acc_0_2_0 = 0.0f;
  float acc_0_3_0 = 0.0f;
  float acc_1_0_0 = 0.0f;
  float acc_1_1_0 = 0.0f;
  float acc_1_2_0 = 0.0f;
  float acc_1_3_0 = 0.0f;
  float acc_2_0_0 = 0.0f;
  float acc_2_1_0 = 0.0f;
  float acc_2_2_0 = 0.0f;
  float acc_2_3_0 = 0.0f;
  float acc_3_0_0 = 0.0f;
  float acc_3_1_0 = 0.0f;
  float acc_3_2_0 = 0.0f;
  float acc_3_3_0 = 0.0f;
  for (long block_0 = 0; block_0 < 64; block_0 += 16) {
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_0 = 64 * group1 + local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < 256) & ((depth_0) < 64))) {
        const float p_0 = x_1[depth_0 + 64 * position_0];
        element_0 = p_0;
      }
      left_0[64 * local0 + local1 + 16 * part_0] = element_0;
    }
    for (long part_1 = 0; part_1 < 4; part_1++) {
      const long position_1 = ((local0 + 16 * local1) % 64);
      const long depth_1 = ((local0 + 16 * local1) / 64) + block_0 + 4 * part_1;
      float element_1 = 0.0f;
      if ((((position_1) < 49) & ((depth_1) < 64))) {
        const float x_3 = x_0[49 * depth_1 + 3136 * group2 + position_1];
        element_1 = x_3;
      }
      right_0[local0 + 16 * local1 + 256 * part_1] = element_1;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float a_0_0 = left_0[64 * k_0 + local1];
      const float a_1_0 = left_0[64 * k_0 + local1 + 16];
      const float a_2_0 = left_0[64 * k_0 + local1 + 32];
      const float a_3_0 = left_0[64 * k_0 + local1 + 48];
      const float b_0_0 = right_0[64 * k_0 + local0];
      acc_0_0_0 = fma(a_0_0, b_0_0, acc_0_0_0);
      acc_1_0_0 = fma(a_1_0, b_0_0, acc_1_0_0);
      acc_2_0_0 = fma(a_2_0, b_0_0, acc_2_0_0);
      acc_3_0_0 = fma(a_3_0, b_0_0, acc_3_0_0);
      const float b_1_0 = right_0[64 * k_0 + local0 + 16];
      acc_0_1_0 = fma(a_0_0, b_1_0, acc_0_1_0);
      acc_1_1_0 = fma(a_1_0, b_1_0, acc_1_1_0);
      acc_2_1_0 = fma(a_2_0, b_1_0, acc_2_1_0);
      acc_3_1_0 = fma(a_3_0, b_1_0, acc_3_1_0);
      const float b_2_0 = right_0[64 * k_0 + local0 + 32];
      acc_0_2_0 = fma(a_0_0, b_2_0, acc_0_2_0);
      acc_1_2_0 = fma(a_1_0, b_2_0, acc_1_2_0);
      acc_2_2_0 = fma(a_2_0, b_2_0, acc_2_2_0);
      acc_3_2_0 = fma(a_3_0, b_2_0, acc_3_2_0);
      const float b_3_0 = right_0[64 * k_0 + local0 + 48];
      acc_0_3_0 = fma(a_0_0, b_3_0, acc_0_3_0);
      acc_1_3_0 = fma(a_1_0, b_3_0, acc_1_3_0);
      acc_2_3_0 = fma(a_2_0, b_3_0, acc_2_3_0);
      acc_3_3_0 = fma(a_3_0, b_3_0, acc_3_3_0);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const long row_0 = 64 * group1 + local1;
  const long column_0 = local0;
  if ((((row_0) < 256) & ((column_0) < 49))) {
    const float p_1 = x_2[row_0];
    const float add_0 = (acc_0_0_0 + p_1);
    const float multiply_0 = (add_0 * 0.5f);
    const float multiply_1 = (add_0 * 0.70710677f);
    const float erf_0 = nnd_erf_float(multiply_1);
    const float add_1 = (erf_0 + 1.0f);
    const float multiply_2 = (multiply_0 * add_1);
    y_0[column_0 + 12544 * group2 + 49 * row_0] = multiply_2;
  }
  const long row_1 = 64 * group1 + local1;
  const long column_1 = local0 + 16;
  if ((((row_1) < 256) & ((column_1) < 49))) {
    const float p_2 = x_2[row_1];
    const float add_2 = (acc_0_1_0 + p_2);
    const float multiply_3 = (add_2 * 0.5f);
    const float multiply_4 = (add_2 * 0.70710677f);
    const float erf_1 = nnd_erf_float(multiply_4);
    const float add_3 = (erf_1 + 1.0f);
    const float multiply_5 = (multiply_3 * add_3);
    y_0[column_1 + 12544 * group2 + 49 * row_1] = multiply_5;
  }
  const long row_2 = 64 * group1 + local1;
  const long column_2 = local0 + 32;
  if ((((row_2) < 256) & ((column_2) < 49))) {
    const float p_3 = x_2[row_2];
    const float add_4 = (acc_0_2_0 + p_3);
    const float multiply_6 = (add_4 * 0.5f);
    const float multiply_7 = (add_4 * 0.70710677f);
    const float erf_2 = nnd_erf_float(multiply_7);
    const float add_5 = (erf_2 + 1.0f);
    const float multiply_8 = (multiply_6 * add_5);
    y_0[column_2 + 12544 * group2 + 49 * row_2] = multiply_8;
  }
  const long row_3 = 64 * group1 + local1;
  const long column_3 = local0 + 48;
  if ((((row_3) < 256) & ((column_3) < 49))) {
    const float p_4 = x_2[row_3];
    const float add_6 = (acc_0_3_0 + p_4);
    const float multiply_9 = (add_6 * 0.5f);
    const float multiply_10 = (add_6 * 0.70710677f);
    const float erf_3 = nnd_erf_float(multiply_10);
    const float add_7 = (erf_3 + 1.0f);
    const float multiply_11 = (multiply_9 * add_7);
    y_0[column_3 + 12544 * group2 + 49 * row_3] = multiply_11;
  }
  const long row_4 = 64 * group1 + local1 + 16;
  const long column_4 = local0;
  if ((((row_4) < 256) & ((column_4) < 49))) {
    const float p_5 = x_2[row_4];
    const float add_8 = (acc_1_0_0 + p_5);
    const float multiply_12 = (add_8 * 0.5f);
    const float multiply_13 = (add_8 * 0.70710677f);
    const float erf_4 = nnd_erf_float(multiply_13);
    const float add_9 = (erf_4 + 1.0f);
    const float multiply_14 = (multiply_12 * add_9);
    y_0[column_4 + 12544 * group2 + 49 * row_4] = multiply_14;
  }
  const long row_5 = 64 * group1 + local1 + 16;
  const long column_5 = local0 + 16;
  if ((((row_5) < 256) & ((column_5) < 49))) {
    const float p_6 = x_2[row_5];
    const float add_10 = (acc_1_1_0 + p_6);
    const float multiply_15 = (add_10 * 0.5f);
    const float multiply_16 = (add_10 * 0.70710677f);
    const float erf_5 = nnd_erf_float(multiply_16);
    const float add_11 = (erf_5 + 1.0f);
    const float multiply_17 = (multiply_15 * add_11);
    y_0[column_5 + 12544 * group2 + 49 * row_5] = multiply_17;
  }
  const long row_6 = 64 * group1 + local1 + 16;
  const long column_6 = local0 + 32;
  if ((((row_6) < 256) & ((column_6) < 49))) {
    const float p_7 = x_2[row_6];
    const float add_12 = (acc_1_2_0 + p_7);
    const float multiply_18 = (add_12 * 0.5f);
    const float multiply_19 = (add_12 * 0.70710677f);
    const float erf_6 = nnd_erf_float(multiply_19);
    const float add_13 = (erf_6 + 1.0f);
    const float multiply_20 = (multiply_18 * add_13);
    y_0[column_6 + 12544 * group2 + 49 * row_6] = multiply_20;
  }
  const long row_7 = 64 * group1 + local1 + 16;
  const long column_7 = local0 + 48;
  if ((((row_7) < 256) & ((column_7) < 49))) {
    const float p_8 = x_2[row_7];
    const float add_14 = (acc_1_3_0 + p_8);
    const float multiply_21 = (add_14 * 0.5f);
    const float multiply_22 = (add_14 * 0.70710677f);
    const float erf_7 = nnd_erf_float(multiply_22);
    const float add_15 = (erf_7 + 1.0f);
    const float multiply_23 = (multiply_21 * add_15);
    y_0[column_7 + 12544 * group2 + 49 * row_7] = multiply_23;
  }
  const long row_8 = 64 * group1 + local1 + 32;
  const long column_8 = local0;
  if ((((row_8) < 256) & ((column_8) < 49))) {
    const float p_9 = x_2[row_8];
    const float add_16 = (acc_2_0_0 + p_9);
    const float multiply_24 = (add_16 * 0.5f);
    const float multiply_25 = (add_16 * 0.70710677f);
    const float erf_8 = nnd_erf_float(multiply_25);
    const float add_17 = (erf_8 + 1.0f);
    const float multiply_26 = (multiply_24 * add_17);
    y_0[column_8 + 12544 * group2 + 49 * row_8] = multiply_26;
  }
  const long row_9 = 64 * group1 + local1 + 32;
  const long column_9 = local0 + 16;
  if ((((row_9) < 256) & ((column_9) < 49))) {
    const float p_10 = x_2[row_9];
    const float add_18 = (acc_2_1_0 + p_10);
    const float multiply_27 = (add_18 * 0.5f);
    const float multiply_28 = (add_18 * 0.70710677f);
    const float erf_9 = nnd_erf_float(multiply_28);
    const float add_19 = (erf_9 + 1.0f);
    const float multiply_29 = (multiply_27 * add_19);
    y_0[column_9 + 12544 * group2 + 49 * row_9] = multiply_29;
  }
  const long row_10 = 64 * group1 + local1 + 32;
  const long column_10 = local0 + 32;
  if ((((row_10) < 256) & ((column_10) < 49))) {
    const float p_11 = x_2[row_10];
    const float add_20 = (acc_2_2_0 + p_11);
    const float multiply_30 = (add_20 * 0.5f);
    const float multiply_31 = (add_20 * 0.70710677f);
    const float erf_10 = nnd_erf_float(multiply_31);
    const float add_21 = (erf_10 + 1.0f);
    const float multiply_32 = (multiply_30 * add_21);
    y_0[column_10 + 12544 * group2 + 49 * row_10] = multiply_32;
  }
  const long row_11 = 64 * group1 + local1 + 32;
  const long column_11 = local0 + 48;
  if ((((row_11) < 256) & ((column_11) < 49))) {
    const float p_12 = x_2[row_11];
    const float add_22 = (acc_2_3_0 + p_12);
    const float multiply_33 = (add_22 * 0.5f);
    const float multiply_34 = (add_22 * 0.70710677f);
    const float erf_11 = nnd_erf_float(multiply_34);
    const float add_23 = (erf_11 + 1.0f);
    const float multiply_35 = (multiply_33 * add_23);
    y_0[column_11 + 12544 * group2 + 49 * row_11] = multiply_35;
  }
  const long row_12 = 64 * group1 + local1 + 48;
  const long column_12 = local0;
  if ((((row_12) < 256) & ((column_12) < 49))) {
    const float p_13 = x_2[row_12];
    const float add_24 = (acc_3_0_0 + p_13);
    const float multiply_36 = (add_24 * 0.5f);
    const float multiply_37 = (add_24 * 0.70710677f);
    const float erf_12 = nnd_erf_float(multiply_37);
    const float add_25 = (erf_12 + 1.0f);
    const float multiply_38 = (multiply_36 * add_25);
    y_0[column_12 + 12544 * group2 + 49 * row_12] = multiply_38;
  }
  const long row_13 = 64 * group1 + local1 + 48;
  const long column_13 = local0 + 16;
  if ((((row_13) < 256) & ((column_13) < 49))) {
    const float p_14 = x_2[row_13];
    const float add_26 = (acc_3_1_0 + p_14);
    const float multiply_39 = (add_26 * 0.5f);
    const float multiply_40 = (add_26 * 0.70710677f);
    const float erf_13 = nnd_erf_float(multiply_40);
    const float add_27 = (erf_13 + 1.0f);
    const float multiply_41 = (multiply_39 * add_27);
    y_0[column_13 + 12544 * group2 + 49 * row_13] = multiply_41;
  }
  const long row_14 = 64 * group1 + local1 + 48;
  const long column_14 = local0 + 32;
  if ((((row_14) < 256) & ((column_14) < 49))) {
    const float p_15 = x_2[row_14];
    const float add_28 = (acc_3_2_0 + p_15);
    const float multiply_42 = (add_28 * 0.5f);
    const float multiply_43 = (add_28 * 0.70710677f);
    const float erf_14 = nnd_erf_float(multiply_43);
    const float add_29 = (erf_14 + 1.0f);
    const float multiply_44 = (multiply_42 * add_29);
    y_0[column_14 + 12544 * group2 + 49 * row_14] = multiply_44;
  }
  const long row_15 = 64 * group1 + local1 + 48;
  const long column_15 = local0 + 48;
  if ((((row_15) < 256) & ((column_15) < 49))) {
    const float p_16 = x_2[row_15];
    const float add_30 = (acc_3_3_0 + p_16);
    const float multiply_45 = (add_30 * 0.5f);
    const float multiply_46 = (add_30 * 0.70710677f);
    const float erf_15 = nnd_erf_float(multiply_46);
    const float add_31 = (erf_15 + 1.0f);
    const float multiply_47 = (multiply_45 * add_31);
    y_0[column_15 + 12544 * group2 + 49 * row_15] = multiply_47;
  }
}
