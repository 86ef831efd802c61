package org.nnd.model;

import org.nnd.format.Safetensors;
import org.nnd.format.SafetensorsWriter;
import org.nnd.format.StorageType;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Tensors in host memory to and from safetensors files, each in its own type. */
public final class LiteralFile {
  private LiteralFile() {}

  /** Adds a tensor to a file to be written. */
  public static void add(SafetensorsWriter writer, String name, Literal value) {
    int[] shape = value.shape();
    switch (value.dtype()) {
      case F32 -> writer.add(name, shape, (float[]) value.array());
      case F64 -> writer.add(name, shape, (double[]) value.array());
      case I32 -> writer.add(name, shape, (int[]) value.array());
      case I64 -> writer.add(name, shape, (long[]) value.array());
      case U8 -> writer.add(name, StorageType.U8, shape, (byte[]) value.array());
      case I8 -> writer.add(name, StorageType.I8, shape, (byte[]) value.array());
      case F16 -> writer.add(name, StorageType.F16, shape, value.toFloats());
      case BF16 -> writer.add(name, StorageType.BF16, shape, value.toFloats());
      case BOOL -> {
        boolean[] flags = new boolean[value.count()];
        for (int i = 0; i < flags.length; i++) {
          flags[i] = value.get(i) != 0;
        }
        writer.add(name, shape, flags);
      }
    }
  }

  /** {@return the shape of a stored tensor} */
  public static int[] shape(Safetensors file, String name) {
    long[] shape = file.entry(name).shape();
    int[] sizes = new int[shape.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(shape[i]);
    }
    return sizes;
  }

  /**
   * {@return a stored tensor as a given type}
   *
   * @throws NndException if its numbers have no such form
   */
  public static Literal read(Safetensors file, String name, DType dtype) {
    int[] shape = shape(file, name);
    return switch (dtype) {
      case F32 -> Literal.of(file.floats(name), shape);
      case F64 -> Literal.of(file.doubles(name), shape);
      case F16, BF16 -> Literal.ofDoubles(dtype, file.doubles(name), shape);
      case I32 -> Literal.of(file.ints(name), shape);
      case I64 -> Literal.of(file.longs(name), shape);
      case U8, I8, BOOL -> {
        int[] values = file.ints(name);
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) values[i];
        }
        yield new Literal(dtype, shape, bytes);
      }
    };
  }
}
