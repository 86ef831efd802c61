// loop: randombits, compare, multiply, select
// space [N, 96]
// schedule cpu, 16 lanes along axes 0..1
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

#ifndef NND_NND_PHILOX_INT16
#define NND_NND_PHILOX_INT16
int16 nnd_philox_int16(long16 index, int16 seed, int16 step, int low, int high, int use) {
  uint16 c0 = convert_uint16(index >> 2);
  uint16 c1 = as_uint16(step);
  uint16 c2 = (uint16)((uint)use);
  uint16 c3 = (uint16)((uint)high);
  uint16 k0 = as_uint16(seed);
  uint16 k1 = (uint16)((uint)low);
  for (int round = 0; round < 10; round++) {
    const uint16 h0 = mul_hi((uint16)(0xD2511F53u), c0);
    const uint16 l0 = (uint16)(0xD2511F53u) * c0;
    const uint16 h1 = mul_hi((uint16)(0xCD9E8D57u), c2);
    const uint16 l1 = (uint16)(0xCD9E8D57u) * c2;
    c0 = h1 ^ c1 ^ k0;
    c1 = l1;
    c2 = h0 ^ c3 ^ k1;
    c3 = l0;
    k0 += (uint16)(0x9E3779B9u);
    k1 += (uint16)(0xBB67AE85u);
  }
  const uint16 part = convert_uint16(index & 3);
  const uint16 r = part == (uint16)(0u) ? c0 : part == (uint16)(1u) ? c1 : part == (uint16)(2u) ? c2 : c3;
  return as_int16(r);
}
#endif

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

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
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
  const long end_0 = (min((long)(16384 * group0 + 16384), (long)((96 * N))));
  for (long i_0 = 16384 * group0; i_0 + 15 < end_0; i_0 += 16) {
    const int p_0 = x_0[0];
    const int p_1 = x_1[0];
    const int16 randomBits_0 = nnd_philox_int16(((long16)((i_0)) + (long16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)), (int16)(p_0), (int16)(p_1), 7, 0, 0);
    const int16 constant_0 = (int16)(0);
    const int16 ge_0 = (randomBits_0 >= constant_0);
    const float16 x_3 = vload16(0, x_2 + i_0);
    const float16 constant_1 = (float16)(2.0f);
    const float16 multiply_0 = (x_3 * constant_1);
    const float16 constant_2 = (float16)(0.0f);
    const float16 select_0 = (ge_0 ? multiply_0 : constant_2);
    *(__global float16_u*)(y_0 + i_0) = select_0;
  }
  for (long i_1 = 16 * ((end_0) / 16); i_1 < end_0; i_1++) {
    const int p_2 = x_0[0];
    const int p_3 = x_1[0];
    const int randomBits_1 = nnd_philox_int((i_1), p_2, p_3, 7, 0, 0);
    const int ge_1 = (randomBits_1 >= 0);
    const float x_4 = x_2[i_1];
    const float multiply_1 = (x_4 * 2.0f);
    const float select_1 = (ge_1 ? multiply_1 : 0.0f);
    y_0[i_1] = select_1;
  }
}
