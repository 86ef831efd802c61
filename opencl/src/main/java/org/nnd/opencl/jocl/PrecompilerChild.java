package org.nnd.opencl.jocl;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A child of {@link Precompiler}: reads launches, runs each on zeros, and says so with a byte. What
 * is read comes from the parent through a pipe.
 */
final class PrecompilerChild {
  /** Written for each launch that has run. */
  static final int DONE = '.';

  /** The C library gives memory from this size on fresh from the system, hence zero. */
  private static final long FRESH = 64L << 20;

  private static final byte GLOBAL = 0;
  private static final byte LOCAL = 1;
  private static final byte SCALAR = 2;

  private PrecompilerChild() {}

  // The parent's side.

  static void request(DataOutputStream out, String deviceKey, List<Launch> launches)
      throws IOException {
    text(out, deviceKey);
    Map<Source, Integer> programs = new LinkedHashMap<>();
    for (Launch launch : launches) {
      programs.putIfAbsent(launch.kernel().program().compiled(), programs.size());
    }
    out.writeInt(programs.size());
    for (Source compiled : programs.keySet()) {
      text(out, compiled.text());
      text(out, compiled.options());
    }
    out.writeInt(launches.size());
    for (Launch launch : launches) {
      out.writeInt(programs.get(launch.kernel().program().compiled()));
      text(out, launch.kernel().name());
      numbers(out, WorkGroupFunction.smallest(launch.global(), launch.local()));
      numbers(out, launch.local());
      arguments(out, launch.kernel().arguments());
    }
  }

  private static void arguments(DataOutputStream out, List<Argument> arguments) throws IOException {
    out.writeInt(arguments.size());
    for (Argument argument : arguments) {
      switch (argument) {
        case Argument.Global global -> {
          out.writeByte(GLOBAL);
          out.writeLong(global.buffer().size());
        }
        case Argument.Local local -> {
          out.writeByte(LOCAL);
          out.writeLong(local.bytes());
        }
        case Argument.Scalar scalar -> {
          out.writeByte(SCALAR);
          out.writeInt(scalar.value().length);
          out.write(scalar.value());
        }
        case Argument.Unset unset -> throw new IllegalStateException("an argument is not set");
      }
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void numbers(DataOutputStream out, long[] numbers) throws IOException {
    out.writeInt(numbers.length);
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  // The child's side.

  public static void main(String[] args) throws IOException {
    var in = new DataInputStream(new BufferedInputStream(System.in));
    String deviceKey = text(in);
    try (Device device = Device.withKey(deviceKey)) {
      var programs = new ArrayList<Program>();
      int programCount = in.readInt();
      for (int i = 0; i < programCount; i++) {
        var source = new Source("program " + i, text(in), text(in));
        programs.add(new Program(device, source, source, Compiler.fromSource(device, source)));
      }
      run(device, programs, in);
    }
  }

  private static void run(Device device, List<Program> programs, DataInputStream in)
      throws IOException {
    int launches = in.readInt();
    for (int i = 0; i < launches; i++) {
      try (Kernel kernel = programs.get(in.readInt()).kernel(text(in))) {
        long[] global = numbers(in);
        long[] local = numbers(in);
        Buffer zeros = arguments(device, kernel, in);
        kernel.launch(global, local);
        device.finish();
        zeros.close();
      }
      System.out.write(DONE);
      System.out.flush();
    }
  }

  /** Sets the arguments. One buffer serves for all pointers: nobody looks at the results. */
  private static Buffer arguments(Device device, Kernel kernel, DataInputStream in)
      throws IOException {
    int count = in.readInt();
    var pointers = new ArrayList<Integer>();
    long largest = 1;
    for (int index = 0; index < count; index++) {
      switch (in.readByte()) {
        case GLOBAL -> {
          pointers.add(index);
          largest = Math.max(largest, in.readLong());
        }
        case LOCAL -> kernel.localArg(index, in.readLong());
        default -> kernel.scalar(index, in.readNBytes(in.readInt()));
      }
    }
    Buffer zeros = device.allocate(largest);
    if (largest < FRESH) {
      zeros.fillZero();
    }
    pointers.forEach(index -> kernel.arg(index, zeros));
    return zeros;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static long[] numbers(DataInputStream in) throws IOException {
    long[] numbers = new long[in.readInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readLong();
    }
    return numbers;
  }
}
