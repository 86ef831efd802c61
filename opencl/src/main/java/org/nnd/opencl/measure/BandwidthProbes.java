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
  private static final int UNROLL = 8;

  private BandwidthProbes() {}

  /**
   * @param bytes size of one array
   */
  static List<Probe> of(DeviceInfo device, Movement movement, long bytes) {
    var probes = new ArrayList<Probe>();
    if (device.type() == DeviceInfo.Type.CPU) {
      for (int perUnit : new int[] {4, 32, 256, 2048}) {
        int items = perUnit * device.computeUnits();
        probes.add(chunk(movement, bytes, 16, items, false));
        if (movement == Movement.READ) {
          probes.add(sideBySide(bytes, 16, items, 4));
          probes.add(sideBySide(bytes, 16, items, 8));
        } else {
          probes.add(chunk(movement, bytes, 16, items, true));
        }
      }
      if (movement != Movement.READ) {
        probes.add(wide(movement, bytes, (int) Math.min(1024, device.maxWorkGroup())));
      }
    } else {
      for (int width : new int[] {1, 4}) {
        for (int perUnit : new int[] {1024, 4096}) {
          probes.add(strided(movement, bytes, width, (long) perUnit * device.computeUnits()));
        }
      }
    }
    return probes;
  }

  static String vector(int width) {
    return width == 1 ? "float" : "float" + width;
  }

  private static Probe chunk(
      Movement movement, long bytes, int width, int items, boolean streaming) {
    int count = (int) (bytes / 4 / width / items / UNROLL * UNROLL);
    String name = kernel(movement, streaming ? "streaming" : "chunk");
    var text = new StringBuilder(streaming ? STREAMING : "");
    text.append(header(name, movement, width, 1));
    text.append("  size_t from = get_global_id(0) * (size_t)count;\n");
    walk(text, movement, width, UNROLL, "from + i + %d", streaming);
    return new Probe(
        (streaming ? "streaming, " : "chunk, ") + items + " parts",
        Source.of(name, text.toString()),
        new long[] {items},
        new long[] {1},
        (double) movement.traffic * count * items * width * 4,
        movement == Movement.WRITE ? 1 : 2,
        count);
  }

  private static Probe sideBySide(long bytes, int width, int items, int parts) {
    int count = (int) (bytes / 4 / width / items / parts * parts);
    String name = kernel(Movement.READ, "side_by_side_" + parts);
    var text = new StringBuilder(header(name, Movement.READ, width, 1));
    text.append("  size_t part = (size_t)count / %d;\n".formatted(parts));
    text.append("  size_t from = get_global_id(0) * (size_t)count;\n");
    String index = "from + i / " + parts + " + %d * part";
    walk(text, Movement.READ, width, parts, index, false);
    return new Probe(
        "%d side by side, %d parts".formatted(parts, items * parts),
        Source.of(name, text.toString()),
        new long[] {items},
        new long[] {1},
        (double) count * items * width * 4,
        2,
        count);
  }

  private static Probe strided(Movement movement, long bytes, int width, long items) {
    int count = (int) (bytes / 4 / width / items / UNROLL * UNROLL);
    String name = kernel(movement, "strided_" + width);
    var text = new StringBuilder(header(name, movement, width, 256));
    text.append("  size_t from = get_global_id(0);\n  size_t step = get_global_size(0);\n");
    walk(text, movement, width, UNROLL, "from + (i + %d) * step", false);
    return new Probe(
        "strided " + vector(width) + ", " + items + " work-items",
        Source.of(name, text.toString()),
        new long[] {items},
        new long[] {256},
        (double) movement.traffic * count * items * width * 4,
        movement == Movement.WRITE ? 1 : 2,
        count);
  }

  private static Probe wide(Movement movement, long bytes, int local) {
    long items = bytes / 4 / local * local;
    String name = kernel(movement, "wide");
    String body =
        movement == Movement.WRITE
            ? "  out[get_global_id(0)] = (float)count;\n}\n"
            : "  out[get_global_id(0)] = in[get_global_id(0)];\n}\n";
    return new Probe(
        "wide, groups of " + local,
        Source.of(name, header(name, movement, 1, local) + body),
        new long[] {items},
        new long[] {local},
        (double) movement.traffic * items * 4,
        movement == Movement.WRITE ? 1 : 2,
        0);
  }

  private static String kernel(Movement movement, String shape) {
    return "peak_" + movement.name().toLowerCase(Locale.ROOT) + "_" + shape;
  }

  private static String header(String name, Movement movement, int width, int local) {
    String in =
        movement == Movement.WRITE
            ? ""
            : "__global const %s* restrict in, ".formatted(vector(width));
    return """
        __kernel __attribute__((reqd_work_group_size(%d, 1, 1)))
        void %s(%s__global %s* restrict out, int count) {
        """
        .formatted(local, name, in, vector(width));
  }

  /** The loop over a part, unrolled; a read keeps one accumulator per step of the unrolling. */
  private static void walk(
      StringBuilder text,
      Movement movement,
      int width,
      int unroll,
      String index,
      boolean streaming) {
    String type = vector(width);
    if (movement == Movement.READ) {
      for (int u = 0; u < unroll; u++) {
        text.append("  %s acc_%d = (%s)(0.0f);\n".formatted(type, u, type));
      }
    }
    text.append("  for (size_t i = 0; i < (size_t)count; i += %d) {\n".formatted(unroll));
    for (int u = 0; u < unroll; u++) {
      String at = index.formatted(u);
      String value =
          movement == Movement.WRITE ? "(%s)((float)count)".formatted(type) : "in[" + at + "]";
      text.append(
          switch (movement) {
            case READ -> "    acc_%d += %s;\n".formatted(u, value);
            case WRITE, COPY ->
                (streaming ? "    NND_STREAM(%s, &out[%s]);\n" : "    out[%2$s] = %1$s;\n")
                    .formatted(value, at);
          });
    }
    text.append("  }\n");
    if (movement == Movement.READ) {
      for (int u = 1; u < unroll; u++) {
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
