package org.nnd.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.format.AtomicFile;
import org.nnd.ir.Literal;
import org.nnd.onnx.exports.Body;
import org.nnd.onnx.exports.Call;
import org.nnd.onnx.exports.ElementTypes;
import org.nnd.onnx.exports.Program;
import org.nnd.onnx.exports.Typed;

/**
 * Writes programs as protobuf messages.
 *
 * @param mostInside the most bytes of initialisers that lie in the file itself; with more, those
 *     that are not small lie in a file beside it
 */
record ProgramWriter(Map<String, String> metadata, long mostInside) {
  /** A protobuf message can have 2 GiB. */
  static final long MOST_INSIDE = 1L << 30;

  private static final long OPSET = 17;

  /** Of opset 17. */
  private static final long IR_VERSION = 8;

  private static final int SMALL = 1024;

  /** So that a runtime can map each tensor into memory. */
  private static final int PAGE = 4096;

  void write(Program program, Path file) {
    long bytes = program.initializers().values().stream().mapToLong(ProgramWriter::bytes).sum();
    Map<String, Long> outside = bytes > mostInside ? outside(program) : Map.of();
    String dataName = file.getFileName() + ".data";
    if (!outside.isEmpty()) {
      AtomicFile.write(
          file.resolveSibling(dataName),
          channel -> {
            for (Map.Entry<String, Long> entry : outside.entrySet()) {
              ByteBuffer data = data(program.initializers().get(entry.getKey()));
              long at = entry.getValue();
              while (data.hasRemaining()) {
                at += channel.write(data, at);
              }
            }
          });
    }
    ModelProto model = model(program, outside, dataName);
    AtomicFile.write(file, channel -> model.writeTo(Channels.newOutputStream(channel)));
  }

  private static long bytes(Literal literal) {
    return (long) literal.count() * literal.dtype().bytes();
  }

  /** The places of the larger initialisers in a file of their own. */
  private static Map<String, Long> outside(Program program) {
    Map<String, Long> places = new LinkedHashMap<>();
    long[] end = {0};
    program
        .initializers()
        .forEach(
            (name, value) -> {
              if (bytes(value) > SMALL) {
                places.put(name, end[0]);
                end[0] = (end[0] + bytes(value) + PAGE - 1) / PAGE * PAGE;
              }
            });
    return places;
  }

  private ModelProto model(Program program, Map<String, Long> outside, String dataName) {
    GraphProto.Builder graph = graph("main", program.main()).toBuilder();
    program
        .initializers()
        .forEach(
            (name, value) -> {
              Long place = outside.get(name);
              graph.addInitializer(
                  place == null ? tensor(name, value) : tensor(name, value, place, dataName));
            });
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("NND")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph);
    metadata.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    return model.build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static GraphProto graph(String name, Body body) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(name);
    body.inputs().forEach(input -> graph.addInput(typed(input)));
    body.calls().forEach(call -> graph.addNode(node(call)));
    body.outputs().forEach(output -> graph.addOutput(typed(output)));
    return graph.build();
  }

  private static ValueInfoProto typed(Typed typed) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String extent : typed.extents()) {
      TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
      if (extent.chars().allMatch(Character::isDigit)) {
        dimension.setDimValue(Long.parseLong(extent));
      } else {
        dimension.setDimParam(extent);
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(Math.toIntExact(ElementTypes.code(typed.dtype())))
            .setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(typed.name())
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static NodeProto node(Call call) {
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setName(call.name())
            .setOpType(call.operator())
            .addAllInput(call.inputs())
            .addAllOutput(call.outputs());
    if (!call.path().isEmpty()) {
      node.setDocString(call.path()).addMetadataProps(entry("nnd.path", call.path()));
    }
    call.attributes().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> node.addAttribute(attribute(call, e.getKey(), e.getValue())));
    return node.build();
  }

  private static AttributeProto attribute(Call call, String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    switch (value) {
      case Long number -> attribute.setType(AttributeProto.AttributeType.INT).setI(number);
      case Float number -> attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
      case String text ->
          attribute
              .setType(AttributeProto.AttributeType.STRING)
              .setS(ByteString.copyFromUtf8(text));
      case List<?> numbers -> {
        attribute.setType(AttributeProto.AttributeType.INTS);
        numbers.forEach(number -> attribute.addInts((Long) number));
      }
      case Literal tensor ->
          attribute.setType(AttributeProto.AttributeType.TENSOR).setT(tensor("", tensor));
      case Body body ->
          attribute
              .setType(AttributeProto.AttributeType.GRAPH)
              .setG(graph(call.name() + "." + name, body));
      default -> throw new IllegalStateException("an attribute " + value.getClass());
    }
    return attribute.build();
  }

  private static TensorProto.Builder header(String name, Literal value) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(Math.toIntExact(ElementTypes.code(value.dtype())));
    for (int size : value.shape()) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private static TensorProto tensor(String name, Literal value) {
    return header(name, value).setRawData(UnsafeByteOperations.unsafeWrap(data(value))).build();
  }

  private static TensorProto tensor(String name, Literal value, long place, String file) {
    return header(name, value)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file))
        .addExternalData(entry("offset", Long.toString(place)))
        .addExternalData(entry("length", Long.toString(bytes(value))))
        .build();
  }

  private static ByteBuffer data(Literal value) {
    return LittleEndian.bytes(value);
  }
}
