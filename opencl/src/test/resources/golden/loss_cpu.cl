// rows: subtract, multiply, reduce_sum
// space [N, 10] reduced [0, 1]
// schedule cpu, 16 lanes along axes 0..1

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void rows_reduce_sum(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  float16 acc_0 = (float16)(0.0f);
  float16 acc_1 = (float16)(0.0f);
  float16 acc_2 = (float16)(0.0f);
  float16 acc_3 = (float16)(0.0f);
  float tail_0 = 0.0f;
  for (long i_0 = 0; i_0 + 63 < (10 * N); i_0 += 64) {
    const float16 x_2 = vload16(0, x_0 + i_0);
    const float16 x_3 = vload16(0, x_1 + i_0);
    const float16 subtract_0 = (x_2 - x_3);
    const float16 multiply_0 = (subtract_0 * subtract_0);
    acc_0 = (acc_0 + multiply_0);
    const float16 x_4 = vload16(0, x_0 + i_0 + 16);
    const float16 x_5 = vload16(0, x_1 + i_0 + 16);
    const float16 subtract_1 = (x_4 - x_5);
    const float16 multiply_1 = (subtract_1 * subtract_1);
    acc_1 = (acc_1 + multiply_1);
    const float16 x_6 = vload16(0, x_0 + i_0 + 32);
    const float16 x_7 = vload16(0, x_1 + i_0 + 32);
    const float16 subtract_2 = (x_6 - x_7);
    const float16 multiply_2 = (subtract_2 * subtract_2);
    acc_2 = (acc_2 + multiply_2);
    const float16 x_8 = vload16(0, x_0 + i_0 + 48);
    const float16 x_9 = vload16(0, x_1 + i_0 + 48);
    const float16 subtract_3 = (x_8 - x_9);
    const float16 multiply_3 = (subtract_3 * subtract_3);
    acc_3 = (acc_3 + multiply_3);
  }
  for (long i_1 = 64 * (((10 * N)) / 64); i_1 + 15 < (10 * N); i_1 += 16) {
    const float16 x_10 = vload16(0, x_0 + i_1);
    const float16 x_11 = vload16(0, x_1 + i_1);
    const float16 subtract_4 = (x_10 - x_11);
    const float16 multiply_4 = (subtract_4 * subtract_4);
    acc_0 = (acc_0 + multiply_4);
  }
  for (long i_2 = 16 * (((10 * N)) / 16); i_2 < (10 * N); i_2++) {
    const float x_12 = x_0[i_2];
    const float x_13 = x_1[i_2];
    const float subtract_5 = (x_12 - x_13);
    const float multiply_5 = (subtract_5 * subtract_5);
    tail_0 = (tail_0 + multiply_5);
  }
  const float16 sum_0 = (acc_0 + acc_1);
  const float16 sum_1 = (sum_0 + acc_2);
  const float16 sum_2 = (sum_1 + acc_3);
  const float8 half_0 = (sum_2.lo + sum_2.hi);
  const float4 half_1 = (half_0.lo + half_0.hi);
  const float2 half_2 = (half_1.lo + half_1.hi);
  const float half_3 = (half_2.s0 + half_2.s1);
  const float sum_3 = (half_3 + tail_0);
  y_0[0] = sum_3;
}
