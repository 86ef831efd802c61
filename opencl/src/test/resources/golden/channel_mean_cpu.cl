// rows: reduce_sum, size, convert, divide
// space [N, 32, 14, 14] reduced [0, 2, 3]
// schedule cpu, 16 lanes along axes 2..3

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void rows_reduce_sum_divide(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  float16 acc_0 = (float16)(0.0f);
  float16 acc_1 = (float16)(0.0f);
  float16 acc_2 = (float16)(0.0f);
  float16 acc_3 = (float16)(0.0f);
  float tail_0 = 0.0f;
  for (long q_0 = 0; q_0 < N; q_0++) {
    for (long i_0 = 0; i_0 + 63 < 196; i_0 += 64) {
      const float16 x_1 = vload16(0, x_0 + 196 * group0 + i_0 + 6272 * q_0);
      acc_0 = (acc_0 + x_1);
      const float16 x_2 = vload16(0, x_0 + 196 * group0 + i_0 + 6272 * q_0 + 16);
      acc_1 = (acc_1 + x_2);
      const float16 x_3 = vload16(0, x_0 + 196 * group0 + i_0 + 6272 * q_0 + 32);
      acc_2 = (acc_2 + x_3);
      const float16 x_4 = vload16(0, x_0 + 196 * group0 + i_0 + 6272 * q_0 + 48);
      acc_3 = (acc_3 + x_4);
    }
    for (long i_1 = 192; i_1 + 15 < 196; i_1 += 16) {
      const float16 x_5 = vload16(0, x_0 + 196 * group0 + i_1 + 6272 * q_0);
      acc_0 = (acc_0 + x_5);
    }
    for (long i_2 = 192; i_2 < 196; i_2++) {
      const float x_6 = x_0[196 * group0 + i_2 + 6272 * q_0];
      tail_0 = (tail_0 + x_6);
    }
  }
  const float16 sum_0 = (acc_0 + acc_1);
  const float16 sum_1 = (sum_0 + acc_2);
  const float16 sum_2 = (sum_1 + acc_3);
  const float8 half_0 = (sum_2.lo + sum_2.hi);
  const float4 half_1 = (half_0.lo + half_0.hi);
  const float2 half_2 = (half_1.lo + half_1.hi);
  const float half_3 = (half_2.s0 + half_2.s1);
  const float sum_3 = (half_3 + tail_0);
  const long size_0 = (196 * N);
  const float convert_0 = convert_float(size_0);
  const float divide_0 = (sum_3 / convert_0);
  const float row_value_0 = divide_0;
  y_0[group0] = divide_0;
}
