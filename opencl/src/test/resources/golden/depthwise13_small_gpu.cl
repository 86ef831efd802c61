// contraction: convolution
// space [N, 32, 7, 7]
// schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void contraction_convolution(
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
  if (((point_0) < (1568 * N))) {
    float acc_0 = 0.0f;
    for (long k_0 = 0; k_0 < 13; k_0++) {
      for (long k_1 = 0; k_1 < 13; k_1++) {
        const float p_0 = x_1[169 * ((((((point_0) / 7)) / 7)) / N) + 13 * k_0 + k_1];
        float guarded_0 = 0.0f;
        if (((((((((point_0) / 7)) % 7) + k_0 + (-6)) >= 0) & ((((((point_0) / 7)) % 7) + k_0 + (-6)) < 7)) & (((((point_0) % 7) + k_1 + (-6)) >= 0) & ((((point_0) % 7) + k_1 + (-6)) < 7)))) {
          const float x_2 = x_0[1568 * ((((((point_0) / 7)) / 7)) % N) + 49 * ((((((point_0) / 7)) / 7)) / N) + 7 * ((((point_0) / 7)) % 7) + ((point_0) % 7) + 7 * k_0 + k_1 + (-48)];
          guarded_0 = x_2;
        }
        acc_0 = fma(p_0, guarded_0, acc_0);
      }
    }
    y_0[1568 * ((((((point_0) / 7)) / 7)) % N) + 49 * ((((((point_0) / 7)) / 7)) / N) + 7 * ((((point_0) / 7)) % 7) + ((point_0) % 7)] = acc_0;
  }
}
