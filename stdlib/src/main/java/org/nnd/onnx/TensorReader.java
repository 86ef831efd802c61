package org.nnd.onnx;

import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;

/** Tensors of a file. A tensor must have as many elements as its shape says, no more, no less. */
final class TensorReader {
  /** Sparse tensors are made dense: the most elements that one may have. */
  private static final long MOST_DENSE = 1L << 26;

  private final Path file;

  TensorReader(Path file) {
    this.file = file;
  }

  /**
   * @param what for errors, such as {@code tensor 'fc.weight'}
   */
  OnnxTensor read(TensorProto proto, String what) {
    ElementType type =
        ElementType.of(proto.getDataType())
            .orElseThrow(() -> error(what, "has the unknown element type " + proto.getDataType()));
    int[] shape = shape(proto.getDimsList(), what);
    if (proto.hasSegment()) {
      throw error(what, "is a segment of a larger tensor; segments are not supported");
    }
    if (type == ElementType.STRING) {
      return strings(proto, shape, what);
    }
    if (!type.isNumeric()) {
      throw error(what, "has elements of " + type + ", which are not supported");
    }
    int count = count(shape);
    boolean external = proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    if (external || proto.hasRawData()) {
      ByteBuffer bytes =
          external
              ? external(proto.getExternalDataList(), (long) count * type.bytes(), what)
              : proto.getRawData().asReadOnlyByteBuffer();
      return new OnnxTensor.Numbers(type, raw(type, shape, bytes, what));
    }
    return new OnnxTensor.Numbers(type, typed(proto, type, shape, what));
  }

  /** Values of a sparse tensor at their places, zeros elsewhere. */
  OnnxTensor read(SparseTensorProto proto, String what) {
    int[] shape = shape(proto.getDimsList(), what);
    if (count(shape) > MOST_DENSE) {
      throw error(
          what,
          "is sparse with %,d elements; at most %,d are supported"
              .formatted(count(shape), MOST_DENSE));
    }
    OnnxTensor values = read(proto.getValues(), "the values of " + what);
    OnnxTensor indices = read(proto.getIndices(), "the indices of " + what);
    if (!(values instanceof OnnxTensor.Numbers numbers)
        || !(indices instanceof OnnxTensor.Numbers places)
        || !(places.literal().array() instanceof long[] flat)) {
      throw error(what, "is sparse and has not numbers at int64 indices");
    }
    int entries = numbers.literal().count();
    boolean linear = places.shape().length == 1;
    if (flat.length != (long) entries * (linear ? 1 : shape.length)) {
      throw error(
          what, "has %d values and %s indices".formatted(entries, Arrays.toString(places.shape())));
    }
    double[] dense = new double[count(shape)];
    for (int i = 0; i < entries; i++) {
      long at = 0;
      if (linear) {
        at = flat[i];
      } else {
        for (int axis = 0; axis < shape.length; axis++) {
          long index = flat[i * shape.length + axis];
          if (index < 0 || index >= shape[axis]) {
            throw error(what, "has an index outside the shape " + Arrays.toString(shape));
          }
          at = at * shape[axis] + index;
        }
      }
      if (at < 0 || at >= dense.length) {
        throw error(what, "has an index outside the shape " + Arrays.toString(shape));
      }
      dense[(int) at] = numbers.literal().get(i);
    }
    return new OnnxTensor.Numbers(
        numbers.type(), Literal.ofDoubles(numbers.literal().dtype(), dense, shape));
  }

  private int[] shape(List<Long> dims, String what) {
    if (dims.size() > 64) {
      throw error(what, "has " + dims.size() + " axes; at most 64 are supported");
    }
    long count = 1;
    int[] shape = new int[dims.size()];
    for (int i = 0; i < shape.length; i++) {
      long size = dims.get(i);
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw error(
            what, "has the shape %s; extents are from 0 to %,d".formatted(dims, Integer.MAX_VALUE));
      }
      shape[i] = (int) size;
    }
    for (int size : shape) {
      count = size == 0 || count == 0 ? 0 : count * size;
      if (count > Integer.MAX_VALUE - 8 && Arrays.stream(shape).noneMatch(s -> s == 0)) {
        throw error(
            what,
            "has the shape %s; at most %,d elements are possible"
                .formatted(dims, Integer.MAX_VALUE));
      }
    }
    return shape;
  }

  private static int count(int[] shape) {
    return Arrays.stream(shape).anyMatch(size -> size == 0)
        ? 0
        : Arrays.stream(shape).reduce(1, (x, y) -> x * y);
  }

  private ByteBuffer external(List<StringStringEntryProto> entries, long wanted, String what) {
    Map<String, String> fields = new HashMap<>();
    entries.forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    return new ExternalData(file).read(fields, wanted, what);
  }

  private OnnxTensor strings(TensorProto proto, int[] shape, String what) {
    expect(proto.getStringDataCount(), count(shape), shape, what);
    List<String> values = proto.getStringDataList().stream().map(ByteString::toStringUtf8).toList();
    return new OnnxTensor.Strings(values, shape);
  }

  /** Little-endian elements. */
  private Literal raw(ElementType type, int[] shape, ByteBuffer buffer, String what) {
    int count = count(shape);
    if (buffer.remaining() != (long) count * type.bytes()) {
      throw error(
          what,
          "has %,d bytes of data; %s%s needs %,d"
              .formatted(
                  buffer.remaining(), type, Arrays.toString(shape), (long) count * type.bytes()));
    }
    ByteBuffer bytes = buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
    Literal result = Literal.zeros(type.storage(), shape);
    switch (result.array()) {
      case float[] floats -> bytes.asFloatBuffer().get(floats);
      case double[] doubles -> bytes.asDoubleBuffer().get(doubles);
      case byte[] small -> bytes.get(small);
      case short[] halves -> bytes.asShortBuffer().get(halves);
      case int[] ints when type == ElementType.INT32 -> bytes.asIntBuffer().get(ints);
      case int[] ints -> Arrays.setAll(ints, i -> narrow(type, bytes.getShort(2 * i)));
      case long[] longs when type == ElementType.UINT32 ->
          Arrays.setAll(longs, i -> bytes.getInt(4 * i) & 0xffffffffL);
      case long[] longs -> bytes.asLongBuffer().get(longs);
      default -> throw new IllegalStateException("literal of " + type);
    }
    return normal(result);
  }

  private static int narrow(ElementType type, short bits) {
    return type == ElementType.UINT16 ? bits & 0xffff : bits;
  }

  /** Elements in the field of their type: see the comments of {@code TensorProto}. */
  private Literal typed(TensorProto proto, ElementType type, int[] shape, String what) {
    int count = count(shape);
    Literal result;
    switch (type) {
      case FLOAT -> {
        List<Float> values = proto.getFloatDataList();
        expect(values.size(), count, shape, what);
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
          floats[i] = values.get(i);
        }
        return Literal.of(floats, shape);
      }
      case DOUBLE -> {
        List<Double> values = proto.getDoubleDataList();
        expect(values.size(), count, shape, what);
        double[] doubles = new double[count];
        for (int i = 0; i < count; i++) {
          doubles[i] = values.get(i);
        }
        return Literal.of(doubles, shape);
      }
      case INT64 -> {
        expect(proto.getInt64DataCount(), count, shape, what);
        result = integers(type, shape, proto::getInt64Data);
      }
      case UINT32, UINT64 -> {
        expect(proto.getUint64DataCount(), count, shape, what);
        result = integers(type, shape, proto::getUint64Data);
      }
      default -> {
        expect(proto.getInt32DataCount(), count, shape, what);
        result = integers(type, shape, i -> (long) proto.getInt32Data(i));
      }
    }
    return normal(result);
  }

  private static Literal integers(ElementType type, int[] shape, IntFunction<Long> value) {
    Literal result = Literal.zeros(type.storage(), shape);
    for (int i = 0; i < result.count(); i++) {
      long v = value.apply(i);
      switch (result.array()) {
        case byte[] bytes -> bytes[i] = (byte) v;
        case short[] shorts -> shorts[i] = (short) v;
        case int[] ints -> ints[i] = type == ElementType.UINT16 ? (int) (v & 0xffff) : (int) v;
        case long[] longs -> longs[i] = type == ElementType.UINT32 ? v & 0xffffffffL : v;
        default -> throw new IllegalStateException("integers of " + type);
      }
    }
    return result;
  }

  /** Truth values of a file may be any byte; those of a literal are 0 and 1. */
  private static Literal normal(Literal literal) {
    if (literal.dtype() == DType.BOOL) {
      byte[] bytes = (byte[]) literal.array();
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (bytes[i] == 0 ? 0 : 1);
      }
    }
    return literal;
  }

  private void expect(int found, int wanted, int[] shape, String what) {
    if (found != wanted) {
      throw error(
          what,
          "has %,d elements; its shape %s needs %,d"
              .formatted(found, Arrays.toString(shape), wanted));
    }
  }

  private NndException error(String what, String problem) {
    return new NndException("%s: %s %s".formatted(file, what, problem));
  }
}
