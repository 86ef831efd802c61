// contraction: convolution
// space [N, 16, 64, 64]
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
  if (((point_0) < (65536 * N))) {
    float acc_0 = 0.0f;
    for (long k_0 = 0; k_0 < 31; k_0++) {
      for (long k_1 = 0; k_1 < 31; k_1++) {
        const float p_0 = x_1[961 * ((((((point_0) / 64)) / 64)) / N) + 31 * k_0 + k_1];
        float guarded_0 = 0.0f;
        if (((((((((point_0) / 64)) % 64) + k_0 + (-15)) >= 0) & ((((((point_0) / 64)) % 64) + k_0 + (-15)) < 64)) & (((((point_0) % 64) + k_1 + (-15)) >= 0) & ((((point_0) % 64) + k_1 + (-15)) < 64)))) {
          const float x_2 = x_0[65536 * ((((((point_0) / 64)) / 64)) % N) + 4096 * ((((((point_0) / 64)) / 64)) / N) + 64 * ((((point_0) / 64)) % 64) + ((point_0) % 64) + 64 * k_0 + k_1 + (-975)];
          guarded_0 = x_2;
        }
        acc_0 = fma(p_0, guarded_0, acc_0);
      }
    }
    y_0[65536 * ((((((point_0) / 64)) / 64)) % N) + 4096 * ((((((point_0) / 64)) / 64)) / N) + 64 * ((((point_0) / 64)) % 64) + ((point_0) % 64)] = acc_0;
  }
}
