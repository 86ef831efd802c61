package org.nnd.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.NndException;

/** Graphs of a file, with the checks of their names. */
final class GraphReader {
  private final Path file;
  private final TensorReader tensors;

  GraphReader(Path file) {
    this.file = file;
    this.tensors = new TensorReader(file);
  }

  /** The domain {@code ai.onnx} is another name for the empty one. */
  static String domain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  /**
   * @param outer the names that the graphs around this one define before it
   */
  OnnxGraph graph(GraphProto proto, KnownNames outer) {
    List<OnnxGraph.Port> inputs = ports(proto.getInputList(), "input");
    Map<String, OnnxTensor> initializers = initializers(proto);
    KnownNames given = outer.inner();
    Set<String> own = new HashSet<>(initializers.keySet());
    inputs.forEach(input -> own.add(input.name()));
    given.addAll(own);
    List<NodeProto> sorted = new NodeOrder(file).sort(proto.getNodeList(), own, given);
    List<OnnxNode> nodes = nodes(sorted, given);
    List<OnnxGraph.Port> outputs = ports(proto.getOutputList(), "output");
    for (OnnxGraph.Port output : outputs) {
      if (!given.contains(output.name())) {
        throw error("the output '%s' of the graph is not computed".formatted(output.name()));
      }
    }
    return new OnnxGraph(proto.getName(), inputs, outputs, initializers, nodes);
  }

  OnnxFunction function(FunctionProto proto, Map<String, Long> opsets) {
    Set<String> own = new HashSet<>(proto.getInputList());
    KnownNames given = KnownNames.none();
    given.addAll(own);
    List<NodeProto> sorted = new NodeOrder(file).sort(proto.getNodeList(), own, given);
    List<OnnxNode> nodes = nodes(sorted, given);
    for (String output : proto.getOutputList()) {
      if (!given.contains(output)) {
        throw error(
            "the output '%s' of the function '%s' is not computed"
                .formatted(output, proto.getName()));
      }
    }
    return new OnnxFunction(
        domain(proto.getDomain()),
        proto.getName(),
        proto.getInputList(),
        proto.getOutputList(),
        nodes,
        opsets);
  }

  /** Nodes in order; adds their results to {@code given}. */
  private List<OnnxNode> nodes(List<NodeProto> sorted, KnownNames given) {
    List<OnnxNode> nodes = new ArrayList<>();
    for (NodeProto node : sorted) {
      nodes.add(node(node, given));
      given.addAll(node.getOutputList().stream().filter(name -> !name.isEmpty()).toList());
    }
    return nodes;
  }

  private List<OnnxGraph.Port> ports(List<ValueInfoProto> infos, String kind) {
    Set<String> seen = new HashSet<>();
    List<OnnxGraph.Port> ports = new ArrayList<>();
    for (ValueInfoProto info : infos) {
      if (info.getName().isEmpty()) {
        throw error("an %s of a graph has no name".formatted(kind));
      }
      if (!seen.add(info.getName()) && kind.equals("input")) {
        throw error("a graph has two inputs of the name '%s'".formatted(info.getName()));
      }
      ports.add(
          new OnnxGraph.Port(
              info.getName(),
              type(info.getType(), "the " + kind + " '" + Refusal.shown(info.getName()) + "'")));
    }
    return ports;
  }

  private Map<String, OnnxTensor> initializers(GraphProto proto) {
    Map<String, OnnxTensor> result = new LinkedHashMap<>();
    for (TensorProto tensor : proto.getInitializerList()) {
      add(
          result,
          tensor.getName(),
          tensors.read(tensor, "tensor '" + Refusal.shown(tensor.getName()) + "'"));
    }
    for (SparseTensorProto tensor : proto.getSparseInitializerList()) {
      String name = tensor.getValues().getName();
      add(result, name, tensors.read(tensor, "tensor '" + Refusal.shown(name) + "'"));
    }
    return result;
  }

  private void add(Map<String, OnnxTensor> result, String name, OnnxTensor tensor) {
    if (name.isEmpty()) {
      throw error("an initialiser has no name");
    }
    if (result.put(name, tensor) != null) {
      throw error("has two tensors of the name '%s'".formatted(name));
    }
  }

  private ValueType type(TypeProto proto, String what) {
    return switch (proto.getValueCase()) {
      case TENSOR_TYPE -> {
        TypeProto.Tensor tensor = proto.getTensorType();
        Optional<ElementType> element = ElementType.of(tensor.getElemType());
        if (element.isEmpty()) {
          yield new ValueType.Other("tensor of element type " + tensor.getElemType());
        }
        yield new ValueType.Tensor(
            element.get(),
            tensor.hasShape()
                ? Optional.of(
                    tensor.getShape().getDimList().stream()
                        .map(
                            dim ->
                                dim.hasDimValue()
                                    ? extent(dim.getDimValue(), what)
                                    : new ValueType.Dimension.Symbol(dim.getDimParam()))
                        .toList())
                : Optional.empty());
      }
      case SEQUENCE_TYPE ->
          new ValueType.Sequence(type(proto.getSequenceType().getElemType(), what));
      case OPTIONAL_TYPE -> new ValueType.Maybe(type(proto.getOptionalType().getElemType(), what));
      case MAP_TYPE -> new ValueType.Other("map");
      case SPARSE_TENSOR_TYPE -> new ValueType.Other("sparse tensor");
      case OPAQUE_TYPE -> new ValueType.Other("opaque value");
      case VALUE_NOT_SET -> new ValueType.Other("undeclared");
    };
  }

  /** Some exporters write -1 for an extent that is not known. */
  private ValueType.Dimension extent(long size, String what) {
    if (size > Integer.MAX_VALUE) {
      throw error("%s has an axis of extent %,d".formatted(what, size));
    }
    return size < 0
        ? new ValueType.Dimension.Symbol("")
        : new ValueType.Dimension.Fixed((int) size);
  }

  private OnnxNode node(NodeProto proto, KnownNames given) {
    String described = NodeOrder.described(proto);
    Map<String, OnnxAttribute> attributes = new HashMap<>();
    for (AttributeProto attribute : proto.getAttributeList()) {
      String what = "attribute '%s' of %s".formatted(Refusal.shown(attribute.getName()), described);
      if (attributes.put(attribute.getName(), attribute(attribute, given, what)) != null) {
        throw error("%s has two attributes '%s'".formatted(described, attribute.getName()));
      }
    }
    return new OnnxNode(
        proto.getName(),
        domain(proto.getDomain()),
        proto.getOpType(),
        proto.getInputList(),
        proto.getOutputList(),
        attributes);
  }

  private OnnxAttribute attribute(AttributeProto proto, KnownNames given, String what) {
    if (!proto.getRefAttrName().isEmpty()) {
      return new OnnxAttribute.Reference(proto.getRefAttrName());
    }
    return switch (kind(proto)) {
      case FLOAT -> new OnnxAttribute.Real(proto.getF());
      case INT -> new OnnxAttribute.Int(proto.getI());
      case STRING -> new OnnxAttribute.Text(proto.getS().toStringUtf8());
      case TENSOR -> new OnnxAttribute.Tensor(tensors.read(proto.getT(), what));
      case SPARSE_TENSOR -> new OnnxAttribute.Tensor(tensors.read(proto.getSparseTensor(), what));
      case GRAPH -> new OnnxAttribute.Subgraph(graph(proto.getG(), given));
      case TYPE_PROTO -> new OnnxAttribute.Type(type(proto.getTp(), what));
      case FLOATS -> new OnnxAttribute.Reals(proto.getFloatsList());
      case INTS -> new OnnxAttribute.Ints(proto.getIntsList());
      case STRINGS ->
          new OnnxAttribute.Texts(
              proto.getStringsList().stream().map(ByteString::toStringUtf8).toList());
      case TENSORS, GRAPHS, SPARSE_TENSORS, TYPE_PROTOS, UNDEFINED ->
          new OnnxAttribute.Other(kind(proto).toString());
    };
  }

  /** Files of the first version of the format do not say which field they use. */
  private static AttributeProto.AttributeType kind(AttributeProto proto) {
    if (proto.getType() != AttributeProto.AttributeType.UNDEFINED) {
      return proto.getType();
    }
    return proto.hasF()
        ? AttributeProto.AttributeType.FLOAT
        : proto.hasI()
            ? AttributeProto.AttributeType.INT
            : proto.hasS()
                ? AttributeProto.AttributeType.STRING
                : proto.hasT()
                    ? AttributeProto.AttributeType.TENSOR
                    : proto.hasG()
                        ? AttributeProto.AttributeType.GRAPH
                        : proto.getFloatsCount() > 0
                            ? AttributeProto.AttributeType.FLOATS
                            : proto.getStringsCount() > 0
                                ? AttributeProto.AttributeType.STRINGS
                                : AttributeProto.AttributeType.INTS;
  }

  private NndException error(String problem) {
    return new NndException("%s: %s".formatted(file, problem));
  }
}
