// sort: argsort
// space [N, 40]
// places by counting, schedule gpu, a work-item per position

__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void sort_argsort(
    __global const float* restrict x_0_base, const ulong x_0_at,
    __global int* restrict y_0_base, const ulong y_0_at,
    const long N) {
  __global const float* restrict x_0 = x_0_base + x_0_at;
  __global int* restrict y_0 = y_0_base + y_0_at;
  const long group0 = get_group_id(0);
  const long local0 = get_local_id(0);
  const long point_0 = 64 * group0 + local0;
  if (((point_0) < (40 * N))) {
    const float x_1 = x_0[point_0];
    const float value_0 = x_1;
    const int here_0 = (int)(((point_0) % 40));
    int place_0 = 0;
    for (long j_0 = 0; j_0 < 40; j_0++) {
      const float x_2 = x_0[40 * ((point_0) / 40) + j_0];
      const float value_1 = x_2;
      place_0 = (place_0 + convert_int((((value_1 > value_0) | ((value_1 == value_1) & (value_0 != value_0))) | ((((value_0 > value_1) | ((value_0 == value_0) & (value_1 != value_1))) == 0) & ((int)(j_0) < here_0))) & 1));
    }
    const long there_0 = convert_long(place_0);
    y_0[40 * ((point_0) / 40) + there_0] = here_0;
  }
}
