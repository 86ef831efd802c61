// sort: argsort
// space [N, 40]
// places by counting, schedule cpu, 16 lanes, 5 rows per work-item

__kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void sort_argsort(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global int* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global int* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long end_0 = (min((long)(5 * group0 + 5), (long)(N)));
  for (long row_0 = 5 * group0; row_0 < end_0; row_0++) {
    for (long i_0 = 0; i_0 + 15 < 40; i_0 += 16) {
      const float16 x_1 = vload16(0, x_0 + i_0 + 40 * row_0);
      const float16 value_0 = x_1;
      const int16 here_0 = ((int16)((int)(i_0)) + (int16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
      int16 place_0 = (int16)(0);
      for (long j_0 = 0; j_0 < 40; j_0++) {
        const float x_2 = x_0[j_0 + 40 * row_0];
        const float value_1 = x_2;
        place_0 = (place_0 + convert_int16(((((float16)(value_1) > value_0) | (((float16)(value_1) == (float16)(value_1)) & (value_0 != value_0))) | ((((value_0 > (float16)(value_1)) | ((value_0 == value_0) & ((float16)(value_1) != (float16)(value_1)))) == 0) & ((int16)((int)(j_0)) < here_0))) & 1));
      }
      const long there_0 = convert_long(place_0.s0);
      y_0[40 * row_0 + there_0] = here_0.s0;
      const long there_1 = convert_long(place_0.s1);
      y_0[40 * row_0 + there_1] = here_0.s1;
      const long there_2 = convert_long(place_0.s2);
      y_0[40 * row_0 + there_2] = here_0.s2;
      const long there_3 = convert_long(place_0.s3);
      y_0[40 * row_0 + there_3] = here_0.s3;
      const long there_4 = convert_long(place_0.s4);
      y_0[40 * row_0 + there_4] = here_0.s4;
      const long there_5 = convert_long(place_0.s5);
      y_0[40 * row_0 + there_5] = here_0.s5;
      const long there_6 = convert_long(place_0.s6);
      y_0[40 * row_0 + there_6] = here_0.s6;
      const long there_7 = convert_long(place_0.s7);
      y_0[40 * row_0 + there_7] = here_0.s7;
      const long there_8 = convert_long(place_0.s8);
      y_0[40 * row_0 + there_8] = here_0.s8;
      const long there_9 = convert_long(place_0.s9);
      y_0[40 * row_0 + there_9] = here_0.s9;
      const long there_10 = convert_long(place_0.sa);
      y_0[40 * row_0 + there_10] = here_0.sa;
      const long there_11 = convert_long(place_0.sb);
      y_0[40 * row_0 + there_11] = here_0.sb;
      const long there_12 = convert_long(place_0.sc);
      y_0[40 * row_0 + there_12] = here_0.sc;
      const long there_13 = convert_long(place_0.sd);
      y_0[40 * row_0 + there_13] = here_0.sd;
      const long there_14 = convert_long(place_0.se);
      y_0[40 * row_0 + there_14] = here_0.se;
      const long there_15 = convert_long(place_0.sf);
      y_0[40 * row_0 + there_15] = here_0.sf;
    }
    for (long i_1 = 32; i_1 < 40; i_1++) {
      const float x_3 = x_0[i_1 + 40 * row_0];
      const float value_2 = x_3;
      const int here_1 = (int)(i_1);
      int place_1 = 0;
      for (long j_1 = 0; j_1 < 40; j_1++) {
        const float x_4 = x_0[j_1 + 40 * row_0];
        const float value_3 = x_4;
        place_1 = (place_1 + convert_int((((value_3 > value_2) | ((value_3 == value_3) & (value_2 != value_2))) | ((((value_2 > value_3) | ((value_2 == value_2) & (value_3 != value_3))) == 0) & ((int)(j_1) < here_1))) & 1));
      }
      const long there_16 = convert_long(place_1);
      y_0[40 * row_0 + there_16] = here_1;
    }
  }
}
