// rows: reduce_max, subtract, exp, reduce_sum, divide, multiply
// space [64, 1024] reduced [0]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void rows_reduce_max_exp_reduce_sum_divide_multiply(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < 1024)) {
    float acc_0 = (-INFINITY);
    for (long q_0 = 0; q_0 < 64; q_0++) {
      const float x_1 = x_0[point_0 + 1024 * q_0];
      acc_0 = (acc_0 != acc_0 ? acc_0 : (acc_0 > x_1 ? acc_0 : x_1));
    }
    float acc_1 = 0.0f;
    for (long q_1 = 0; q_1 < 64; q_1++) {
      const float x_2 = x_0[point_0 + 1024 * q_1];
      const float subtract_0 = (x_2 - acc_0);
      const float exp_0 = exp(subtract_0);
      acc_1 = (acc_1 + exp_0);
    }
    const float divide_0 = (1.0f / acc_1);
    const float row_value_0 = divide_0;
    for (long q_2 = 0; q_2 < 64; q_2++) {
      const float x_3 = x_0[point_0 + 1024 * q_2];
      const float subtract_1 = (x_3 - acc_0);
      const float exp_1 = exp(subtract_1);
      const float multiply_0 = (exp_1 * row_value_0);
      y_0[point_0 + 1024 * q_2] = multiply_0;
    }
  }
}
