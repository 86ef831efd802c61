// loop: randombits, compare, multiply, select
// space [N, 96]
// schedule gpu, a work-item per position

#ifndef NND_NND_PHILOX_INT
#define NND_NND_PHILOX_INT
int nnd_philox_int(long index, int seed, int step, int low, int high, int use) {
  uint c0 = convert_uint(index >> 2);
  uint c1 = as_uint(step);
  uint c2 = (uint)((uint)use);
  uint c3 = (uint)((uint)high);
  uint k0 = as_uint(seed);
  uint k1 = (uint)((uint)low);
  for (int round = 0; round < 10; round++) {
    const uint h0 = mul_hi((uint)(0xD2511F53u), c0);
    const uint l0 = (uint)(0xD2511F53u) * c0;
    const uint h1 = mul_hi((uint)(0xCD9E8D57u), c2);
    const uint l1 = (uint)(0xCD9E8D57u) * c2;
    c0 = h1 ^ c1 ^ k0;
    c1 = l1;
    c2 = h0 ^ c3 ^ k1;
    c3 = l0;
    k0 += (uint)(0x9E3779B9u);
    k1 += (uint)(0xBB67AE85u);
  }
  const uint part = convert_uint(index & 3);
  const uint r = part == (uint)(0u) ? c0 : part == (uint)(1u) ? c1 : part == (uint)(2u) ? c2 : c3;
  return as_int(r);
}
#endif

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void loop_select(
    __global const int* restrict x_0_base, const ulong x_0_at,
    __global const int* restrict x_1_base, const ulong x_1_at,
    __global const float* restrict x_2_base, const ulong x_2_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const int* restrict x_0 = x_0_base + x_0_at;
  __global const int* restrict x_1 = x_1_base + x_1_at;
  __global const float* restrict x_2 = x_2_base + x_2_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (96 * N))) {
    const int p_0 = x_0[0];
    const int p_1 = x_1[0];
    const int randomBits_0 = nnd_philox_int((point_0), p_0, p_1, 7, 0, 0);
    const int ge_0 = (randomBits_0 >= 0);
    const float x_3 = x_2[point_0];
    const float multiply_0 = (x_3 * 2.0f);
    const float select_0 = (ge_0 ? multiply_0 : 0.0f);
    y_0[point_0] = select_0;
  }
}
