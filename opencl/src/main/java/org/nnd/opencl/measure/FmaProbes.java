package org.nnd.opencl.measure;

import java.util.ArrayList;
import java.util.List;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Source;

/**
 * Kernels that do nothing but fused multiply-adds in registers:
 *
 * <pre>{@code
 * for it in 0 .. count-1
 *   for i in 0 .. accumulators-1
 *     acc_i = fma(acc_i, scale, shift)      // independent chains, floatW each
 * }</pre>
 *
 * <p>Enough independent chains cover the latency of the multiply-add (4 cycles times 2 units on
 * current CPUs: 8 and more); too many spill (32 vector registers with AVX-512, 16 with AVX2). One
 * work-item per work-group on a CPU, where PoCL then makes no loop over work-items; many on a GPU,
 * whose other warps cover latency too.
 */
final class FmaProbes {
  private static final int ITERATIONS = 1_200;
  private static final int ITEMS_PER_UNIT = 256;

  private FmaProbes() {}

  static List<Probe> of(DeviceInfo device) {
    var probes = new ArrayList<Probe>();
    if (device.type() == DeviceInfo.Type.CPU) {
      for (int width : new int[] {8, 16}) {
        for (int accumulators : new int[] {12, 16, 24}) {
          long items = (long) ITEMS_PER_UNIT * device.computeUnits();
          probes.add(probe(width, accumulators, items, 1, ITERATIONS));
        }
      }
    } else {
      for (int width : new int[] {1, 4}) {
        long items = 2048L * device.computeUnits();
        probes.add(probe(width, 16, items, 256, ITERATIONS * 3));
      }
    }
    return probes;
  }

  private static Probe probe(int width, int accumulators, long items, int local, int iterations) {
    String type = BandwidthProbes.vector(width);
    String name = "peak_fma_" + type + "_" + accumulators;
    var text = new StringBuilder();
    text.append(
        "__kernel __attribute__((reqd_work_group_size(%d, 1, 1)))\nvoid %s(__global %s* out, int count) {\n"
            .formatted(local, name, type));
    text.append("  %s scale = (%s)(0.5f);\n".formatted(type, type));
    text.append("  %s shift = (%s)((float)get_global_id(0));\n".formatted(type, type));
    for (int i = 0; i < accumulators; i++) {
      text.append("  %s acc_%d = (%s)(%d.0f);\n".formatted(type, i, type, i));
    }
    text.append("  for (int it = 0; it < count; it++) {\n");
    for (int i = 0; i < accumulators; i++) {
      text.append("    acc_%d = fma(acc_%d, scale, shift);\n".formatted(i, i));
    }
    text.append("  }\n");
    for (int i = 1; i < accumulators; i++) {
      text.append("  acc_0 += acc_%d;\n".formatted(i));
    }
    text.append("  out[get_global_id(0)] = acc_0;\n}\n");
    double flops = 2.0 * iterations * accumulators * width * items;
    String shape = "%d accumulators of %s".formatted(accumulators, type);
    return new Probe(
        shape,
        Source.of(name, text.toString()),
        new long[] {items},
        new long[] {local},
        flops,
        1,
        iterations);
  }
}
