// loop: 
// space [N, 64, 49]
// schedule cpu, squares of 16 x 16 turned in registers
#ifndef NND_FLOAT16_U
#define NND_FLOAT16_U
typedef float16 float16_u __attribute__((aligned(4)));
#endif

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void loop_transpose(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global float* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global float* restrict y_0 = y_0_base + y_0_at;
  const long group2 = get_group_id(2);
  for (long i_0 = 0; i_0 + 15 < 49; i_0 += 16) {
    for (long r_0 = 0; r_0 + 15 < 64; r_0 += 16) {
      const float16 x_0_along_0 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0);
      const float16 x_0_along_1 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 64);
      const float16 x_0_along_2 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 128);
      const float16 x_0_along_3 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 192);
      const float16 x_0_along_4 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 256);
      const float16 x_0_along_5 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 320);
      const float16 x_0_along_6 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 384);
      const float16 x_0_along_7 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 448);
      const float16 x_0_along_8 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 512);
      const float16 x_0_along_9 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 576);
      const float16 x_0_along_10 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 640);
      const float16 x_0_along_11 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 704);
      const float16 x_0_along_12 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 768);
      const float16 x_0_along_13 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 832);
      const float16 x_0_along_14 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 896);
      const float16 x_0_along_15 = vload16(0, x_0 + 3136 * group2 + 64 * i_0 + r_0 + 960);
      const float16 turned_0 = (float16)(x_0_along_0.s0, x_0_along_8.s0, x_0_along_0.s1, x_0_along_8.s1, x_0_along_0.s2, x_0_along_8.s2, x_0_along_0.s3, x_0_along_8.s3, x_0_along_0.s4, x_0_along_8.s4, x_0_along_0.s5, x_0_along_8.s5, x_0_along_0.s6, x_0_along_8.s6, x_0_along_0.s7, x_0_along_8.s7);
      const float16 turned_1 = (float16)(x_0_along_0.s8, x_0_along_8.s8, x_0_along_0.s9, x_0_along_8.s9, x_0_along_0.sa, x_0_along_8.sa, x_0_along_0.sb, x_0_along_8.sb, x_0_along_0.sc, x_0_along_8.sc, x_0_along_0.sd, x_0_along_8.sd, x_0_along_0.se, x_0_along_8.se, x_0_along_0.sf, x_0_along_8.sf);
      const float16 turned_2 = (float16)(x_0_along_1.s0, x_0_along_9.s0, x_0_along_1.s1, x_0_along_9.s1, x_0_along_1.s2, x_0_along_9.s2, x_0_along_1.s3, x_0_along_9.s3, x_0_along_1.s4, x_0_along_9.s4, x_0_along_1.s5, x_0_along_9.s5, x_0_along_1.s6, x_0_along_9.s6, x_0_along_1.s7, x_0_along_9.s7);
      const float16 turned_3 = (float16)(x_0_along_1.s8, x_0_along_9.s8, x_0_along_1.s9, x_0_along_9.s9, x_0_along_1.sa, x_0_along_9.sa, x_0_along_1.sb, x_0_along_9.sb, x_0_along_1.sc, x_0_along_9.sc, x_0_along_1.sd, x_0_along_9.sd, x_0_along_1.se, x_0_along_9.se, x_0_along_1.sf, x_0_along_9.sf);
      const float16 turned_4 = (float16)(x_0_along_2.s0, x_0_along_10.s0, x_0_along_2.s1, x_0_along_10.s1, x_0_along_2.s2, x_0_along_10.s2, x_0_along_2.s3, x_0_along_10.s3, x_0_along_2.s4, x_0_along_10.s4, x_0_along_2.s5, x_0_along_10.s5, x_0_along_2.s6, x_0_along_10.s6, x_0_along_2.s7, x_0_along_10.s7);
      const float16 turned_5 = (float16)(x_0_along_2.s8, x_0_along_10.s8, x_0_along_2.s9, x_0_along_10.s9, x_0_along_2.sa, x_0_along_10.sa, x_0_along_2.sb, x_0_along_10.sb, x_0_along_2.sc, x_0_along_10.sc, x_0_along_2.sd, x_0_along_10.sd, x_0_along_2.se, x_0_along_10.se, x_0_along_2.sf, x_0_along_10.sf);
      const float16 turned_6 = (float16)(x_0_along_3.s0, x_0_along_11.s0, x_0_along_3.s1, x_0_along_11.s1, x_0_along_3.s2, x_0_along_11.s2, x_0_along_3.s3, x_0_along_11.s3, x_0_along_3.s4, x_0_along_11.s4, x_0_along_3.s5, x_0_along_11.s5, x_0_along_3.s6, x_0_along_11.s6, x_0_along_3.s7, x_0_along_11.s7);
      const float16 turned_7 = (float16)(x_0_along_3.s8, x_0_along_11.s8, x_0_along_3.s9, x_0_along_11.s9, x_0_along_3.sa, x_0_along_11.sa, x_0_along_3.sb, x_0_along_11.sb, x_0_along_3.sc, x_0_along_11.sc, x_0_along_3.sd, x_0_along_11.sd, x_0_along_3.se, x_0_along_11.se, x_0_along_3.sf, x_0_along_11.sf);
      const float16 turned_8 = (float16)(x_0_along_4.s0, x_0_along_12.s0, x_0_along_4.s1, x_0_along_12.s1, x_0_along_4.s2, x_0_along_12.s2, x_0_along_4.s3, x_0_along_12.s3, x_0_along_4.s4, x_0_along_12.s4, x_0_along_4.s5, x_0_along_12.s5, x_0_along_4.s6, x_0_along_12.s6, x_0_along_4.s7, x_0_along_12.s7);
      const float16 turned_9 = (float16)(x_0_along_4.s8, x_0_along_12.s8, x_0_along_4.s9, x_0_along_12.s9, x_0_along_4.sa, x_0_along_12.sa, x_0_along_4.sb, x_0_along_12.sb, x_0_along_4.sc, x_0_along_12.sc, x_0_along_4.sd, x_0_along_12.sd, x_0_along_4.se, x_0_along_12.se, x_0_along_4.sf, x_0_along_12.sf);
      const float16 turned_10 = (float16)(x_0_along_5.s0, x_0_along_13.s0, x_0_along_5.s1, x_0_along_13.s1, x_0_along_5.s2, x_0_along_13.s2, x_0_along_5.s3, x_0_along_13.s3, x_0_along_5.s4, x_0_along_13.s4, x_0_along_5.s5, x_0_along_13.s5, x_0_along_5.s6, x_0_along_13.s6, x_0_along_5.s7, x_0_along_13.s7);
      const float16 turned_11 = (float16)(x_0_along_5.s8, x_0_along_13.s8, x_0_along_5.s9, x_0_along_13.s9, x_0_along_5.sa, x_0_along_13.sa, x_0_along_5.sb, x_0_along_13.sb, x_0_along_5.sc, x_0_along_13.sc, x_0_along_5.sd, x_0_along_13.sd, x_0_along_5.se, x_0_along_13.se, x_0_along_5.sf, x_0_along_13.sf);
      const float16 turned_12 = (float16)(x_0_along_6.s0, x_0_along_14.s0, x_0_along_6.s1, x_0_along_14.s1, x_0_along_6.s2, x_0_along_14.s2, x_0_along_6.s3, x_0_along_14.s3, x_0_along_6.s4, x_0_along_14.s4, x_0_along_6.s5, x_0_along_14.s5, x_0_along_6.s6, x_0_along_14.s6, x_0_along_6.s7, x_0_along_14.s7);
      const float16 turned_13 = (float16)(x_0_along_6.s8, x_0_along_14.s8, x_0_along_6.s9, x_0_along_14.s9, x_0_along_6.sa, x_0_along_14.sa, x_0_along_6.sb, x_0_along_14.sb, x_0_along_6.sc, x_0_along_14.sc, x_0_along_6.sd, x_0_along_14.sd, x_0_along_6.se, x_0_along_14.se, x_0_along_6.sf, x_0_along_14.sf);
      const float16 turned_14 = (float16)(x_0_along_7.s0, x_0_along_15.s0, x_0_along_7.s1, x_0_along_15.s1, x_0_along_7.s2, x_0_along_15.s2, x_0_along_7.s3, x_0_along_15.s3, x_0_along_7.s4, x_0_along_15.s4, x_0_along_7.s5, x_0_along_15.s5, x_0_along_7.s6, x_0_along_15.s6, x_0_along_7.s7, x_0_along_15.s7);
      const float16 turned_15 = (float16)(x_0_along_7.s8, x_0_along_15.s8, x_0_along_7.s9, x_0_along_15.s9, x_0_along_7.sa, x_0_along_15.sa, x_0_along_7.sb, x_0_along_15.sb, x_0_along_7.sc, x_0_along_15.sc, x_0_along_7.sd, x_0_along_15.sd, x_0_along_7.se, x_0_along_15.se, x_0_along_7.sf, x_0_along_15.sf);
      const float16 turned_16 = (float16)(turned_0.s0, turned_8.s0, turned_0.s1, turned_8.s1, turned_0.s2, turned_8.s2, turned_0.s3, turned_8.s3, turned_0.s4, turned_8.s4, turned_0.s5, turned_8.s5, turned_0.s6, turned_8.s6, turned_0.s7, turned_8.s7);
      const float16 turned_17 = (float16)(turned_0.s8, turned_8.s8, turned_0.s9, turned_8.s9, turned_0.sa, turned_8.sa, turned_0.sb, turned_8.sb, turned_0.sc, turned_8.sc, turned_0.sd, turned_8.sd, turned_0.se, turned_8.se, turned_0.sf, turned_8.sf);
      const float16 turned_18 = (float16)(turned_1.s0, turned_9.s0, turned_1.s1, turned_9.s1, turned_1.s2, turned_9.s2, turned_1.s3, turned_9.s3, turned_1.s4, turned_9.s4, turned_1.s5, turned_9.s5, turned_1.s6, turned_9.s6, turned_1.s7, turned_9.s7);
      const float16 turned_19 = (float16)(turned_1.s8, turned_9.s8, turned_1.s9, turned_9.s9, turned_1.sa, turned_9.sa, turned_1.sb, turned_9.sb, turned_1.sc, turned_9.sc, turned_1.sd, turned_9.sd, turned_1.se, turned_9.se, turned_1.sf, turned_9.sf);
      const float16 turned_20 = (float16)(turned_2.s0, turned_10.s0, turned_2.s1, turned_10.s1, turned_2.s2, turned_10.s2, turned_2.s3, turned_10.s3, turned_2.s4, turned_10.s4, turned_2.s5, turned_10.s5, turned_2.s6, turned_10.s6, turned_2.s7, turned_10.s7);
      const float16 turned_21 = (float16)(turned_2.s8, turned_10.s8, turned_2.s9, turned_10.s9, turned_2.sa, turned_10.sa, turned_2.sb, turned_10.sb, turned_2.sc, turned_10.sc, turned_2.sd, turned_10.sd, turned_2.se, turned_10.se, turned_2.sf, turned_10.sf);
      const float16 turned_22 = (float16)(turned_3.s0, turned_11.s0, turned_3.s1, turned_11.s1, turned_3.s2, turned_11.s2, turned_3.s3, turned_11.s3, turned_3.s4, turned_11.s4, turned_3.s5, turned_11.s5, turned_3.s6, turned_11.s6, turned_3.s7, turned_11.s7);
      const float16 turned_23 = (float16)(turned_3.s8, turned_11.s8, turned_3.s9, turned_11.s9, turned_3.sa, turned_11.sa, turned_3.sb, turned_11.sb, turned_3.sc, turned_11.sc, turned_3.sd, turned_11.sd, turned_3.se, turned_11.se, turned_3.sf, turned_11.sf);
      const float16 turned_24 = (float16)(turned_4.s0, turned_12.s0, turned_4.s1, turned_12.s1, turned_4.s2, turned_12.s2, turned_4.s3, turned_12.s3, turned_4.s4, turned_12.s4, turned_4.s5, turned_12.s5, turned_4.s6, turned_12.s6, turned_4.s7, turned_12.s7);
      const float16 turned_25 = (float16)(turned_4.s8, turned_12.s8, turned_4.s9, turned_12.s9, turned_4.sa, turned_12.sa, turned_4.sb, turned_12.sb, turned_4.sc, turned_12.sc, turned_4.sd, turned_12.sd, turned_4.se, turned_12.se, turned_4.sf, turned_12.sf);
      const float16 turned_26 = (float16)(turned_5.s0, turned_13.s0, turned_5.s1, turned_13.s1, turned_5.s2, turned_13.s2, turned_5.s3, turned_13.s3, turned_5.s4, turned_13.s4, turned_5.s5, turned_13.s5, turned_5.s6, turned_13.s6, turned_5.s7, turned_13.s7);
      const float16 turned_27 = (float16)(turned_5.s8, turned_13.s8, turned_5.s9, turned_13.s9, turned_5.sa, turned_13.sa, turned_5.sb, turned_13.sb, turned_5.sc, turned_13.sc, turned_5.sd, turned_13.sd, turned_5.se, turned_13.se, turned_5.sf, turned_13.sf);
      const float16 turned_28 = (float16)(turned_6.s0, turned_14.s0, turned_6.s1, turned_14.s1, turned_6.s2, turned_14.s2, turned_6.s3, turned_14.s3, turned_6.s4, turned_14.s4, turned_6.s5, turned_14.s5, turned_6.s6, turned_14.s6, turned_6.s7, turned_14.s7);
      const float16 turned_29 = (float16)(turned_6.s8, turned_14.s8, turned_6.s9, turned_14.s9, turned_6.sa, turned_14.sa, turned_6.sb, turned_14.sb, turned_6.sc, turned_14.sc, turned_6.sd, turned_14.sd, turned_6.se, turned_14.se, turned_6.sf, turned_14.sf);
      const float16 turned_30 = (float16)(turned_7.s0, turned_15.s0, turned_7.s1, turned_15.s1, turned_7.s2, turned_15.s2, turned_7.s3, turned_15.s3, turned_7.s4, turned_15.s4, turned_7.s5, turned_15.s5, turned_7.s6, turned_15.s6, turned_7.s7, turned_15.s7);
      const float16 turned_31 = (float16)(turned_7.s8, turned_15.s8, turned_7.s9, turned_15.s9, turned_7.sa, turned_15.sa, turned_7.sb, turned_15.sb, turned_7.sc, turned_15.sc, turned_7.sd, turned_15.sd, turned_7.se, turned_15.se, turned_7.sf, turned_15.sf);
      const float16 turned_32 = (float16)(turned_16.s0, turned_24.s0, turned_16.s1, turned_24.s1, turned_16.s2, turned_24.s2, turned_16.s3, turned_24.s3, turned_16.s4, turned_24.s4, turned_16.s5, turned_24.s5, turned_16.s6, turned_24.s6, turned_16.s7, turned_24.s7);
      const float16 turned_33 = (float16)(turned_16.s8, turned_24.s8, turned_16.s9, turned_24.s9, turned_16.sa, turned_24.sa, turned_16.sb, turned_24.sb, turned_16.sc, turned_24.sc, turned_16.sd, turned_24.sd, turned_16.se, turned_24.se, turned_16.sf, turned_24.sf);
      const float16 turned_34 = (float16)(turned_17.s0, turned_25.s0, turned_17.s1, turned_25.s1, turned_17.s2, turned_25.s2, turned_17.s3, turned_25.s3, turned_17.s4, turned_25.s4, turned_17.s5, turned_25.s5, turned_17.s6, turned_25.s6, turned_17.s7, turned_25.s7);
      const float16 turned_35 = (float16)(turned_17.s8, turned_25.s8, turned_17.s9, turned_25.s9, turned_17.sa, turned_25.sa, turned_17.sb, turned_25.sb, turned_17.sc, turned_25.sc, turned_17.sd, turned_25.sd, turned_17.se, turned_25.se, turned_17.sf, turned_25.sf);
      const float16 turned_36 = (float16)(turned_18.s0, turned_26.s0, turned_18.s1, turned_26.s1, turned_18.s2, turned_26.s2, turned_18.s3, turned_26.s3, turned_18.s4, turned_26.s4, turned_18.s5, turned_26.s5, turned_18.s6, turned_26.s6, turned_18.s7, turned_26.s7);
      const float16 turned_37 = (float16)(turned_18.s8, turned_26.s8, turned_18.s9, turned_26.s9, turned_18.sa, turned_26.sa, turned_18.sb, turned_26.sb, turned_18.sc, turned_26.sc, turned_18.sd, turned_26.sd, turned_18.se, turned_26.se, turned_18.sf, turned_26.sf);
      const float16 turned_38 = (float16)(turned_19.s0, turned_27.s0, turned_19.s1, turned_27.s1, turned_19.s2, turned_27.s2, turned_19.s3, turned_27.s3, turned_19.s4, turned_27.s4, turned_19.s5, turned_27.s5, turned_19.s6, turned_27.s6, turned_19.s7, turned_27.s7);
      const float16 turned_39 = (float16)(turned_19.s8, turned_27.s8, turned_19.s9, turned_27.s9, turned_19.sa, turned_27.sa, turned_19.sb, turned_27.sb, turned_19.sc, turned_27.sc, turned_19.sd, turned_27.sd, turned_19.se, turned_27.se, turned_19.sf, turned_27.sf);
      const float16 turned_40 = (float16)(turned_20.s0, turned_28.s0, turned_20.s1, turned_28.s1, turned_20.s2, turned_28.s2, turned_20.s3, turned_28.s3, turned_20.s4, turned_28.s4, turned_20.s5, turned_28.s5, turned_20.s6, turned_28.s6, turned_20.s7, turned_28.s7);
      const float16 turned_41 = (float16)(turned_20.s8, turned_28.s8, turned_20.s9, turned_28.s9, turned_20.sa, turned_28.sa, turned_20.sb, turned_28.sb, turned_20.sc, turned_28.sc, turned_20.sd, turned_28.sd, turned_20.se, turned_28.se, turned_20.sf, turned_28.sf);
      const float16 turned_42 = (float16)(turned_21.s0, turned_29.s0, turned_21.s1, turned_29.s1, turned_21.s2, turned_29.s2, turned_21.s3, turned_29.s3, turned_21.s4, turned_29.s4, turned_21.s5, turned_29.s5, turned_21.s6, turned_29.s6, turned_21.s7, turned_29.s7);
      const float16 turned_43 = (float16)(turned_21.s8, turned_29.s8, turned_21.s9, turned_29.s9, turned_21.sa, turned_29.sa, turned_21.sb, turned_29.sb, turned_21.sc, turned_29.sc, turned_21.sd, turned_29.sd, turned_21.se, turned_29.se, turned_21.sf, turned_29.sf);
      const float16 turned_44 = (float16)(turned_22.s0, turned_30.s0, turned_22.s1, turned_30.s1, turned_22.s2, turned_30.s2, turned_22.s3, turned_30.s3, turned_22.s4, turned_30.s4, turned_22.s5, turned_30.s5, turned_22.s6, turned_30.s6, turned_22.s7, turned_30.s7);
      const float16 turned_45 = (float16)(turned_22.s8, turned_30.s8, turned_22.s9, turned_30.s9, turned_22.sa, turned_30.sa, turned_22.sb, turned_30.sb, turned_22.sc, turned_30.sc, turned_22.sd, turned_30.sd, turned_22.se, turned_30.se, turned_22.sf, turned_30.sf);
      const float16 turned_46 = (float16)(turned_23.s0, turned_31.s0, turned_23.s1, turned_31.s1, turned_23.s2, turned_31.s2, turned_23.s3, turned_31.s3, turned_23.s4, turned_31.s4, turned_23.s5, turned_31.s5, turned_23.s6, turned_31.s6, turned_23.s7, turned_31.s7);
      const float16 turned_47 = (float16)(turned_23.s8, turned_31.s8, turned_23.s9, turned_31.s9, turned_23.sa, turned_31.sa, turned_23.sb, turned_31.sb, turned_23.sc, turned_31.sc, turned_23.sd, turned_31.sd, turned_23.se, turned_31.se, turned_23.sf, turned_31.sf);
      const float16 turned_48 = (float16)(turned_32.s0, turned_40.s0, turned_32.s1, turned_40.s1, turned_32.s2, turned_40.s2, turned_32.s3, turned_40.s3, turned_32.s4, turned_40.s4, turned_32.s5, turned_40.s5, turned_32.s6, turned_40.s6, turned_32.s7, turned_40.s7);
      const float16 turned_49 = (float16)(turned_32.s8, turned_40.s8, turned_32.s9, turned_40.s9, turned_32.sa, turned_40.sa, turned_32.sb, turned_40.sb, turned_32.sc, turned_40.sc, turned_32.sd, turned_40.sd, turned_32.se, turned_40.se, turned_32.sf, turned_40.sf);
      const float16 turned_50 = (float16)(turned_33.s0, turned_41.s0, turned_33.s1, turned_41.s1, turned_33.s2, turned_41.s2, turned_33.s3, turned_41.s3, turned_33.s4, turned_41.s4, turned_33.s5, turned_41.s5, turned_33.s6, turned_41.s6, turned_33.s7, turned_41.s7);
      const float16 turned_51 = (float16)(turned_33.s8, turned_41.s8, turned_33.s9, turned_41.s9, turned_33.sa, turned_41.sa, turned_33.sb, turned_41.sb, turned_33.sc, turned_41.sc, turned_33.sd, turned_41.sd, turned_33.se, turned_41.se, turned_33.sf, turned_41.sf);
      const float16 turned_52 = (float16)(turned_34.s0, turned_42.s0, turned_34.s1, turned_42.s1, turned_34.s2, turned_42.s2, turned_34.s3, turned_42.s3, turned_34.s4, turned_42.s4, turned_34.s5, turned_42.s5, turned_34.s6, turned_42.s6, turned_34.s7, turned_42.s7);
      const float16 turned_53 = (float16)(turned_34.s8, turned_42.s8, turned_34.s9, turned_42.s9, turned_34.sa, turned_42.sa, turned_34.sb, turned_42.sb, turned_34.sc, turned_42.sc, turned_34.sd, turned_42.sd, turned_34.se, turned_42.se, turned_34.sf, turned_42.sf);
      const float16 turned_54 = (float16)(turned_35.s0, turned_43.s0, turned_35.s1, turned_43.s1, turned_35.s2, turned_43.s2, turned_35.s3, turned_43.s3, turned_35.s4, turned_43.s4, turned_35.s5, turned_43.s5, turned_35.s6, turned_43.s6, turned_35.s7, turned_43.s7);
      const float16 turned_55 = (float16)(turned_35.s8, turned_43.s8, turned_35.s9, turned_43.s9, turned_35.sa, turned_43.sa, turned_35.sb, turned_43.sb, turned_35.sc, turned_43.sc, turned_35.sd, turned_43.sd, turned_35.se, turned_43.se, turned_35.sf, turned_43.sf);
      const float16 turned_56 = (float16)(turned_36.s0, turned_44.s0, turned_36.s1, turned_44.s1, turned_36.s2, turned_44.s2, turned_36.s3, turned_44.s3, turned_36.s4, turned_44.s4, turned_36.s5, turned_44.s5, turned_36.s6, turned_44.s6, turned_36.s7, turned_44.s7);
      const float16 turned_57 = (float16)(turned_36.s8, turned_44.s8, turned_36.s9, turned_44.s9, turned_36.sa, turned_44.sa, turned_36.sb, turned_44.sb, turned_36.sc, turned_44.sc, turned_36.sd, turned_44.sd, turned_36.se, turned_44.se, turned_36.sf, turned_44.sf);
      const float16 turned_58 = (float16)(turned_37.s0, turned_45.s0, turned_37.s1, turned_45.s1, turned_37.s2, turned_45.s2, turned_37.s3, turned_45.s3, turned_37.s4, turned_45.s4, turned_37.s5, turned_45.s5, turned_37.s6, turned_45.s6, turned_37.s7, turned_45.s7);
      const float16 turned_59 = (float16)(turned_37.s8, turned_45.s8, turned_37.s9, turned_45.s9, turned_37.sa, turned_45.sa, turned_37.sb, turned_45.sb, turned_37.sc, turned_45.sc, turned_37.sd, turned_45.sd, turned_37.se, turned_45.se, turned_37.sf, turned_45.sf);
      const float16 turned_60 = (float16)(turned_38.s0, turned_46.s0, turned_38.s1, turned_46.s1, turned_38.s2, turned_46.s2, turned_38.s3, turned_46.s3, turned_38.s4, turned_46.s4, turned_38.s5, turned_46.s5, turned_38.s6, turned_46.s6, turned_38.s7, turned_46.s7);
      const float16 turned_61 = (float16)(turned_38.s8, turned_46.s8, turned_38.s9, turned_46.s9, turned_38.sa, turned_46.sa, turned_38.sb, turned_46.sb, turned_38.sc, turned_46.sc, turned_38.sd, turned_46.sd, turned_38.se, turned_46.se, turned_38.sf, turned_46.sf);
      const float16 turned_62 = (float16)(turned_39.s0, turned_47.s0, turned_39.s1, turned_47.s1, turned_39.s2, turned_47.s2, turned_39.s3, turned_47.s3, turned_39.s4, turned_47.s4, turned_39.s5, turned_47.s5, turned_39.s6, turned_47.s6, turned_39.s7, turned_47.s7);
      const float16 turned_63 = (float16)(turned_39.s8, turned_47.s8, turned_39.s9, turned_47.s9, turned_39.sa, turned_47.sa, turned_39.sb, turned_47.sb, turned_39.sc, turned_47.sc, turned_39.sd, turned_47.sd, turned_39.se, turned_47.se, turned_39.sf, turned_47.sf);
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0) = turned_48;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 49) = turned_49;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 98) = turned_50;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 147) = turned_51;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 196) = turned_52;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 245) = turned_53;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 294) = turned_54;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 343) = turned_55;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 392) = turned_56;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 441) = turned_57;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 490) = turned_58;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 539) = turned_59;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 588) = turned_60;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 637) = turned_61;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 686) = turned_62;
      *(__global float16_u*)(y_0 + 3136 * group2 + i_0 + 49 * r_0 + 735) = turned_63;
    }
  }
  for (long i_1 = 48; i_1 < 49; i_1++) {
    for (long r_1 = 0; r_1 < 64; r_1++) {
      const float x_1 = x_0[3136 * group2 + 64 * i_1 + r_1];
      y_0[3136 * group2 + i_1 + 49 * r_1] = x_1;
    }
  }
}
