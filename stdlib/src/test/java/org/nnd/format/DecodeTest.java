package org.nnd.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.format.SafetensorsTest.assertMessage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecodeTest {
  @Test
  void unsignedTypesAreReadWithoutSign() {
    assertArrayEquals(new int[] {0xFFFF}, Decode.ints(StorageType.U16, bytes(-1, -1), 1));
    assertArrayEquals(new int[] {-1}, Decode.ints(StorageType.I16, bytes(-1, -1), 1));
    assertArrayEquals(
        new long[] {0xFFFFFFFFL}, Decode.longs(StorageType.U32, bytes(-1, -1, -1, -1), 1));
    ByteBuffer most = bytes(-1, -1, -1, -1, -1, -1, -1, -1);
    assertArrayEquals(new double[] {0x1p64}, Decode.doubles(StorageType.U64, most, 1));
    assertMessage(
        "element 0 is 18446744073709551615, too large for 63 bits",
        () -> Decode.longs(StorageType.U64, most, 1));
  }

  @Test
  void whatDoesNotFitIsRefusedByElement() {
    ByteBuffer big = bytes(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0);
    assertMessage(
        "element 1 is 4294967296, too large for 32 bits",
        () -> Decode.ints(StorageType.I64, big, 2));
    assertMessage("element 1 of BOOL is 2", () -> Decode.ints(StorageType.BOOL, bytes(1, 2), 2));
    assertMessage(
        "F32 is no type of integers", () -> Decode.ints(StorageType.F32, bytes(0, 0, 0, 0), 1));
    assertMessage(
        "F6_E2M3 is not converted", () -> Decode.floats(StorageType.F6_E2M3, bytes(0, 0, 0), 4));
  }

  @Test
  void eightBitFloats() {
    float[] e4m3 = Decode.floats(StorageType.F8_E4M3, bytes(0x38, 0x7E, 0xFE, 0x01, 0x08, 0x7F), 6);
    assertArrayEquals(new float[] {1, 448, -448, 0x1p-9f, 0x1p-6f, Float.NaN}, e4m3);
    float[] e5m2 = Decode.floats(StorageType.F8_E5M2, bytes(0x3C, 0x7B, 0x7C, 0x01, 0xBC), 5);
    assertArrayEquals(new float[] {1, 57344, Float.POSITIVE_INFINITY, 0x1p-16f, -1}, e5m2);
    float[] e8m0 = Decode.floats(StorageType.F8_E8M0, bytes(127, 128, 0, 255), 4);
    assertArrayEquals(new float[] {1, 2, 0x1p-127f, Float.NaN}, e8m0);
  }

  /** The largest and the smallest numbers of Noune et al. 2022, which have one zero and one NaN. */
  @Test
  void eightBitFloatsWithOneZero() {
    float[] e4m3 = Decode.floats(StorageType.F8_E4M3FNUZ, bytes(0x7F, 0x40, 0x01, 0xFF, 0x80), 5);
    assertArrayEquals(new float[] {240, 1, 0x1p-10f, -240, Float.NaN}, e4m3);
    float[] e5m2 = Decode.floats(StorageType.F8_E5M2FNUZ, bytes(0x7F, 0x40, 0x01, 0xFF, 0x80), 5);
    assertArrayEquals(new float[] {57344, 1, 0x1p-17f, -57344, Float.NaN}, e5m2);
  }

  @Test
  void fourBitFloats() {
    float[] numbers = Decode.floats(StorageType.F4, bytes(0x10, 0x32, 0x54, 0x76, 0xA9), 10);
    assertArrayEquals(new float[] {0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0.5f, -1}, numbers);
  }

  @Test
  void bfloat16IsTheNearestTiesToEven() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      float x = Float.intBitsToFloat(random.nextInt());
      if (!Float.isFinite(x) || Math.abs(x) > 3e38f) {
        continue;
      }
      float got = fromBfloat16(StoredTensor.bfloat16(x));
      int down = Float.floatToRawIntBits(x) & 0xFFFF0000;
      double low = Float.intBitsToFloat(down);
      double high = Float.intBitsToFloat(down + 0x10000);
      assertTrue(
          Math.abs(got - (double) x) <= Math.min(Math.abs(low - x), Math.abs(high - x)),
          x + " became " + got);
    }
    assertEquals(1f, fromBfloat16(StoredTensor.bfloat16(Float.intBitsToFloat(0x3F808000))));
    assertEquals(
        0x3F820000,
        Float.floatToRawIntBits(
            fromBfloat16(StoredTensor.bfloat16(Float.intBitsToFloat(0x3F818000)))));
    assertTrue(Float.isNaN(fromBfloat16(StoredTensor.bfloat16(Float.intBitsToFloat(0x7F800001)))));
  }

  @Test
  void halvesComeBack() {
    StoredTensor t =
        StoredTensor.of("h", StorageType.F16, new int[] {3}, new float[] {1, 65504, 0x1p-24f});
    ByteBuffer out = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    t.encode(0, 3, out);
    assertArrayEquals(new float[] {1, 65504, 0x1p-24f}, Decode.floats(StorageType.F16, out, 3));
  }

  private static float fromBfloat16(short bits) {
    return Decode.floats(StorageType.BF16, bytes(bits & 0xFF, bits >> 8), 1)[0];
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int v : values) {
      out.put((byte) v);
    }
    return out;
  }
}
