package org.nnd.opencl.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nnd.opencl.jocl.DeviceInfo;
import org.nnd.opencl.jocl.Source;

/**
 * Kernels that do nothing but move memory: read, write, copy. Each in several shapes, of which the
 * fastest is taken for the machine's limit.
 *
 * <ul>
 *   <li>chunk: a work-item alone in its group walks through a contiguous part (CPU)
 *   <li>side by side: the same, walking through several parts at once: prefetchers follow each
 *       (CPU)
 *   <li>streaming: chunks with stores that go past the caches, where the compiler has them (CPU)
 *   <li>wide: one element per work-item, groups as large as may be (CPU, by vectorising the group)
 *   <li>strided: work-items side by side, each striding by the size of the grid (GPU)
 * </ul>
 */
final class BandwidthProbes {
  /** What is done to memory. */
  enum Kind {
    READ(1),
    WRITE(1),
    COPY(2);

    /** Times the array's size that are moved. */
    final int traffic;

    Kind(int traffic) {
      this.traffic = traffic;
    }

    String kernel(String shape) {
      return "peak_" + name().toLowerCase(Locale.ROOT) + "_" + shape;
    }
  }

  private static final int UNROLL = 8;

  private BandwidthProbes() {}

  /**
   * @param bytes size of one array
   */
  static List<Probe> of(DeviceInfo device, Kind kind, long bytes) {
    var probes = new ArrayList<Probe>();
    if (device.type() == DeviceInfo.Type.CPU) {
      for (int perUnit : new int[] {4, 32, 256}) {
        probes.add(chunk(kind, bytes, 16, perUnit * device.computeUnits(), false));
        if (kind == Kind.READ) {
          probes.add(sideBySide(bytes, 16, perUnit * device.computeUnits()));
        } else {
          probes.add(chunk(kind, bytes, 16, perUnit * device.computeUnits(), true));
        }
      }
      if (kind != Kind.READ) {
        probes.add(wide(kind, bytes, (int) Math.min(1024, device.maxWorkGroup())));
      }
    } else {
      for (int width : new int[] {1, 4}) {
        for (int perUnit : new int[] {1024, 4096}) {
          probes.add(strided(kind, bytes, width, (long) perUnit * device.computeUnits()));
        }
      }
    }
    return probes;
  }

  static String vector(int width) {
    return width == 1 ? "float" : "float" + width;
  }

  private static Probe chunk(Kind kind, long bytes, int width, int items, boolean streaming) {
    int count = (int) (bytes / 4 / width / items / UNROLL * UNROLL);
    String name = kind.kernel(streaming ? "streaming" : "chunk");
    var text = new StringBuilder(streaming ? STREAMING : "");
    text.append(header(name, kind, width, 1));
    text.append("  size_t from = get_global_id(0) * (size_t)count;\n");
    walk(text, kind, width, "i < count; i += " + UNROLL, "from + i + %d", streaming);
    return new Probe(
        (streaming ? "streaming, " : "chunk, ") + items + " parts",
        Source.of(name, text.toString()),
        new long[] {items},
        new long[] {1},
        (double) kind.traffic * count * items * width * 4,
        kind == Kind.WRITE ? 1 : 2,
        count);
  }

  private static Probe sideBySide(long bytes, int width, int items) {
    int count = (int) (bytes / 4 / width / items / UNROLL * UNROLL);
    String name = Kind.READ.kernel("side_by_side");
    var text = new StringBuilder(header(name, Kind.READ, width, 1));
    text.append("  size_t part = (size_t)count / %d;\n".formatted(UNROLL));
    text.append("  size_t from = get_global_id(0) * (size_t)count;\n");
    String index = "from + i / " + UNROLL + " + %d * part";
    walk(text, Kind.READ, width, "i < count; i += " + UNROLL, index, false);
    return new Probe(
        "side by side, " + items * UNROLL + " parts",
        Source.of(name, text.toString()),
        new long[] {items},
        new long[] {1},
        (double) count * items * width * 4,
        2,
        count);
  }

  private static Probe strided(Kind kind, long bytes, int width, long items) {
    int count = (int) (bytes / 4 / width / items / UNROLL * UNROLL);
    String name = kind.kernel("strided_" + width);
    var text = new StringBuilder(header(name, kind, width, 256));
    text.append("  size_t from = get_global_id(0);\n  size_t step = get_global_size(0);\n");
    walk(text, kind, width, "i < count; i += " + UNROLL, "from + (i + %d) * step", false);
    return new Probe(
        "strided " + vector(width) + ", " + items + " work-items",
        Source.of(name, text.toString()),
        new long[] {items},
        new long[] {256},
        (double) kind.traffic * count * items * width * 4,
        kind == Kind.WRITE ? 1 : 2,
        count);
  }

  private static Probe wide(Kind kind, long bytes, int local) {
    long items = bytes / 4 / local * local;
    String name = kind.kernel("wide");
    String body =
        kind == Kind.WRITE
            ? "  out[get_global_id(0)] = (float)count;\n}\n"
            : "  out[get_global_id(0)] = in[get_global_id(0)];\n}\n";
    return new Probe(
        "wide, groups of " + local,
        Source.of(name, header(name, kind, 1, local) + body),
        new long[] {items},
        new long[] {local},
        (double) kind.traffic * items * 4,
        kind == Kind.WRITE ? 1 : 2,
        0);
  }

  private static String header(String name, Kind kind, int width, int local) {
    String in =
        kind == Kind.WRITE ? "" : "__global const %s* restrict in, ".formatted(vector(width));
    return """
        __kernel __attribute__((reqd_work_group_size(%d, 1, 1)))
        void %s(%s__global %s* restrict out, int count) {
        """
        .formatted(local, name, in, vector(width));
  }

  /** The loop over a part, unrolled; a read keeps one accumulator per step of the unrolling. */
  private static void walk(
      StringBuilder text, Kind kind, int width, String loop, String index, boolean streaming) {
    String type = vector(width);
    if (kind == Kind.READ) {
      for (int u = 0; u < UNROLL; u++) {
        text.append("  %s acc_%d = (%s)(0.0f);\n".formatted(type, u, type));
      }
    }
    text.append("  for (size_t i = 0; %s) {\n".formatted(loop.replace("count", "(size_t)count")));
    for (int u = 0; u < UNROLL; u++) {
      String at = index.formatted(u);
      String value = kind == Kind.WRITE ? "(%s)((float)count)".formatted(type) : "in[" + at + "]";
      text.append(
          switch (kind) {
            case READ -> "    acc_%d += %s;\n".formatted(u, value);
            case WRITE, COPY ->
                (streaming ? "    NND_STREAM(%s, &out[%s]);\n" : "    out[%2$s] = %1$s;\n")
                    .formatted(value, at);
          });
    }
    text.append("  }\n");
    if (kind == Kind.READ) {
      for (int u = 1; u < UNROLL; u++) {
        text.append("  acc_0 += acc_%d;\n".formatted(u));
      }
      text.append("  out[get_global_id(0)] = acc_0;\n");
    }
    text.append("}\n");
  }

  private static final String STREAMING =
      """
      #ifndef NND_STREAM
      #if defined(__has_builtin)
      #if __has_builtin(__builtin_nontemporal_store)
      #define NND_STREAM(value, target) __builtin_nontemporal_store(value, target)
      #endif
      #endif
      #ifndef NND_STREAM
      #define NND_STREAM(value, target) (*(target) = (value))
      #endif
      #endif
      """;
}
