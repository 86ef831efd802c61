package org.nnd.opencl.measure;

import java.util.List;
import org.nnd.opencl.jocl.Buffer;
import org.nnd.opencl.jocl.Device;
import org.nnd.opencl.jocl.Kernel;
import org.nnd.opencl.jocl.Program;

/**
 * The rate at which memory is copied, to be measured again and again: on a machine that is shared
 * it changes within minutes. The kernel is the one that was fastest when the peaks were measured.
 */
public final class CopyRate implements AutoCloseable {
  private final Device device;
  private final Probe probe;
  private final Buffer from;
  private final Buffer to;
  private final Program program;
  private final Kernel kernel;

  private CopyRate(Device device, Probe probe, long bytes) {
    this.device = device;
    this.probe = probe;
    from = device.allocate(bytes);
    to = device.allocate(bytes);
    from.fillZero();
    to.fillZero();
    program = device.build(probe.source());
    kernel = program.kernel(probe.source().name());
    kernel.arg(0, from).arg(1, to).arg(2, probe.count());
    giga(); // the driver may compile at the first launch
  }

  /** {@return a measurement like that of {@code peaks}} */
  public static CopyRate of(Device device, PeakRates peaks) {
    List<Probe> probes =
        BandwidthProbes.of(device.info(), BandwidthProbes.Kind.COPY, peaks.arrayBytes());
    Probe fastest =
        probes.stream()
            .filter(probe -> probe.shape().equals(peaks.copy().shape()))
            .findFirst()
            .orElse(probes.get(0));
    return new CopyRate(device, fastest, peaks.arrayBytes());
  }

  /** {@return the rate of one copy now, in 10^9 bytes a second, both directions counted} */
  public double giga() {
    device.finish();
    long start = System.nanoTime();
    kernel.launch(probe.global(), probe.local());
    device.finish();
    return probe.work() / (System.nanoTime() - start);
  }

  @Override
  public void close() {
    kernel.close();
    program.close();
    from.close();
    to.close();
  }
}
