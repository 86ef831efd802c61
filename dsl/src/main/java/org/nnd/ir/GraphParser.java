package org.nnd.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the text that {@link GraphPrinter#print} writes; comments, hence origins, are skipped. */
public final class GraphParser {
  private final List<Lexer.Token> tokens;
  private int next;

  private GraphParser(List<Lexer.Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * {@return the graph}
   *
   * @throws NndException naming the line that cannot be read, or whose types do not fit
   */
  public static Graph parse(String text) {
    GraphParser parser = new GraphParser(Lexer.tokens(text));
    Graph graph = parser.graph();
    if (parser.peek().kind() != Lexer.Kind.END) {
      throw parser.expected("the end");
    }
    return graph;
  }

  private Lexer.Token peek() {
    return tokens.get(next);
  }

  private Lexer.Token take() {
    Lexer.Token token = tokens.get(next);
    next = Math.min(next + 1, tokens.size() - 1);
    return token;
  }

  private boolean skips(String mark) {
    boolean found = peek().is(mark);
    if (found) {
      take();
    }
    return found;
  }

  private void expect(String mark) {
    if (!skips(mark)) {
      throw expected("'" + mark + "'");
    }
  }

  private NndException expected(String what) {
    return new NndException(
        "line %d: expected %s, found %s".formatted(peek().line(), what, peek().described()));
  }

  private String name() {
    if (peek().kind() != Lexer.Kind.WORD && peek().kind() != Lexer.Kind.STRING) {
      throw expected("a name");
    }
    return take().text();
  }

  /** Adds the line to the message of an error met in {@code body}. */
  private static <T> T at(int line, Supplier<T> body) {
    try {
      return body.get();
    } catch (RuntimeException e) {
      if (e instanceof NndException && e.getMessage().startsWith("line ")) {
        throw e;
      }
      boolean told = e instanceof NndException || e instanceof IllegalArgumentException;
      String why = told ? e.getMessage() : "the operation cannot have these operands";
      throw new NndException("line %d: %s".formatted(line, why), e);
    }
  }

  private Graph graph() {
    expect("graph");
    Map<String, Node> values = new HashMap<>();
    List<Node> inputs = new ArrayList<>();
    expect("(");
    while (!peek().is(")")) {
      expect("%");
      Lexer.Token token = peek();
      String name = name();
      expect(":");
      inputs.add(Operations.input(name, type()));
      values.put(value(token), inputs.get(inputs.size() - 1));
      if (!skips(",") && !peek().is(")")) {
        throw expected("',' or ')'");
      }
    }
    expect(")");
    int line = peek().line();
    expect("{");
    while (peek().is("%")) {
      instruction(values);
    }
    expect("return");
    Map<String, Node> outputs = results(values);
    Map<String, Node> updates = skips("update") ? results(values) : Map.of();
    expect("}");
    return at(line, () -> Graph.of(inputs, outputs, updates));
  }

  private Map<String, Node> results(Map<String, Node> values) {
    Map<String, Node> results = new LinkedHashMap<>();
    while (!peek().is("}") && !peek().is("update")) {
      String name = name();
      expect("=");
      results.put(name, operand(values));
      if (!skips(",")) {
        break;
      }
    }
    return results;
  }

  private Node operand(Map<String, Node> values) {
    expect("%");
    Lexer.Token token = peek();
    name();
    Node node = values.get(value(token));
    if (node == null) {
      throw new NndException(
          "line %d: %s is used before it is computed".formatted(token.line(), value(token)));
    }
    return node;
  }

  /** A value as it is printed: the input {@code %"0"} is not the first instruction's {@code %0}. */
  private static String value(Lexer.Token token) {
    return "%" + (token.kind() == Lexer.Kind.STRING ? Text.name(token.text()) : token.text());
  }

  private void instruction(Map<String, Node> values) {
    int line = peek().line();
    expect("%");
    Lexer.Token token = peek();
    name();
    String name = value(token);
    if (skips(":")) {
      take(); // the number of results, which their types tell too
    }
    expect("=");
    Node node = at(line, () -> operation(values));
    if (values.put(name, node) != null) {
      throw new NndException("line %d: %s is computed twice".formatted(line, name));
    }
  }

  private Node operation(Map<String, Node> values) {
    if (peek().is("%")) {
      Node of = operand(values);
      expect("#");
      Op.GetResult result = new Op.GetResult(Integer.parseInt(name()));
      return typed(result, List.of(of), types());
    }
    String name = name();
    if (name.equals("constant")) {
      return constant();
    }
    Optional<String> label =
        peek().kind() == Lexer.Kind.STRING ? Optional.of(take().text()) : Optional.empty();
    List<Node> operands = new ArrayList<>();
    if (skips("(")) {
      do {
        operands.add(operand(values));
      } while (skips(","));
      expect(")");
    }
    Map<String, Object> attributes = peek().is("{") ? attributes() : Map.of();
    List<TensorType> types = types();
    Map<String, Graph> bodies = new LinkedHashMap<>();
    while (tokens.get(Math.min(next + 1, tokens.size() - 1)).is("graph")) {
      bodies.put(name(), graph());
    }
    OpText text = new OpText(name, label, attributes, bodies);
    return typed(new OpParser(text, operands, types).parse(), operands, types);
  }

  private static Node typed(Op op, List<Node> operands, List<TensorType> types) {
    Node node = Node.of(op, operands);
    if (!node.types().equals(types)) {
      throw new NndException(
          "the results have the types %s, not %s".formatted(node.types(), types));
    }
    return node;
  }

  private Node constant() {
    if (peek().kind() == Lexer.Kind.STRING) {
      String bytes = take().text();
      List<TensorType> types = types();
      return Operations.constant(Text.fromBase64(types.get(0), bytes));
    }
    if (peek().is("…")) {
      throw new NndException("the constant was left out when the graph was printed");
    }
    List<String> numbers = new ArrayList<>();
    if (skips("[")) {
      while (!skips("]")) {
        numbers.add(take().text());
        skips(",");
      }
    } else {
      numbers.add(take().text());
    }
    return Operations.constant(Text.numbers(types().get(0), numbers));
  }

  private List<TensorType> types() {
    expect(":");
    if (!skips("(")) {
      return List.of(type());
    }
    List<TensorType> types = new ArrayList<>();
    while (!skips(")")) {
      types.add(type());
      skips(",");
    }
    return types;
  }

  private TensorType type() {
    int line = peek().line();
    DType dtype = at(line, () -> DType.parse(name()));
    List<Dim> dims = new ArrayList<>();
    expect("[");
    while (!skips("]")) {
      dims.add(at(line, () -> Dim.parse(name())));
      skips(",");
    }
    return new TensorType(dtype, new Shape(dims));
  }

  private Map<String, Object> attributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    expect("{");
    while (!skips("}")) {
      String name = name();
      expect("=");
      attributes.put(name, value());
      skips(",");
    }
    return attributes;
  }

  private Object value() {
    if (peek().kind() == Lexer.Kind.STRING) {
      return take().text();
    }
    if (skips("[")) {
      List<Object> list = new ArrayList<>();
      while (!skips("]")) {
        list.add(value());
        skips(",");
      }
      return list;
    }
    if (skips("window")) {
      return OpParser.window(attributes());
    }
    return Text.word(name());
  }
}
