// matmul: dot
// space [256, 128]
// schedule cpu, tile 8 x 16 lanes x 2, per item 256 rows and 1 panels, k block 512 (several)
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void matmul_dot(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global const float* restrict x_1_base, const ulong x_1_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global const float* restrict x_1 = x_1_base + x_1_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  float panel_0[16384] __attribute__((aligned(64)));
  float sums_0[8192] __attribute__((aligned(64)));
  const long column_0 = 32 * group0;
  for (long i_0 = 0; i_0 < 512; i_0++) {
    *(__private float16*)(sums_0 + 16 * i_0) = (float16)(0.0f);
  }
  for (long k_block_0 = 0; k_block_0 < N; k_block_0 += 512) {
    const long k_end_0 = (min((long)(k_block_0 + 512), (long)(N)));
    for (long k_0 = k_block_0; k_0 < k_end_0; k_0++) {
      const float16 x_2 = vload16(0, x_1 + column_0 + 128 * k_0);
      *(__private float16*)(panel_0 + 32 * k_0 + (-32) * k_block_0) = x_2;
      const float16 x_3 = vload16(0, x_1 + column_0 + 128 * k_0 + 16);
      *(__private float16*)(panel_0 + 32 * k_0 + (-32) * k_block_0 + 16) = x_3;
    }
    for (long row_0 = 0; row_0 + 7 < 256; row_0 += 8) {
      float16 acc_0_0_0 = *(__private const float16*)(sums_0 + 32 * row_0);
      float16 acc_0_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 16);
      float16 acc_1_0_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 32);
      float16 acc_1_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 48);
      float16 acc_2_0_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 64);
      float16 acc_2_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 80);
      float16 acc_3_0_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 96);
      float16 acc_3_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 112);
      float16 acc_4_0_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 128);
      float16 acc_4_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 144);
      float16 acc_5_0_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 160);
      float16 acc_5_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 176);
      float16 acc_6_0_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 192);
      float16 acc_6_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 208);
      float16 acc_7_0_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 224);
      float16 acc_7_1_0 = *(__private const float16*)(sums_0 + 32 * row_0 + 240);
      for (long k_1 = k_block_0; k_1 < k_end_0; k_1++) {
        const float16 b_0_0 = *(__private const float16*)(panel_0 + 32 * k_1 + (-32) * k_block_0);
        const float16 b_1_0 = *(__private const float16*)(panel_0 + 32 * k_1 + (-32) * k_block_0 + 16);
        const float x_4 = x_0[256 * k_1 + row_0];
        acc_0_0_0 = fma((float16)(x_4), b_0_0, acc_0_0_0);
        acc_0_1_0 = fma((float16)(x_4), b_1_0, acc_0_1_0);
        const float x_5 = x_0[256 * k_1 + row_0 + 1];
        acc_1_0_0 = fma((float16)(x_5), b_0_0, acc_1_0_0);
        acc_1_1_0 = fma((float16)(x_5), b_1_0, acc_1_1_0);
        const float x_6 = x_0[256 * k_1 + row_0 + 2];
        acc_2_0_0 = fma((float16)(x_6), b_0_0, acc_2_0_0);
        acc_2_1_0 = fma((float16)(x_6), b_1_0, acc_2_1_0);
        const float x_7 = x_0[256 * k_1 + row_0 + 3];
        acc_3_0_0 = fma((float16)(x_7), b_0_0, acc_3_0_0);
        acc_3_1_0 = fma((float16)(x_7), b_1_0, acc_3_1_0);
        const float x_8 = x_0[256 * k_1 + row_0 + 4];
        acc_4_0_0 = fma((float16)(x_8), b_0_0, acc_4_0_0);
        acc_4_1_0 = fma((float16)(x_8), b_1_0, acc_4_1_0);
        const float x_9 = x_0[256 * k_1 + row_0 + 5];
        acc_5_0_0 = fma((float16)(x_9), b_0_0, acc_5_0_0);
        acc_5_1_0 = fma((float16)(x_9), b_1_0, acc_5_1_0);
        const float x_10 = x_0[256 * k_1 + row_0 + 6];
        acc_6_0_0 = fma((float16)(x_10), b_0_0, acc_6_0_0);
        acc_6_1_0 = fma((float16)(x_10), b_1_0, acc_6_1_0);
        const float x_11 = x_0[256 * k_1 + row_0 + 7];
        acc_7_0_0 = fma((float16)(x_11), b_0_0, acc_7_0_0);
        acc_7_1_0 = fma((float16)(x_11), b_1_0, acc_7_1_0);
      }
      *(__private float16*)(sums_0 + 32 * row_0) = acc_0_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 16) = acc_0_1_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 32) = acc_1_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 48) = acc_1_1_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 64) = acc_2_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 80) = acc_2_1_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 96) = acc_3_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 112) = acc_3_1_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 128) = acc_4_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 144) = acc_4_1_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 160) = acc_5_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 176) = acc_5_1_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 192) = acc_6_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 208) = acc_6_1_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 224) = acc_7_0_0;
      *(__private float16*)(sums_0 + 32 * row_0 + 240) = acc_7_1_0;
    }
  }
  for (long row_1 = 0; row_1 + 7 < 256; row_1 += 8) {
    float16 acc_0_0_1 = *(__private const float16*)(sums_0 + 32 * row_1);
    float16 acc_0_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 16);
    float16 acc_1_0_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 32);
    float16 acc_1_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 48);
    float16 acc_2_0_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 64);
    float16 acc_2_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 80);
    float16 acc_3_0_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 96);
    float16 acc_3_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 112);
    float16 acc_4_0_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 128);
    float16 acc_4_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 144);
    float16 acc_5_0_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 160);
    float16 acc_5_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 176);
    float16 acc_6_0_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 192);
    float16 acc_6_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 208);
    float16 acc_7_0_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 224);
    float16 acc_7_1_1 = *(__private const float16*)(sums_0 + 32 * row_1 + 240);
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1) = acc_0_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 16) = acc_0_1_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 128) = acc_1_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 144) = acc_1_1_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 256) = acc_2_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 272) = acc_2_1_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 384) = acc_3_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 400) = acc_3_1_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 512) = acc_4_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 528) = acc_4_1_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 640) = acc_5_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 656) = acc_5_1_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 768) = acc_6_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 784) = acc_6_1_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 896) = acc_7_0_1;
    *(__global float16_u*)(y_0 + column_0 + 128 * row_1 + 912) = acc_7_1_1;
  }
}
