package org.nnd.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** A model of a few nodes, written for a test, with the values of its inputs. */
final class SmallModel {
  private final long opset;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("small");
  private final Map<String, Literal> inputs = new LinkedHashMap<>();

  SmallModel(long opset) {
    this.opset = opset;
  }

  /** {@return a model of one operator; inputs of null are left out} */
  static SmallModel of(
      long opset, String operator, int outputs, Map<String, Object> attributes, Literal... inputs) {
    SmallModel model = new SmallModel(opset);
    String[] names = new String[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      names[i] = inputs[i] == null ? "" : "x" + i;
      if (inputs[i] != null) {
        model.input("x" + i, inputs[i]);
      }
    }
    String[] results = new String[outputs];
    for (int i = 0; i < outputs; i++) {
      results[i] = "y" + i;
    }
    model.graph.addNode(node(operator, List.of(names), List.of(results), attributes));
    for (String result : results) {
      model.output(result);
    }
    return model;
  }

  SmallModel input(String name, Literal value) {
    inputs.put(name, value);
    graph.addInput(port(name, value.dtype(), value.shape()));
    return this;
  }

  SmallModel output(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name));
    return this;
  }

  SmallModel constant(String name, Literal value) {
    graph.addInitializer(tensor(name, value));
    return this;
  }

  SmallModel add(NodeProto node) {
    graph.addNode(node);
    return this;
  }

  Map<String, Literal> inputs() {
    return inputs;
  }

  Path write(Path file) {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .setGraph(graph)
            .build();
    try {
      return Files.write(file, model.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static NodeProto node(
      String operator, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addAllOutput(outputs);
    attributes.forEach((name, value) -> node.addAttribute(attribute(name, value)));
    return node.build();
  }

  private static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    switch (value) {
      case Integer i -> attribute.setType(AttributeProto.AttributeType.INT).setI(i);
      case Double f -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(f.floatValue());
      case String s ->
          attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(s));
      case GraphProto g -> attribute.setType(AttributeProto.AttributeType.GRAPH).setG(g);
      case List<?> list -> elements(attribute, list);
      default -> throw new IllegalArgumentException("attribute " + value);
    }
    return attribute.build();
  }

  private static void elements(AttributeProto.Builder attribute, List<?> list) {
    for (Object element : list) {
      switch (element) {
        case Integer i -> attribute.setType(AttributeProto.AttributeType.INTS).addInts(i);
        case Double f ->
            attribute.setType(AttributeProto.AttributeType.FLOATS).addFloats(f.floatValue());
        case String s ->
            attribute
                .setType(AttributeProto.AttributeType.STRINGS)
                .addStrings(ByteString.copyFromUtf8(s));
        default -> throw new IllegalArgumentException("attribute " + element);
      }
    }
  }

  static ValueInfoProto port(String name, DType dtype, int... shape) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int size : shape) {
      dims.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(ElementType.of(dtype).code())
            .setShape(dims)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  static TensorProto tensor(String name, Literal value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(ElementType.of(value.dtype()).code());
    for (int size : value.shape()) {
      tensor.addDims(size);
    }
    switch (value.array()) {
      case float[] floats -> {
        for (float v : floats) {
          tensor.addFloatData(v);
        }
      }
      case long[] longs -> {
        for (long v : longs) {
          tensor.addInt64Data(v);
        }
      }
      case int[] ints -> {
        for (int v : ints) {
          tensor.addInt32Data(v);
        }
      }
      case byte[] bytes -> {
        for (byte v : bytes) {
          tensor.addInt32Data(value.dtype() == DType.U8 ? v & 0xff : v);
        }
      }
      default -> throw new IllegalArgumentException(value.type().toString());
    }
    return tensor.build();
  }
}
