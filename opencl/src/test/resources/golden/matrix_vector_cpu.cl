// dots: dot
// space [300]
// schedule cpu, tile 4 x 1 of 16 lanes along k, rows per item 16

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void dots_dot(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group1 = get_group_id(1);
  const long row_end_0 = (min((long)(16 * group1 + 16), (long)(300)));
  const long column_0 = 0;
  for (long row_0 = 16 * group1; row_0 + 3 < row_end_0; row_0 += 4) {
    float16 acc_0_0_0 = (float16)(0.0f);
    float16 acc_1_0_0 = (float16)(0.0f);
    float16 acc_2_0_0 = (float16)(0.0f);
    float16 acc_3_0_0 = (float16)(0.0f);
    for (long k_0 = 0; k_0 < 192; k_0 += 16) {
      const float16 x_2 = vload16(0, x_1 + k_0);
      const float16 p_0 = vload16(0, x_0 + k_0 + 200 * row_0);
      acc_0_0_0 = fma(p_0, x_2, acc_0_0_0);
      const float16 p_1 = vload16(0, x_0 + k_0 + 200 * row_0 + 200);
      acc_1_0_0 = fma(p_1, x_2, acc_1_0_0);
      const float16 p_2 = vload16(0, x_0 + k_0 + 200 * row_0 + 400);
      acc_2_0_0 = fma(p_2, x_2, acc_2_0_0);
      const float16 p_3 = vload16(0, x_0 + k_0 + 200 * row_0 + 600);
      acc_3_0_0 = fma(p_3, x_2, acc_3_0_0);
    }
    const long k_1 = 184;
    const float16 x_3 = vload16(0, x_1 + k_1);
    const int16 mask_0 = (int16)(-0, -0, -0, -0, -0, -0, -0, -0, -1, -1, -1, -1, -1, -1, -1, -1);
    const float16 masked_0 = (mask_0 ? x_3 : (float16)(0.0f));
    const float16 p_4 = vload16(0, x_0 + k_1 + 200 * row_0);
    const float16 masked_1 = (mask_0 ? p_4 : (float16)(0.0f));
    acc_0_0_0 = fma(masked_1, masked_0, acc_0_0_0);
    const float16 p_5 = vload16(0, x_0 + k_1 + 200 * row_0 + 200);
    const float16 masked_2 = (mask_0 ? p_5 : (float16)(0.0f));
    acc_1_0_0 = fma(masked_2, masked_0, acc_1_0_0);
    const float16 p_6 = vload16(0, x_0 + k_1 + 200 * row_0 + 400);
    const float16 masked_3 = (mask_0 ? p_6 : (float16)(0.0f));
    acc_2_0_0 = fma(masked_3, masked_0, acc_2_0_0);
    const float16 p_7 = vload16(0, x_0 + k_1 + 200 * row_0 + 600);
    const float16 masked_4 = (mask_0 ? p_7 : (float16)(0.0f));
    acc_3_0_0 = fma(masked_4, masked_0, acc_3_0_0);
    const float8 half_0 = (acc_0_0_0.lo + acc_0_0_0.hi);
    const float4 half_1 = (half_0.lo + half_0.hi);
    const float2 half_2 = (half_1.lo + half_1.hi);
    const float half_3 = (half_2.s0 + half_2.s1);
    y_0[row_0] = half_3;
    const float8 half_4 = (acc_1_0_0.lo + acc_1_0_0.hi);
    const float4 half_5 = (half_4.lo + half_4.hi);
    const float2 half_6 = (half_5.lo + half_5.hi);
    const float half_7 = (half_6.s0 + half_6.s1);
    y_0[row_0 + 1] = half_7;
    const float8 half_8 = (acc_2_0_0.lo + acc_2_0_0.hi);
    const float4 half_9 = (half_8.lo + half_8.hi);
    const float2 half_10 = (half_9.lo + half_9.hi);
    const float half_11 = (half_10.s0 + half_10.s1);
    y_0[row_0 + 2] = half_11;
    const float8 half_12 = (acc_3_0_0.lo + acc_3_0_0.hi);
    const float4 half_13 = (half_12.lo + half_12.hi);
    const float2 half_14 = (half_13.lo + half_13.hi);
    const float half_15 = (half_14.s0 + half_14.s1);
    y_0[row_0 + 3] = half_15;
  }
}
