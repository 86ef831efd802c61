// matmul: dot, add, tanh
// space [N, 32]
// schedule gpu, tile 64 x 32 x 16, 4 x 2 per work-item

#ifndef NND_NND_TANH_FLOAT
#define NND_NND_TANH_FLOAT
float nnd_tanh_float(float x) {
  const float s = x * x;
  float p = fma((float)(1.335470175e-08f), s, (float)(2.060911409e-05f));
  p = fma(p, s, (float)(3.495590158e-03f));
  p = fma(p, s, (float)(1.338102737e-01f));
  p = fma(p, s, (float)(9.999999795e-01f));
  float q = fma((float)(7.776575609e-07f), s, (float)(3.285638074e-04f));
  q = fma(q, s, (float)(2.587699001e-02f));
  q = fma(q, s, (float)(4.671434297e-01f));
  q = fma(q, s, (float)(1.0f));
  float r = x * p / q;
  r = (float)(1.0f) < r ? (float)(1.0f) : r;
  r = (float)(-1.0f) > r ? (float)(-1.0f) : r;
  return fabs(x) > (float)(9.0f) ? copysign((float)(1.0f), x) : r;
}
#endif

__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
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
  const long local0 = get_local_id(0);
  const long group1 = get_group_id(1);
  const long local1 = get_local_id(1);
  __local float left_0[1024] __attribute__((aligned(64)));
  __local float right_0[512] __attribute__((aligned(64)));
  float acc_0_0_0 = 0.0f;
  float acc_0_1_0 = 0.0f;
  float acc_1_0_0 = 0.0f;
  float acc_1_1_0 = 0.0f;
  float acc_2_0_0 = 0.0f;
  float acc_2_1_0 = 0.0f;
  float acc_3_0_0 = 0.0f;
  float acc_3_1_0 = 0.0f;
  for (long block_0 = 0; block_0 < 32; block_0 += 16) {
    for (long part_0 = 0; part_0 < 4; part_0++) {
      const long position_0 = 64 * group1 + local1 + 16 * part_0;
      const long depth_0 = block_0 + local0;
      float element_0 = 0.0f;
      if ((((position_0) < N) & ((depth_0) < 32))) {
        const float x_3 = x_0[depth_0 + 32 * position_0];
        element_0 = x_3;
      }
      left_0[64 * local0 + local1 + 16 * part_0] = element_0;
    }
    for (long part_1 = 0; part_1 < 2; part_1++) {
      const long position_1 = ((local0 + 16 * local1) % 32);
      const long depth_1 = ((local0 + 16 * local1) / 32) + block_0 + 8 * part_1;
      float element_1 = 0.0f;
      if ((((position_1) < 32) & ((depth_1) < 32))) {
        const float x_4 = x_1[32 * depth_1 + position_1];
        element_1 = x_4;
      }
      right_0[local0 + 16 * local1 + 256 * part_1] = element_1;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (long k_0 = 0; k_0 < 16; k_0++) {
      const float a_0_0 = left_0[64 * k_0 + local1];
      const float a_1_0 = left_0[64 * k_0 + local1 + 16];
      const float a_2_0 = left_0[64 * k_0 + local1 + 32];
      const float a_3_0 = left_0[64 * k_0 + local1 + 48];
      const float b_0_0 = right_0[32 * k_0 + local0];
      acc_0_0_0 = fma(a_0_0, b_0_0, acc_0_0_0);
      acc_1_0_0 = fma(a_1_0, b_0_0, acc_1_0_0);
      acc_2_0_0 = fma(a_2_0, b_0_0, acc_2_0_0);
      acc_3_0_0 = fma(a_3_0, b_0_0, acc_3_0_0);
      const float b_1_0 = right_0[32 * k_0 + local0 + 16];
      acc_0_1_0 = fma(a_0_0, b_1_0, acc_0_1_0);
      acc_1_1_0 = fma(a_1_0, b_1_0, acc_1_1_0);
      acc_2_1_0 = fma(a_2_0, b_1_0, acc_2_1_0);
      acc_3_1_0 = fma(a_3_0, b_1_0, acc_3_1_0);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  const long row_0 = 64 * group1 + local1;
  const long column_0 = local0;
  if ((((row_0) < N) & ((column_0) < 32))) {
    const float x_5 = x_2[column_0 + 32 * row_0];
    const float add_0 = (x_5 + acc_0_0_0);
    const float tanh_0 = nnd_tanh_float(add_0);
    y_0[column_0 + 32 * row_0] = tanh_0;
  }
  const long row_1 = 64 * group1 + local1;
  const long column_1 = local0 + 16;
  if ((((row_1) < N) & ((column_1) < 32))) {
    const float x_6 = x_2[column_1 + 32 * row_1];
    const float add_1 = (x_6 + acc_0_1_0);
    const float tanh_1 = nnd_tanh_float(add_1);
    y_0[column_1 + 32 * row_1] = tanh_1;
  }
  const long row_2 = 64 * group1 + local1 + 16;
  const long column_2 = local0;
  if ((((row_2) < N) & ((column_2) < 32))) {
    const float x_7 = x_2[column_2 + 32 * row_2];
    const float add_2 = (x_7 + acc_1_0_0);
    const float tanh_2 = nnd_tanh_float(add_2);
    y_0[column_2 + 32 * row_2] = tanh_2;
  }
  const long row_3 = 64 * group1 + local1 + 16;
  const long column_3 = local0 + 16;
  if ((((row_3) < N) & ((column_3) < 32))) {
    const float x_8 = x_2[column_3 + 32 * row_3];
    const float add_3 = (x_8 + acc_1_1_0);
    const float tanh_3 = nnd_tanh_float(add_3);
    y_0[column_3 + 32 * row_3] = tanh_3;
  }
  const long row_4 = 64 * group1 + local1 + 32;
  const long column_4 = local0;
  if ((((row_4) < N) & ((column_4) < 32))) {
    const float x_9 = x_2[column_4 + 32 * row_4];
    const float add_4 = (x_9 + acc_2_0_0);
    const float tanh_4 = nnd_tanh_float(add_4);
    y_0[column_4 + 32 * row_4] = tanh_4;
  }
  const long row_5 = 64 * group1 + local1 + 32;
  const long column_5 = local0 + 16;
  if ((((row_5) < N) & ((column_5) < 32))) {
    const float x_10 = x_2[column_5 + 32 * row_5];
    const float add_5 = (x_10 + acc_2_1_0);
    const float tanh_5 = nnd_tanh_float(add_5);
    y_0[column_5 + 32 * row_5] = tanh_5;
  }
  const long row_6 = 64 * group1 + local1 + 48;
  const long column_6 = local0;
  if ((((row_6) < N) & ((column_6) < 32))) {
    const float x_11 = x_2[column_6 + 32 * row_6];
    const float add_6 = (x_11 + acc_3_0_0);
    const float tanh_6 = nnd_tanh_float(add_6);
    y_0[column_6 + 32 * row_6] = tanh_6;
  }
  const long row_7 = 64 * group1 + local1 + 48;
  const long column_7 = local0 + 16;
  if ((((row_7) < N) & ((column_7) < 32))) {
    const float x_12 = x_2[column_7 + 32 * row_7];
    const float add_7 = (x_12 + acc_3_1_0);
    const float tanh_7 = nnd_tanh_float(add_7);
    y_0[column_7 + 32 * row_7] = tanh_7;
  }
}
