package org.nnd.onnx;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nnd.format.WholeFile;
import org.nnd.ir.NndException;

/** Parses a file and checks it. */
final class OnnxReader {
  /** The newest version of the format and of the operators that is understood. */
  private static final long NEWEST_FORMAT = 13;

  private final Path file;

  private OnnxReader(Path file) {
    this.file = file;
  }

  static OnnxFile read(Path file) {
    return Refusal.told(file, new OnnxReader(file)::model);
  }

  /** {@return the message in a file of at most 2 GB, which is what protobuf can hold} */
  static <M> M parse(Path file, Parsing<M> parsing) {
    WholeFile.check(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE - 8) {
        throw new NndException(
            "%s: has %,d bytes; a model of more than 2 GB keeps its tensors in external data"
                .formatted(file, channel.size()));
      }
      // Not mapped: a file that another process cuts short would end this one.
      byte[] bytes = new byte[(int) channel.size()];
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining() && channel.read(rest) >= 0) {}
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      in.enableAliasing(true); // tensors are parts of the array, not copies
      in.setSizeLimit(Integer.MAX_VALUE);
      M message = parsing.parse(in);
      in.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new NndException(
          "%s: is damaged or not an ONNX file: %s"
              .formatted(file, e.getMessage().replaceFirst("(?s)\\.\\s.*", "")),
          e);
    } catch (IOException e) {
      throw new NndException(
          "%s: cannot be read: %s: %s"
              .formatted(file, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  /** The parser of a kind of message. */
  @FunctionalInterface
  interface Parsing<M> {
    M parse(CodedInputStream in) throws IOException;
  }

  private OnnxFile model() {
    ModelProto proto = parse(file, ModelProto::parseFrom);
    if (!proto.hasGraph()) {
      throw error("has no graph; is it an ONNX model?");
    }
    if (proto.getIrVersion() > NEWEST_FORMAT) {
      throw error(
          "is of version %d of the format; up to %d are understood"
              .formatted(proto.getIrVersion(), NEWEST_FORMAT));
    }
    GraphReader graphs = new GraphReader(file);
    List<OnnxFunction> functions = new ArrayList<>();
    for (FunctionProto function : proto.getFunctionsList()) {
      functions.add(graphs.function(function, opsets(function.getOpsetImportList())));
    }
    checkCalls(functions);
    Map<String, String> metadata = new HashMap<>();
    proto.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return new OnnxFile(
        file,
        proto.getIrVersion(),
        (proto.getProducerName() + " " + proto.getProducerVersion()).strip(),
        opsets(proto.getOpsetImportList()),
        graphs.graph(proto.getGraph(), KnownNames.none()),
        functions,
        metadata);
  }

  private Map<String, Long> opsets(List<OperatorSetIdProto> entries) {
    Map<String, Long> opsets = new HashMap<>();
    for (OperatorSetIdProto entry : entries) {
      String domain = GraphReader.domain(entry.getDomain());
      Long before = opsets.put(domain, entry.getVersion());
      if (before != null && before != entry.getVersion()) {
        throw error(
            "imports two versions of the operators of '%s': %d and %d"
                .formatted(domain, before, entry.getVersion()));
      }
    }
    return opsets;
  }

  /** Functions that call each other in a circle would never end. */
  private void checkCalls(List<OnnxFunction> functions) {
    Map<String, OnnxFunction> byName = new HashMap<>();
    for (OnnxFunction function : functions) {
      if (byName.put(function.domain() + "." + function.name(), function) != null) {
        throw error("defines the function '%s' twice".formatted(function.name()));
      }
    }
    Set<String> finished = new HashSet<>();
    byName.keySet().forEach(name -> walk(name, byName, new HashSet<>(), finished));
  }

  private void walk(
      String name, Map<String, OnnxFunction> functions, Set<String> open, Set<String> finished) {
    if (finished.contains(name) || !functions.containsKey(name)) {
      return;
    }
    if (!open.add(name)) {
      throw error("has functions that call each other in a circle, among them " + name);
    }
    if (open.size() > 64) {
      throw error("has functions that call each other more than 64 levels deep");
    }
    for (OnnxNode node : functions.get(name).nodes()) {
      calls(node).forEach(called -> walk(called, functions, open, finished));
    }
    open.remove(name);
    finished.add(name);
  }

  /** The operators of a node and of the graphs in its attributes. */
  private static List<String> calls(OnnxNode node) {
    List<String> calls = new ArrayList<>();
    calls.add(node.domain() + "." + node.operator());
    for (OnnxAttribute attribute : node.attributes().values()) {
      if (attribute instanceof OnnxAttribute.Subgraph subgraph) {
        subgraph.value().nodes().forEach(inner -> calls.addAll(calls(inner)));
      }
    }
    return calls;
  }

  private NndException error(String problem) {
    return new NndException("%s: %s".formatted(file, problem));
  }
}
