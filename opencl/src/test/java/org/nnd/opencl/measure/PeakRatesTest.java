package org.nnd.opencl.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Devices;
import org.nnd.opencl.jocl.Kernel;

class PeakRatesTest {
  private static final int FLOATS = 1 << 20;

  @Test
  void everyFigureIsMeasuredAndShown() {
    try (Device device = Devices.open()) {
      PeakRates rates = PeakRates.measure(device);
      for (PeakRates.Rate rate : List.of(rates.fma(), rates.read(), rates.write(), rates.copy())) {
        assertTrue(rate.giga() > 0 && rate.giga() < 1e6, rate.toString());
        assertFalse(rate.shape().isBlank());
      }
      assertTrue(rates.launchMicros() > 0 && rates.roundTripMicros() > 0);
      assertTrue(rates.bandwidth() >= rates.copy().giga());
      assertEquals(5, rates.toString().lines().count());
      assertEquals(0, device.allocatedBytes());
    }
  }

  /** The same device as if it were of the other kind: GPU shapes must be right on a CPU too. */
  private static DeviceInfo as(DeviceInfo d, DeviceInfo.Type type) {
    return new DeviceInfo(
        d.index(),
        d.platform(),
        d.platformVersion(),
        d.name(),
        d.vendor(),
        d.driverVersion(),
        type,
        d.computeUnits(),
        d.globalMemory(),
        d.maxAllocation(),
        d.localMemory(),
        d.cacheBytes(),
        d.cacheLine(),
        d.maxWorkGroup(),
        d.addressAlignment(),
        d.preferredFloatWidth(),
        d.nativeFloatWidth(),
        d.clockMegahertz(),
        d.fp64(),
        d.fp16(),
        d.unifiedMemory());
  }

  private static float[] run(Device device, Probe probe, float[] in) {
    try (Buffer a = device.allocate(4L * FLOATS);
        Buffer b = device.allocate(4L * FLOATS);
        Kernel kernel = device.build(probe.source()).kernel(probe.source().name())) {
      a.write(0, in);
      b.fillZero();
      probe.bind(kernel, a, b);
      kernel.launch(probe.global(), probe.local());
      float[] out = new float[FLOATS];
      b.read(0, out);
      return out;
    }
  }

  @ParameterizedTest
  @EnumSource(DeviceInfo.Type.class)
  void everyBandwidthShapeMovesTheBytesItClaims(DeviceInfo.Type type) {
    try (Device device = Devices.open()) {
      DeviceInfo info = as(device.info(), type);
      float[] in = new float[FLOATS];
      for (int i = 0; i < FLOATS; i++) {
        in[i] = i % 8 + 1;
      }
      for (Probe probe : BandwidthProbes.of(info, Movement.COPY, 4L * FLOATS)) {
        int moved = (int) (probe.work() / 8);
        float[] expected = new float[FLOATS];
        System.arraycopy(in, 0, expected, 0, moved);
        assertArrayEquals(expected, run(device, probe, in), probe.shape());
      }
      for (Probe probe : BandwidthProbes.of(info, Movement.WRITE, 4L * FLOATS)) {
        int moved = (int) (probe.work() / 4);
        float[] expected = new float[FLOATS];
        java.util.Arrays.fill(expected, 0, moved, probe.count());
        assertArrayEquals(expected, run(device, probe, in), probe.shape());
      }
      for (Probe probe : BandwidthProbes.of(info, Movement.READ, 4L * FLOATS)) {
        int moved = (int) (probe.work() / 4);
        double expected = 0;
        for (int i = 0; i < moved; i++) {
          expected += in[i];
        }
        float[] out = run(device, probe, in);
        double sum = 0;
        for (float partial : out) {
          sum += partial;
        }
        assertEquals(expected, sum, probe.shape() + ": sums of small integers are exact");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(DeviceInfo.Type.class)
  void multiplyAddShapesComputeWhatTheyClaim(DeviceInfo.Type type) {
    try (Device device = Devices.open()) {
      // acc = acc / 2 + item converges to 2 * item in every lane of every accumulator.
      Stream<Probe> probes =
          FmaProbes.of(as(device.info(), type)).stream().filter(p -> p.global()[0] <= 4096);
      probes.forEach(
          probe -> {
            String text = probe.source().text();
            int accumulators = text.split("= fma\\(", -1).length - 1;
            float[] out = run(device, probe, new float[FLOATS]);
            int width = (int) (probe.work() / probe.global()[0] / accumulators / probe.count() / 2);
            for (int item = 0; item < probe.global()[0]; item++) {
              for (int lane = 0; lane < width; lane++) {
                assertEquals(2f * item * accumulators, out[item * width + lane], probe.shape());
              }
            }
          });
    }
  }
}
