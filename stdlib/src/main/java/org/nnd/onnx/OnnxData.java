package org.nnd.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nnd.onnx.imports.Value;

/** Values in files of their own ({@code .pb}), as ONNX's test data has them. */
public final class OnnxData {
  // Field numbers of SequenceProto and OptionalProto (onnx-data.proto), of which there are no
  // classes.
  private static final int TENSOR = 3;
  private static final int SEQUENCE = 5;

  private OnnxData() {}

  /**
   * {@return the value in a file}
   *
   * @param type what the graph declares of it: the file itself does not say what it holds
   * @throws org.nnd.ir.NndException if the file cannot be read or is damaged
   */
  public static Value read(Path file, ValueType type) {
    return OnnxReader.parse(file, in -> value(file, in, type));
  }

  private static Value value(Path file, CodedInputStream in, ValueType type) throws IOException {
    return switch (type) {
      case ValueType.Sequence sequence ->
          new Value.Sequence(elements(file, in, sequence.element()));
      case ValueType.Maybe maybe ->
          elements(file, in, maybe.element()).stream().findFirst().orElseGet(Value.Absent::new);
      case ValueType.Tensor tensor -> tensor(file, in);
      case ValueType.Other other -> tensor(file, in);
    };
  }

  private static Value tensor(Path file, CodedInputStream in) throws IOException {
    TensorProto proto = TensorProto.parseFrom(in);
    return Value.of(new TensorReader(file).read(proto, "tensor '" + proto.getName() + "'"));
  }

  private static List<Value> elements(Path file, CodedInputStream in, ValueType type)
      throws IOException {
    List<Value> elements = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      if (field == TENSOR || field == SEQUENCE) {
        CodedInputStream inner = in.readBytes().newCodedInput();
        elements.add(value(file, inner, type));
      } else {
        in.skipField(tag);
      }
    }
    return elements;
  }
}
