package org.nnd.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nnd.ir.composite.Pooling;
import org.nnd.ir.composite.Probabilities;
import org.nnd.ir.gradient.Gradient;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;

/** Printing and parsing. */
class GraphTextTest {
  private static void assertRoundTrip(Graph graph) {
    String text = GraphPrinter.print(graph);
    Graph parsed = GraphParser.parse(text);
    assertEquals(graph, parsed, text);
    assertEquals(graph.hashCode(), parsed.hashCode());
    assertEquals(graph.inputs().size(), parsed.inputs().size());
  }

  @Test
  void everyRandomGraphReadsBack() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < 400; seed++) {
      RandomGraph sample = RandomGraphs.sample(seed, RandomGraph.Options.everything());
      assertRoundTrip(sample.graph());
      sample.graph().nodes().forEach(node -> seen.add(node.op().getClass().getSimpleName()));
    }
    assertEquals(Op.class.getPermittedSubclasses().length, seen.size());
  }

  @Test
  void theFormIsReadable() {
    Node image = Operations.input("image", TensorType.f32(Shape.batchOf(1, 28, 28)));
    Node weight = Operations.parameter("0.weight", TensorType.f32(Shape.of(32, 1, 3, 3)));
    Window window =
        Window.of(List.of(3, 3)).stride(List.of(2, 2)).padding(List.of(1, 1), List.of(1, 1));
    Node conv =
        new Origin("0", "glyphs.nnd:3")
            .during(() -> Operations.convolution(image, weight, window, Dim.ONE, Dim.ONE));
    Node pooled = Operations.reduce(Reduction.MAX, conv, List.of(2, 3));
    Node y = Probabilities.softmax(Operations.add(pooled, 0.5), 1);
    Node mean = Operations.parameter("1.mean", TensorType.scalar(DType.F32));
    Graph graph =
        Graph.of(List.of(image), Map.of("p", y), Map.of("1.mean", Operations.negate(mean)));
    assertEquals(
        """
        graph(%image: f32[N, 1, 28, 28]) {
          %0 = parameter "0.weight" : f32[32, 1, 3, 3]
          %1 = convolution(%image, %0) {stride=[2, 2], padding=[[1, 1], [1, 1]]} : f32[N, 32, 14, 14]  // 0 (glyphs.nnd:3)
          %2 = reduce(%1) {by=max, axes=[2, 3]} : f32[N, 32]
          %3 = constant 0.5 : f32[]
          %4 = broadcast(%3) : f32[N, 32]
          %5 = add(%2, %4) : f32[N, 32]
          %6 = composite "softmax"(%5) {axis=1} : f32[N, 32]
            body graph(%x0: f32[N, 32]) {
              %0 = reduce(%x0) {by=max, axes=[1]} : f32[N]
              %1 = stop_gradient(%0) : f32[N]
              %2 = abs(%1) : f32[N]
              %3 = constant Infinity : f32[]
              %4 = broadcast(%3) : f32[N]
              %5 = compare(%2, %4) {is=eq} : bool[N]
              %6 = constant 0.0 : f32[]
              %7 = broadcast(%6) : f32[N]
              %8 = select(%5, %7, %1) : f32[N]
              %9 = broadcast(%8) {axes=[0]} : f32[N, 32]
              %10 = subtract(%x0, %9) : f32[N, 32]
              %11 = exp(%10) : f32[N, 32]
              %12 = reduce(%11) {by=sum, axes=[1]} : f32[N]
              %13 = broadcast(%12) {axes=[0]} : f32[N, 32]
              %14 = divide(%11, %13) : f32[N, 32]
              return y0=%14
            }
          %7 = parameter "1.mean" : f32[]
          %8 = negate(%7) : f32[]
          return p=%6
          update "1.mean"=%8
        }
        """,
        graph.toString());
    assertRoundTrip(graph);
  }

  @Test
  void gradientsReadBack() {
    TensorType vector = TensorType.f32(Shape.of(2));
    Node w = Operations.parameter("w", vector);
    Graph body =
        Operations.trace(
            List.of(vector, vector),
            x -> List.of(Operations.multiply(x.get(0), x.get(1)), x.get(0)));
    Node rows = Operations.parameter("rows", TensorType.f32(Shape.of(3, 2)));
    Node scan = Node.of(new Op.Scan(body, 1, 1, 3, true), w, rows);
    Node loss = Operations.sum(Operations.results(scan).get(1), List.of(0, 1));
    List<Node> gradients = Gradient.of(loss, List.of(w, rows));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("w", gradients.get(0));
    outputs.put("rows", gradients.get(1));
    assertRoundTrip(Graph.of(List.of(), outputs));
  }

  @Test
  void everyConstantReadsBackExactly() {
    Random random = new Random(1);
    for (DType dtype : DType.values()) {
      for (int count : new int[] {0, 1, 3, 16, 17, 50}) {
        double[] values = random.doubles(count, -100, 100).toArray();
        for (int i = 0; i < count; i++) {
          values[i] = dtype == DType.BOOL ? i % 2 : i == 2 ? Double.NaN : i == 3 ? -0.0 : values[i];
        }
        Node constant = Operations.constant(Literal.ofDoubles(dtype, values, count));
        assertRoundTrip(Graph.of(List.of(), Map.of("c", constant)));
      }
      assertRoundTrip(Graph.of(List.of(), Map.of("c", Operations.scalar(dtype, 1))));
    }
    for (double value : new double[] {1e-300, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, 0.1}) {
      assertRoundTrip(Graph.of(List.of(), Map.of("c", Operations.scalar(DType.F64, value))));
    }
  }

  @Test
  void oddNamesAndAttributesReadBack() {
    Node x = Operations.input("a \"b\"\n%\\0", TensorType.f32(Shape.of(1, 1, 2)));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("int", 3);
    attributes.put("long", 3L);
    attributes.put("double", 1e-10);
    attributes.put("flag", true);
    attributes.put("text", "a, b=[");
    attributes.put("list", List.of(1, List.of(2.5), List.of()));
    Node y = Operations.composite("odd name", attributes, List.of(x), a -> a.get(0));
    Node pool = Pooling.maxPool(x, Window.of(List.of(2)).dilation(List.of(1)));
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("update", y);
    outputs.put("graph", pool);
    outputs.put("7", x);
    outputs.put("return", x);
    Node unused = Operations.input("7", TensorType.scalar(DType.I32));
    assertRoundTrip(Graph.of(List.of(unused, x), outputs));
    assertRoundTrip(Graph.of(List.of(), Map.of()));
  }

  @Test
  void anInputNamedLikeAnInstructionIsNotOne() {
    Node x = Operations.input("0", TensorType.f32(Shape.of(2)));
    Node y = Operations.negate(x);
    assertRoundTrip(Graph.of(List.of(x), Map.of("y", Operations.subtract(y, x))));
  }

  @Test
  void closingAGraphAgainChangesNothing() {
    for (long seed = 0; seed < 200; seed++) {
      Graph graph = RandomGraphs.sample(seed, RandomGraph.Options.everything()).graph();
      assertEquals(graph, Graph.of(graph.inputs(), graph.outputs(), graph.updates()));
    }
    Node x = Operations.input("x", TensorType.f32(Shape.of(2)));
    Node once = Operations.exp(x);
    Node again = Operations.exp(x);
    Node first = Operations.negate(again);
    Node second = Operations.square(once);
    Graph graph = Graph.of(List.of(), Map.of("y", Operations.add(second, first)));
    assertEquals(graph, Graph.of(graph.inputs(), graph.outputs()));
    List<Long> serials = new ArrayList<>(graph.nodes().stream().map(Node::serial).toList());
    assertEquals(serials.stream().sorted().toList(), serials);
  }

  @Test
  void longConstantsCanBeLeftOut() {
    Node constant = Operations.constant(Literal.of(new float[100], 100));
    String brief = GraphPrinter.brief(Graph.of(List.of(), Map.of("c", constant)));
    assertTrue(brief.contains("%0 = constant … : f32[100]"), brief);
    assertMessage("line 2: the constant was left out when the graph was printed", brief);
  }

  @Test
  void mistakesAreNamedWithTheirLine() {
    assertMessage("line 1: expected 'graph', found 'grph'", "grph() {}");
    assertMessage(
        "line 2: unknown operation 'sine'",
        "graph(%x: f32[]) {\n%0 = sine(%x) : f32[]\n return\n}");
    assertMessage(
        "line 2: %y is used before it is computed",
        "graph(%x: f32[]) {\n%0 = exp(%y) : f32[]\n return\n}");
    assertMessage(
        "line 2: the results have the types [f32[]], not [f32[2]]",
        "graph(%x: f32[]) {\n%0 = exp(%x) : f32[2]\n return\n}");
    assertMessage(
        "line 1: unknown element type 'f31', expected one of f32, i32, bool, …",
        "graph(%x: f31[]) { return }");
    assertMessage(
        "line 1: 'N+' is not an extent; expected a number, N, or a sum such as 2N+1",
        "graph(%x: f32[N+]) { return }");
    assertMessage(
        "line 3: compare: is must be one of [eq, ne, lt, le, gt, ge], got 'like'",
        "graph(%x: f32[]) {\n\n%0 = compare(%x, %x) {is=like} : bool[]\n return\n}");
    assertMessage(
        "line 2: reduce wants the attribute axes=<list>",
        "graph(%x: f32[2]) {\n%0 = reduce(%x) {by=sum} : f32[]\n return\n}");
    assertMessage(
        "line 2: 3 numbers for the 2 elements of f32[2]",
        "graph() {\n%0 = constant [1.0, 2.0, 3.0] : f32[2]\n return\n}");
    assertMessage(
        "line 3: %0 is computed twice",
        "graph(%x: f32[]) {\n%0 = exp(%x) : f32[]\n%0 = exp(%x) : f32[]\nreturn\n}");
    assertMessage("line 1: expected the end, found '}'", "graph() { return }}");
    assertMessage("line 1: a string without its closing quote", "graph(%\"x");
  }

  private static void assertMessage(String message, String text) {
    assertEquals(
        message, assertThrows(NndException.class, () -> GraphParser.parse(text)).getMessage());
  }

  @Test
  void extentsReadBack() {
    for (Dim dim :
        List.of(
            Dim.ZERO,
            Dim.of(28),
            Dim.BATCH,
            Dim.BATCH.times(49).plus(-3),
            Dim.BATCH.times(Dim.BATCH).times(-1).plus(Dim.BATCH.times(2)).plus(7),
            Dim.BATCH.times(-1))) {
      assertEquals(dim, Dim.parse(dim.toString()));
    }
  }
}
