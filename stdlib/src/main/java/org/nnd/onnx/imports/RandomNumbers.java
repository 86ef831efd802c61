package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.convert;
import static org.nnd.ir.Operations.multiply;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Reduction;
import org.nnd.ir.Shape;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Noise;
import org.nnd.onnx.ElementType;

/**
 * Random numbers. They depend on the attribute {@code seed} (else 0) and on the node, so that a
 * file gives the same numbers at every run.
 */
final class RandomNumbers {
  private RandomNumbers() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("RandomUniform", scope -> List.of(uniform(scope, attribute(scope))));
    all.put("RandomUniformLike", scope -> List.of(uniform(scope, scope.node(0).shape())));
    all.put("RandomNormal", scope -> List.of(normal(scope, attribute(scope))));
    all.put("RandomNormalLike", scope -> List.of(normal(scope, scope.node(0).shape())));
    all.put("Bernoulli", RandomNumbers::bernoulli);
    all.put("Multinomial", RandomNumbers::multinomial);
    return all;
  }

  private static Shape attribute(NodeScope scope) {
    List<Long> sizes =
        scope.integers("shape").orElseThrow(() -> scope.error("the shape is missing"));
    return new Shape(sizes.stream().map(Dim::of).toList());
  }

  /** Numbers in [0, 1), for each use of a node others. */
  private static Node uniform(NodeScope scope, Shape shape, int use) {
    int bits = Float.floatToIntBits((float) scope.real("seed", 0));
    Node seed = Operations.constant(Literal.of(new int[] {bits}, new int[0]));
    Node step = Operations.scalar(DType.I32, 0);
    return Noise.uniform(seed, step, shape, scope.stream(), use);
  }

  /** The attribute, else the type of the input, else float. */
  private static ElementType type(NodeScope scope) {
    return scope.elementType("dtype", scope.has(0) ? scope.type(0) : ElementType.FLOAT);
  }

  private static Value uniform(NodeScope scope, Shape shape) {
    double low = scope.real("low", 0);
    double high = scope.real("high", 1);
    Node x = add(multiply(uniform(scope, shape, 0), high - low), low);
    return scope.of(type(scope), convert(x, scope.storage(type(scope))));
  }

  /** By Box and Muller 1958. */
  private static Value normal(NodeScope scope, Shape shape) {
    Node u = uniform(scope, shape, 0);
    Node v = uniform(scope, shape, 1);
    Node logs = Operations.unary(UnaryOp.LOG1P, Operations.negate(u));
    Node radius = Operations.sqrt(multiply(logs, -2));
    Node z = multiply(radius, Operations.unary(UnaryOp.COS, multiply(v, 2 * Math.PI)));
    Node x = add(multiply(z, scope.real("scale", 1)), scope.real("mean", 0));
    return scope.of(type(scope), convert(x, scope.storage(type(scope))));
  }

  /** 1 with the probability given. */
  private static List<Value> bernoulli(NodeScope scope) {
    Node p = convert(scope.node(0), DType.F32);
    Node one = Operations.compare(Comparison.LT, uniform(scope, p.shape(), 0), p);
    return List.of(scope.of(type(scope), convert(one, scope.storage(type(scope)))));
  }

  /** Classes drawn with the probabilities whose logarithms (up to a constant) are given. */
  private static List<Value> multinomial(NodeScope scope) {
    Node logits = convert(scope.node(0), DType.F32); // [N, classes]
    Dim samples = Dim.of(scope.integer("sample_size", 1));
    Node top = Operations.reduce(Reduction.MAX, logits, List.of(1));
    Node p =
        Operations.exp(
            Operations.subtract(logits, Operations.expand(top, logits.shape(), List.of(1))));
    Node sums = Operations.cumulative(Reduction.SUM, p, 1, false);
    Shape drawn = Shape.of(logits.shape().dim(0), samples);
    Node total = Operations.expand(Operations.sum(p, List.of(1)), drawn, List.of(1));
    Node u = multiply(uniform(scope, drawn, 0), total);
    // The class is the number of classes whose running sum does not reach u.
    Shape all = Shape.of(logits.shape().dim(0), samples, logits.shape().dim(1));
    Node below =
        Operations.compare(
            Comparison.LE,
            Operations.broadcast(sums, all, List.of(0, 2)),
            Operations.broadcast(u, all, List.of(0, 1)));
    ElementType type = scope.elementType("dtype", ElementType.INT32);
    Node index = Operations.sum(convert(below, DType.I32), List.of(2));
    return List.of(scope.of(type, convert(index, scope.storage(type))));
  }
}
