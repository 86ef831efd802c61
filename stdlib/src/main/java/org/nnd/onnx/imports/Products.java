package org.nnd.onnx.imports;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.convert;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.reshape;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.onnx.ElementType;

/** Matrix products. */
final class Products {
  private Products() {}

  static Map<String, Lowered> operators() {
    Map<String, Lowered> all = new HashMap<>();
    all.put("MatMul", scope -> List.of(scope.like(0, matmul(scope.node(0), scope.node(1)))));
    all.put("Gemm", Products::gemm);
    all.put("MatMulInteger", Products::integers);
    all.put("QLinearMatMul", Products::quantized);
    all.put("Einsum", Einsum::lower);
    return all;
  }

  /** NumPy's product: vectors are rows or columns, leading axes broadcast. */
  static Node matmul(Node left, Node right) {
    Node x = left.rank() == 1 ? reshape(left, left.shape().prepend(Dim.ONE)) : left;
    Node y = right.rank() == 1 ? reshape(right, right.shape().insert(1, Dim.ONE)) : right;
    Node product;
    if (y.rank() == 2) {
      product = Operations.dot(x, y, List.of(), List.of(), List.of(x.rank() - 1), List.of(0));
    } else {
      Shape batch =
          Broadcasting.common(
              List.of(x.shape().slice(0, x.rank() - 2), y.shape().slice(0, y.rank() - 2)));
      product = Operations.matmul(batched(x, batch), batched(y, batch));
    }
    List<Integer> added = new ArrayList<>();
    if (left.rank() == 1) {
      added.add(product.rank() - 2);
    }
    if (right.rank() == 1) {
      added.add(product.rank() - 1);
    }
    return reshape(product, product.shape().without(added));
  }

  private static Node batched(Node x, Shape batch) {
    return Operations.broadcastTrailing(x, batch.concat(x.shape().slice(x.rank() - 2, x.rank())));
  }

  /** alpha A B + beta C */
  private static List<Value> gemm(NodeScope scope) {
    Node a = scope.node(0);
    Node b = scope.node(1);
    if (a.rank() != 2 || b.rank() != 2) {
      throw scope.error("matrices are wanted, got %s and %s".formatted(a.shape(), b.shape()));
    }
    int left = scope.flag("transA", false) ? 0 : 1;
    int right = scope.flag("transB", false) ? 1 : 0;
    Node product = Operations.dot(a, b, List.of(), List.of(), List.of(left), List.of(right));
    double alpha = scope.real("alpha", 1);
    double beta = scope.real("beta", 1);
    Node result = scaled(product, alpha);
    if (scope.has(2) && beta != 0) {
      Node c = scaled(scope.node(2), beta);
      result = add(result, Operations.broadcastTrailing(c, result.shape()));
    }
    return List.of(scope.like(0, result));
  }

  private static Node scaled(Node x, double factor) {
    return factor == 1 ? x : multiply(x, factor);
  }

  /** (A - zero of A) (B - zero of B) in i32. */
  private static List<Value> integers(NodeScope scope) {
    Node a = centred(scope, 0, 2, true);
    Node b = centred(scope, 1, 3, false);
    return List.of(scope.of(ElementType.INT32, matmul(a, b)));
  }

  /** A zero point is one number, or one for each row of the left, column of the right operand. */
  private static Node centred(NodeScope scope, int input, int zero, boolean left) {
    Node x = convert(scope.node(input), DType.I32);
    if (!scope.has(zero)) {
      return x;
    }
    return Operations.subtract(x, along(convert(scope.node(zero), DType.I32), x, left));
  }

  /** {@return a parameter of a quantisation, repeated to the shape of its tensor} */
  private static Node along(Node value, Node x, boolean left) {
    if (value.shape().count().is(1)) {
      return Operations.broadcast(reshape(value, Shape.SCALAR), x.shape(), List.of());
    }
    Node shaped =
        value.rank() == 1 && left ? reshape(value, value.shape().insert(1, Dim.ONE)) : value;
    return Operations.broadcastTrailing(shaped, x.shape());
  }

  /** Inputs: a, its scale, its zero, b, its scale, its zero, the result's scale and zero. */
  private static List<Value> quantized(NodeScope scope) {
    Node a = centred(scope, 0, 2, true);
    Node b = centred(scope, 3, 5, false);
    Node product = convert(matmul(a, b), DType.F32);
    Node scaleA = along(convert(scope.node(1), DType.F32), product, true);
    Node scaleB = along(convert(scope.node(4), DType.F32), product, false);
    Node real = multiply(multiply(product, scaleA), scaleB);
    Node scale = along(convert(scope.node(6), DType.F32), real, true);
    Node zero = along(convert(scope.node(7), DType.F32), real, true);
    return List.of(
        scope.of(scope.type(7), Quantization.quantized(real, scale, zero, scope.node(7).dtype())));
  }
}
