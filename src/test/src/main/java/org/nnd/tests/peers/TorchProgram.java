package org.nnd.tests.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.pass.InlineComposites;
import org.nnd.ir.pass.Simplify;

/**
 * A graph as a PyTorch program: a module {@code Net}, made from its leaves and constants by name,
 * whose {@code forward} takes the inputs and gives a tuple of the outputs. Parameters that the
 * graph updates are changed in place.
 *
 * @param source of the program
 * @param inputs the order of forward's arguments
 * @param outputs the order of its results
 * @param updates the parameters that it changes
 * @param constants to be given beside the leaves
 */
record TorchProgram(
    String source,
    List<String> inputs,
    List<String> outputs,
    List<String> updates,
    Map<String, Literal> constants) {
  private static final String IN_FORWARD = "        ";

  /**
   * {@return the program of a graph}
   *
   * @param batch the value of N
   * @param inside whether indices are known to lie inside their axes; if not, each is looked at
   * @throws NndException if PyTorch has no counterpart of an operation
   */
  static TorchProgram of(Graph given, long batch, boolean inside) {
    // PyTorch takes gradients of it, so what stops them stays.
    Graph graph = Simplify.apply(InlineComposites.except(given, TorchComposites::known));
    TorchScope.Shared shared = new TorchScope.Shared(batch, inside);
    List<String> lines = new ArrayList<>();
    TorchScope main = new TorchScope(shared, lines, IN_FORWARD);
    List<String> inputs =
        graph.inputs().stream().map(node -> ((Op.Input) node.op()).name()).toList();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      arguments.add("x" + i);
    }
    List<String> results = moved(graph, main.write(graph, arguments));
    graph.updates().forEach((path, node) -> update(main, path, node));
    main.statement(results.isEmpty() ? "return ()" : "return " + TorchText.tuple(results));
    Map<String, Literal> constants = new LinkedHashMap<>();
    shared.constants.forEach((value, name) -> constants.put(name.substring(5), value));
    return new TorchProgram(
        prelude() + module(graph, shared, arguments, lines),
        inputs,
        List.copyOf(graph.outputs().keySet()),
        List.copyOf(graph.updates().keySet()),
        constants);
  }

  /** Transposes are views to PyTorch: where nothing else is asked for, the elements must move. */
  private static List<String> moved(Graph graph, List<String> results) {
    List<String> moved = new ArrayList<>();
    for (Node output : graph.outputs().values()) {
      String result = results.get(moved.size());
      moved.add(output.op() instanceof Op.Transpose ? result + ".contiguous()" : result);
    }
    return moved;
  }

  /** Rows are added where they lie; anything else is copied there. */
  private static void update(TorchScope s, String path, Node node) {
    String variable = s.leaf(path);
    boolean rows =
        node.op() instanceof Op.ScatterAdd
            && node.operand(0).op() instanceof Op.Parameter(var name, var type)
            && name.equals(path);
    if (rows) {
      int axis = ((Op.ScatterAdd) node.op()).axis();
      String pair =
          "rows(%s, %s, %s, %d, %s)"
              .formatted(
                  variable,
                  s.operand(node, 1),
                  s.operand(node, 2),
                  axis,
                  TorchText.truth(s.inside()));
      s.statement("%s.index_add_(%d, *%s)".formatted(variable, axis, pair));
    } else {
      s.statement("%s.data.copy_(%s.detach())".formatted(variable, s.value(node)));
    }
  }

  private static String module(
      Graph graph, TorchScope.Shared shared, List<String> arguments, List<String> lines) {
    StringBuilder text = new StringBuilder();
    text.append("\n\nclass Net(torch.nn.Module):\n    def __init__(self, t):\n");
    text.append(IN_FORWARD).append("super().__init__()\n");
    Map<String, Node> parameters = new LinkedHashMap<>();
    graph.parameters().forEach(node -> parameters.put(((Op.Parameter) node.op()).name(), node));
    graph.updates().forEach(parameters::putIfAbsent);
    StringBuilder leaves = new StringBuilder();
    shared.leaves.forEach(
        (path, name) -> {
          String value = "t[" + TorchText.string(path) + "]";
          boolean trainable = parameters.get(path).dtype().isFloat();
          text.append(IN_FORWARD)
              .append(
                  trainable
                      ? "%s = torch.nn.Parameter(%s, requires_grad=False)".formatted(name, value)
                      : "self.register_buffer('%s', %s)".formatted(name.substring(5), value))
              .append('\n');
          leaves.append(TorchText.string(path)).append(": ").append(name).append(", ");
        });
    for (String name : shared.constants.values()) {
      String short_ = name.substring(5);
      text.append(IN_FORWARD)
          .append("self.register_buffer('%s', t['%s'])\n".formatted(short_, short_));
    }
    text.append("\n    def leaves(self):\n");
    text.append(IN_FORWARD).append("return {").append(leaves).append("}\n");
    text.append("\n    def forward(")
        .append(String.join(", ", concat("self", arguments)))
        .append("):\n");
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static List<String> concat(String first, List<String> rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  private static String prelude() {
    return resource("prelude.py");
  }

  /** {@return the text of a Python file beside this class} */
  static String resource(String name) {
    try (InputStream in = TorchProgram.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
