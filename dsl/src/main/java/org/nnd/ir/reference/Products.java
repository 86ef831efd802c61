package org.nnd.ir.reference;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Op;

/**
 * dot-general: both operands are brought to [batch, free, contracted] and multiplied as matrices.
 */
final class Products {
  private Products() {}

  static Value dot(Op.Dot op, Value x, Value y) {
    List<Integer> leftFree = free(x, op.leftBatch(), op.leftContracting());
    List<Integer> rightFree = free(y, op.rightBatch(), op.rightContracting());
    Value left = arrange(x, op.leftBatch(), leftFree, op.leftContracting());
    Value right = arrange(y, op.rightBatch(), rightFree, op.rightContracting());
    int batches = count(x, op.leftBatch());
    int rows = count(x, leftFree);
    int columns = count(y, rightFree);
    int depth = count(x, op.leftContracting());

    Sliding.Sums sums = Sliding.Sums.of(left, right, batches * rows * columns);
    for (int b = 0; b < batches; b++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int k = 0; k < depth; k++) {
            sums.add(
                (b * rows + i) * columns + j,
                (b * rows + i) * depth + k,
                (b * columns + j) * depth + k);
          }
        }
      }
    }
    List<Integer> shape = new ArrayList<>();
    op.leftBatch().forEach(axis -> shape.add(x.shape()[axis]));
    leftFree.forEach(axis -> shape.add(x.shape()[axis]));
    rightFree.forEach(axis -> shape.add(y.shape()[axis]));
    return sums.result(x.dtype(), Indexing.array(shape));
  }

  private static List<Integer> free(Value x, List<Integer> batch, List<Integer> contracting) {
    List<Integer> free = new ArrayList<>();
    for (int axis = 0; axis < x.shape().length; axis++) {
      if (!batch.contains(axis) && !contracting.contains(axis)) {
        free.add(axis);
      }
    }
    return free;
  }

  private static Value arrange(
      Value x, List<Integer> batch, List<Integer> free, List<Integer> contracting) {
    List<Integer> permutation = new ArrayList<>(batch);
    permutation.addAll(free);
    permutation.addAll(contracting);
    return Rearranging.transpose(permutation, x);
  }

  private static int count(Value x, List<Integer> axes) {
    return axes.stream().mapToInt(axis -> x.shape()[axis]).reduce(1, Math::multiplyExact);
  }
}
