package org.nnd.opencl.jocl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.ir.NndException;

class KernelTest {
  @TempDir Path temporary;

  private static final String AXPY =
      """
      __kernel void axpy(float a, __global const float* x, __global float* y, int n) {
        size_t i = get_global_id(0);
        if (i < n) y[i] = fma(a, x[i], y[i]);
      }
      """;
  private static final long[] GRID = {64};

  private final Device device = Devices.open();
  private final Buffer x = device.allocate(12);
  private final Buffer y = device.allocate(12);
  private final Program program = device.build("axpy", AXPY, Source.OPTIONS);

  @BeforeEach
  void redirectTheCache() {
    System.setProperty("nnd.cache.dir", temporary.toString());
  }

  @AfterEach
  void close() {
    System.clearProperty("nnd.cache.dir");
    device.close();
  }

  private Kernel axpy() {
    x.write(0, new float[] {1, 2, 3});
    y.write(0, new float[] {10, 20, 30});
    return program.kernel("axpy").arg(0, 2f).arg(1, x).arg(2, y).arg(3, 3);
  }

  private float[] result() {
    float[] result = new float[3];
    y.read(0, result);
    return result;
  }

  @Test
  void argumentsStaySetFromLaunchToLaunch() {
    Kernel kernel = axpy();
    kernel.launch(GRID, GRID);
    kernel.launch(GRID, new long[] {16});
    assertArrayEquals(new float[] {14, 28, 42}, result());
    kernel.arg(0, 1f);
    kernel.launch(GRID, GRID);
    assertArrayEquals(new float[] {15, 30, 45}, result());
  }

  @Test
  void everyKernelObjectHasArgumentsOfItsOwn() {
    Kernel a = axpy();
    Kernel b = program.kernel("axpy").arg(0, 100f).arg(1, x).arg(2, y).arg(3, 1);
    program.close();
    a.launch(GRID, GRID);
    b.launch(GRID, GRID);
    assertArrayEquals(new float[] {112, 24, 36}, result());
  }

  @Test
  void everyScalarTypeAndLocalMemoryArrive() {
    String text =
        """
        __kernel void types(int i, long l, float f, double d, __local double* s, __global double* o) {
          s[0] = i; s[1] = l; s[2] = f; s[3] = d;
          for (int k = 0; k < 4; k++) o[k] = s[k];
        }
        """;
    try (Buffer out = device.allocate(32);
        Kernel kernel = device.build("types", text, Source.OPTIONS).kernel("types")) {
      kernel.arg(0, -1).arg(1, 1L << 40).arg(2, 0.5f).arg(3, 1e-300).localArg(4, 32).arg(5, out);
      kernel.launch(new long[] {1}, new long[] {1});
      double[] back = new double[4];
      out.read(0, back);
      assertArrayEquals(new double[] {-1, 1L << 40, 0.5, 1e-300}, back);
    }
  }

  @Test
  void threeDimensionsAndEmptyRanges() {
    String text =
        """
        __kernel void count(__global int* o) {
          atomic_add(o, 1 + 1000 * (get_global_id(2) == 2) * (get_global_id(1) == 1));
        }
        """;
    try (Buffer out = device.allocate(4);
        Kernel kernel = device.build("count", text, Source.OPTIONS).kernel("count").arg(0, out)) {
      out.fillZero();
      kernel.launch(new long[] {4, 2, 3}, new long[] {2, 1, 1});
      kernel.launch(new long[] {4, 0, 3}, new long[] {2, 1, 1});
      assertEquals(0, kernel.launchTimed(new long[] {0}, new long[] {1}));
      int[] back = new int[1];
      out.read(0, back);
      assertEquals(24 + 4000, back[0]);
    }
  }

  @Test
  void aTimedLaunchRunsOnceAfterWhatWasSubmittedBefore() {
    Kernel kernel = axpy();
    kernel.launch(GRID, GRID);
    assertTrue(kernel.launchTimed(GRID, GRID) > 0);
    kernel.launch(GRID, GRID);
    assertArrayEquals(new float[] {16, 32, 48}, result());
  }

  @Test
  void rangesThatDoNotFitAreRefused() {
    Kernel kernel = axpy();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> kernel.launch(new long[] {65}, new long[] {64}));
    assertEquals(
        "kernel axpy over [65] work-items in groups of [64]: the range is no multiple of the"
            + " work-group",
        e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> kernel.launch(new long[] {4, 4}, new long[] {4}));
    assertThrows(
        IllegalArgumentException.class, () -> kernel.launch(new long[] {4}, new long[] {0}));
  }

  @Test
  void aRefusedLaunchNamesTheKernel() {
    Kernel kernel = axpy();
    long tooLarge = 2 * device.info().maxWorkGroup();
    NndException e =
        assertThrows(
            NndException.class, () -> kernel.launch(new long[] {tooLarge}, new long[] {tooLarge}));
    assertRefused(
        "kernel axpy over [%1$d] work-items in groups of [%1$d] could not be launched on %2$s:"
                .formatted(tooLarge, device.info().name())
            + " CL_INVALID_WORK_GROUP_SIZE",
        e);
    Kernel unset = program.kernel("axpy");
    NndException missing = assertThrows(NndException.class, () -> unset.launch(GRID, GRID));
    assertTrue(missing.getMessage().contains("CL_INVALID_KERNEL_ARGS\n"), missing.getMessage());
  }

  /** The reason, and the kernel's source in a file. */
  private void assertRefused(String reason, NndException e) {
    String saved = "\nThe source was saved to ";
    assertTrue(e.getMessage().startsWith(reason + saved), e.getMessage());
    Path file = Path.of(e.getMessage().substring(reason.length() + saved.length()));
    assertTrue(file.startsWith(temporary), e.getMessage());
    try {
      assertTrue(Files.readString(file).endsWith(program.source().text()), file.toString());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void anInjectedLaunchFailureNamesTheKernelAndTheNextLaunchWorks() {
    Kernel kernel = axpy();
    Faults.during(
        Faults.Operation.LAUNCH,
        2,
        -5,
        () -> {
          kernel.launch(GRID, GRID);
          NndException e = assertThrows(NndException.class, () -> kernel.launch(GRID, GRID));
          assertRefused(
              "kernel axpy over [64] work-items in groups of [64] could not be launched on "
                  + device.info().name()
                  + ": CL_OUT_OF_RESOURCES",
              e);
        });
    kernel.launch(GRID, GRID);
    assertArrayEquals(new float[] {14, 28, 42}, result());
  }

  @Test
  void wrongArgumentsAreNamed() {
    Kernel kernel = axpy();
    IllegalArgumentException index =
        assertThrows(IllegalArgumentException.class, () -> kernel.arg(4, 1));
    assertTrue(
        index.getMessage().startsWith("kernel axpy, argument 4 of 4 bytes: "), index.getMessage());
    IllegalArgumentException size =
        assertThrows(IllegalArgumentException.class, () -> kernel.arg(3, 1L));
    assertTrue(size.getMessage().endsWith("CL_INVALID_ARG_SIZE"), size.getMessage());
  }

  @Test
  void closedBuffersAndKernelsAreRefusedNotFollowed() {
    Kernel kernel = axpy();
    kernel.launch(GRID, GRID);
    x.close();
    assertThrows(IllegalStateException.class, () -> kernel.launch(GRID, GRID));
    assertArrayEquals(new float[] {12, 24, 36}, result(), "what was pending has been done");
    kernel.close();
    kernel.close();
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> kernel.arg(0, 1f));
    assertEquals("kernel axpy is used after its close()", e.getMessage());
  }

  @Test
  void buffersOfAnotherDeviceAreRefused() {
    Kernel kernel = axpy();
    try (Device other = Devices.open();
        Buffer foreign = other.allocate(12)) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> kernel.arg(1, foreign));
      assertEquals("kernel axpy, argument 1: the buffer is of another device", e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> foreign.copyTo(x, 0, 0, 4));
    }
  }

  @Test
  void threadsSubmitToOneQueue() throws Exception {
    String text = "__kernel void add(__global float* y) { y[get_global_id(0)] += 1.0f; }";
    Program add = device.build("add", text, Source.OPTIONS);
    int threads = 4;
    int launches = 200;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var running = new ArrayList<Future<float[]>>();
      for (int t = 0; t < threads; t++) {
        running.add(
            pool.submit(
                () -> {
                  try (Buffer own = device.allocate(256);
                      Kernel kernel = add.kernel("add").arg(0, own)) {
                    own.fillZero();
                    for (int i = 0; i < launches; i++) {
                      kernel.launch(GRID, GRID);
                    }
                    float[] back = new float[64];
                    own.read(0, back);
                    return back;
                  }
                }));
      }
      float[] expected = new float[64];
      Arrays.fill(expected, launches);
      for (Future<float[]> one : running) {
        assertArrayEquals(expected, one.get());
      }
    }
    assertEquals(2, device.liveBuffers());
  }
}
