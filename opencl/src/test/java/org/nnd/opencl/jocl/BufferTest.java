package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnd.ir.NndException;

class BufferTest {
  private final Device device = Devices.open();

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void everyTypeComesBackAsItWentIn() {
    try (Buffer buffer = device.allocate(64)) {
      float[] floats = {1.5f, Float.NaN, -0f};
      buffer.write(8, floats);
      float[] floatsBack = new float[3];
      buffer.read(8, floatsBack);
      assertArrayEquals(floats, floatsBack);
      double[] doubles = {Math.PI, Double.NEGATIVE_INFINITY};
      buffer.write(0, doubles);
      double[] doublesBack = new double[2];
      buffer.read(0, doublesBack);
      assertArrayEquals(doubles, doublesBack);
      int[] ints = {1, Integer.MIN_VALUE};
      buffer.write(4, ints);
      int[] intsBack = new int[2];
      buffer.read(4, intsBack);
      assertArrayEquals(ints, intsBack);
      long[] longs = {Long.MAX_VALUE, -2};
      buffer.write(48, longs);
      long[] longsBack = new long[2];
      buffer.read(48, longsBack);
      assertArrayEquals(longs, longsBack);
      short[] shorts = {7, -7};
      buffer.write(2, shorts);
      short[] shortsBack = new short[2];
      buffer.read(2, shortsBack);
      assertArrayEquals(shorts, shortsBack);
      byte[] bytes = {1, 2, -128};
      buffer.write(61, bytes);
      byte[] bytesBack = new byte[3];
      buffer.read(61, bytesBack);
      assertArrayEquals(bytes, bytesBack);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1 << 20, (1 << 20) + 17, 3_000_001})
  void smallAndLargeTransfersTouchExactlyTheirRange(int count) {
    try (Buffer buffer = device.allocate(4L * count + 8)) {
      buffer.write(0, IntStream.generate(() -> -1).limit(count + 2).toArray());
      int[] values = IntStream.range(0, count).toArray();
      buffer.write(4, values);
      int[] all = new int[count + 2];
      buffer.read(0, all);
      assertEquals(-1, all[0]);
      assertEquals(-1, all[count + 1]);
      assertArrayEquals(values, java.util.Arrays.copyOfRange(all, 1, count + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 2_000_000})
  void positionAndLimitSelectARangeAndStayWhereTheyAre(int count) {
    try (Buffer buffer = device.allocate(4L * count)) {
      IntBuffer source = IntBuffer.wrap(IntStream.range(0, count).toArray());
      source.position(3).limit(count - 2);
      buffer.write(0, source);
      assertEquals(3, source.position());
      IntBuffer target = IntBuffer.allocate(count);
      target.position(1).limit(count - 4);
      buffer.read(0, target);
      assertEquals(1, target.position());
      assertEquals(0, target.array()[0]);
      assertEquals(3, target.array()[1]);
      assertEquals(count - 3, target.array()[count - 5]);
      assertEquals(0, target.array()[count - 4]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 8 << 20})
  void directBuffersInNativeOrderWorkToo(int bytes) {
    try (Buffer buffer = device.allocate(bytes)) {
      FloatBuffer source =
          ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
      source.put(0, 1f).put(bytes / 4 - 1, 2f);
      buffer.write(0, source);
      float[] back = new float[bytes / 4];
      buffer.read(0, back);
      assertEquals(1f, back[0]);
      assertEquals(2f, back[bytes / 4 - 1]);
    }
  }

  @Test
  void fillAndCopyActOnTheirRanges() {
    try (Buffer a = device.allocate(16);
        Buffer b = device.allocate(16)) {
      a.write(0, new int[] {1, 2, 3, 4});
      b.fillZero();
      a.copyTo(b, 4, 8, 8);
      a.fillZero(12, 4);
      int[] back = new int[4];
      a.read(0, back);
      assertArrayEquals(new int[] {1, 2, 3, 0}, back);
      b.read(0, back);
      assertArrayEquals(new int[] {0, 0, 2, 3}, back);
    }
  }

  @Test
  void anEmptyBufferIsABuffer() {
    try (Buffer empty = device.allocate(0)) {
      assertEquals(0, empty.size());
      empty.write(0, new float[0]);
      empty.read(0, new float[0]);
      empty.fillZero();
    }
  }

  @Test
  void whatLiesOutsideIsRefused() {
    try (Buffer buffer = device.allocate(8)) {
      IndexOutOfBoundsException e =
          assertThrows(IndexOutOfBoundsException.class, () -> buffer.write(4, new float[] {1, 2}));
      assertEquals("8 bytes at 4 of a buffer of 8 bytes", e.getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.read(-4, new float[1]));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.fillZero(1, 8));
      assertThrows(
          IndexOutOfBoundsException.class, () -> buffer.copyTo(buffer, 0, 4, Long.MAX_VALUE));
    }
  }

  @Test
  void closingFreesOnceAndUseAfterwardsIsRefused() {
    Buffer buffer = device.allocate(1000);
    assertEquals(1000, device.allocatedBytes());
    assertEquals(1, device.liveBuffers());
    buffer.close();
    buffer.close();
    assertEquals(0, device.allocatedBytes());
    assertEquals(0, device.liveBuffers());
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> buffer.read(0, new float[1]));
    assertEquals("a buffer of 1000 bytes is used after its close()", e.getMessage());
  }

  @Test
  void moreThanTheDeviceTakesInOneBufferIsRefused() {
    long tooMuch = device.info().maxAllocation() + 1;
    try (Buffer other = device.allocate(3 << 20)) {
      NndException e = assertThrows(NndException.class, () -> device.allocate(tooMuch));
      String message = e.getMessage();
      assertTrue(
          message.startsWith(
              "out of device memory: a buffer of "
                  + ByteCount.print(tooMuch)
                  + " was asked for, 3.0 MiB are in use (1 buffer); "
                  + device.info().name()
                  + " has "
                  + ByteCount.print(device.info().globalMemory())),
          message);
      assertTrue(message.contains("Use a smaller batch"), message);
      assertEquals(3 << 20, other.size());
    }
    assertEquals(0, device.allocatedBytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, -5, -6, -61})
  void aDriverThatIsOutOfMemoryIsExplained(int status) {
    Faults.during(
        Faults.Operation.ALLOCATE,
        2,
        status,
        () -> {
          device.allocate(5).close();
          NndException e = assertThrows(NndException.class, () -> device.allocate(2048));
          assertTrue(
              e.getMessage().startsWith("out of device memory: a buffer of 2.0 KiB was asked for"),
              e.getMessage());
          assertTrue(e.getMessage().contains("the driver said CL_"), e.getMessage());
        });
    device.allocate(5).close();
    assertEquals(0, device.liveBuffers());
  }

  @Test
  void aDriverThatFailsWhileWaitingIsNamed() {
    try (Buffer buffer = device.allocate(4)) {
      Faults.during(
          Faults.Operation.TRANSFER,
          1,
          -5,
          () -> {
            NndException e = assertThrows(NndException.class, () -> buffer.read(0, new float[1]));
            assertTrue(
                e.getMessage()
                    .startsWith(
                        "the OpenCL driver of "
                            + device.info().name()
                            + " reported CL_OUT_OF_RESOURCES while data was copied"),
                e.getMessage());
          });
    }
    assertEquals(0, device.allocatedBytes());
  }

  @Test
  void whatIsNotReachableAnyMoreMakesRoomForWhatIsNew() {
    // PoCL allocates lazily: these buffers are never touched, so they take address space only.
    long third = Math.min(device.info().maxAllocation(), device.info().globalMemory() / 3);
    for (int i = 0; i < 12; i++) {
      device.allocate(third);
    }
    assertTrue(device.liveBuffers() <= 4, device.liveBuffers() + " buffers");
  }

  @Test
  void sizesAreWrittenForPeople() {
    assertEquals("1023 bytes", ByteCount.print(1023));
    assertEquals("1.0 KiB", ByteCount.print(1024));
    assertEquals("2.5 GiB", ByteCount.print(5L << 29));
  }
}
