package org.nnd.model;

import java.util.HashMap;
import java.util.Map;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.pass.InlineComposites;

/**
 * Floating-point operations of a graph for one example, by the path of the layer. A multiplication
 * and an addition are two operations; elementwise ones count one an element, moving data nothing. A
 * convolution counts every tap of its kernel at every position of its output, those on padding too,
 * as is usual, but not those on the holes of a dilated input.
 */
public final class Flops {
  private final Map<String, Long> byPath = new HashMap<>();

  private Flops() {}

  /** {@return the operations of a graph's layers} */
  public static Flops of(Graph graph) {
    Flops flops = new Flops();
    for (Node node : graph.nodes()) {
      flops.byPath.merge(node.origin().path(), count(node), Long::sum);
    }
    return flops;
  }

  /** {@return operations of a layer and the layers inside it} */
  public long under(String path) {
    return byPath.entrySet().stream()
        .filter(e -> path.isEmpty() || e.getKey().equals(path) || e.getKey().startsWith(path + "."))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** {@return operations of a whole graph; what a composite and its gradient share counts once} */
  public static long total(Graph graph) {
    return count(InlineComposites.except(graph, name -> false));
  }

  private static long count(Graph graph) {
    return graph.nodes().stream().mapToLong(Flops::count).sum();
  }

  private static long count(Node node) {
    return switch (node.op()) {
      case Op.Unary u -> results(node);
      case Op.Binary b -> results(node);
      case Op.Compare c -> results(node);
      case Op.Select s -> results(node);
      case Op.Reduce r -> elements(node.operand(0).shape());
      case Op.ArgReduce r -> elements(node.operand(0).shape());
      case Op.Cumulative c -> results(node);
      case Op.ReduceWindow w -> {
        long window = 1;
        for (int size : w.window().size()) {
          window *= size;
        }
        yield results(node) * window;
      }
      case Op.Dot dot -> {
        long contracted = 1;
        for (int axis : dot.leftContracting()) {
          contracted *= node.operand(0).shape().dim(axis).at(1);
        }
        yield 2 * results(node) * contracted;
      }
      // The kernel is [O, C / groups, spatial…]: what one output sums over is all but its first.
      case Op.Convolution c -> {
        Shape kernel = node.operand(1).shape();
        long holes = 1;
        for (int dilation : c.window().inputDilation()) {
          holes *= dilation;
        }
        yield 2 * results(node) * elements(kernel.slice(1, kernel.rank())) / holes;
      }
      case Op.ScatterAdd s -> elements(node.operand(2).shape());
      case Op.Fft f -> 5 * results(node) * Math.round(log2(node)) / 2;
      case Op.Scan s -> s.length() * count(s.body());
      case Op.Composite c -> count(c.body());
      case Op.Cond c -> Math.max(count(c.then()), count(c.otherwise()));
      default -> 0;
    };
  }

  private static double log2(Node fft) {
    return Math.log(fft.shape().dim(fft.rank() - 2).at(1)) / Math.log(2);
  }

  private static long results(Node node) {
    return elements(node.shape());
  }

  private static long elements(Shape shape) {
    return shape.count().at(1);
  }
}
