package org.nnd.ir;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The operations of the tensor graph. Each concern (type rule, gradient, evaluation, printing,
 * lowering) is one exhaustive {@code switch} over them, in a file of its own. Attributes are
 * values; operands belong to the {@link Node}.
 */
public sealed interface Op {

  // Leaves.

  /** A value given at every call. */
  record Input(String name, TensorType type) implements Op {}

  /** A variable that lives between calls: trainable parameter, buffer or state, named by path. */
  record Parameter(String name, TensorType type) implements Op {}

  record Constant(Literal value) implements Op {}

  /** Counts 0, 1, 2, … along one axis. */
  record Iota(TensorType type, int axis) implements Op {}

  /** The value of an extent that depends on the batch size, as an i64 scalar. */
  record Size(Dim dim) implements Op {}

  // Elementwise.

  record Unary(UnaryOp function) implements Op {}

  record Binary(BinaryOp function) implements Op {}

  record Compare(Comparison comparison) implements Op {}

  /** Operands: predicate (bool), value where true, value where false; all of one shape. */
  record Select() implements Op {}

  /**
   * Conversion between element types: float to integer truncates towards zero and saturates (NaN
   * gives 0), integer to a narrower integer wraps, to bool is {@code != 0}.
   */
  record Convert(DType dtype) implements Op {}

  /** The same bits under another element type of equal size; to bool is {@code != 0}. */
  record Bitcast(DType dtype) implements Op {}

  // Shape.

  record Reshape(Shape shape) implements Op {}

  /** Result axis {@code i} is operand axis {@code permutation[i]}. */
  record Transpose(List<Integer> permutation) implements Op {
    public Transpose {
      permutation = List.copyOf(permutation);
    }
  }

  /** Operand axis {@code i} becomes result axis {@code axes[i]}; the other axes repeat. */
  record Broadcast(Shape shape, List<Integer> axes) implements Op {
    public Broadcast {
      axes = List.copyOf(axes);
    }
  }

  /** Elements {@code start, start + stride, …} below {@code limit} of each axis. */
  record Slice(List<Dim> start, List<Dim> limit, List<Integer> stride) implements Op {
    public Slice {
      start = List.copyOf(start);
      limit = List.copyOf(limit);
      stride = List.copyOf(stride);
    }
  }

  /**
   * Puts {@code low} and {@code high} elements of {@code value} around each axis and {@code
   * interior} ones between neighbours; negative {@code low} or {@code high} crop.
   */
  record Pad(List<Dim> low, List<Dim> high, List<Integer> interior, double value) implements Op {
    public Pad {
      low = List.copyOf(low);
      high = List.copyOf(high);
      interior = List.copyOf(interior);
    }
  }

  record Concatenate(int axis) implements Op {}

  record Reverse(List<Integer> axes) implements Op {
    public Reverse {
      axes = List.copyOf(axes);
    }
  }

  // Reductions.

  /** Removes the given axes. */
  record Reduce(Reduction reduction, List<Integer> axes) implements Op {
    public Reduce {
      axes = List.copyOf(axes);
    }
  }

  /**
   * The i32 index of the largest ({@code MAX}) or smallest element, the first of equals. The first
   * NaN beats every number; an empty axis gives 0.
   */
  record ArgReduce(Reduction reduction, int axis) implements Op {}

  /**
   * Reduces windows over all axes of the operand (size 1 where a window has no extent); padding and
   * holes of the input dilation count as the identity.
   */
  record ReduceWindow(Reduction reduction, Window window) implements Op {}

  /** Running reduction along an axis, the element itself included. */
  record Cumulative(Reduction reduction, int axis, boolean reverse) implements Op {}

  // Contractions.

  /**
   * dot-general: result axes are the batch axes, the free axes of the left operand, the free axes
   * of the right operand.
   */
  record Dot(
      List<Integer> leftBatch,
      List<Integer> rightBatch,
      List<Integer> leftContracting,
      List<Integer> rightContracting)
      implements Op {
    public Dot {
      leftBatch = List.copyOf(leftBatch);
      rightBatch = List.copyOf(rightBatch);
      leftContracting = List.copyOf(leftContracting);
      rightContracting = List.copyOf(rightContracting);
    }
  }

  /**
   * General N-d convolution (cross-correlation). Operands: input {@code [B, C, spatial…]}, kernel
   * {@code [O, C / featureGroups, spatial…]}; result {@code [B / batchGroups, O, spatial…]}. With
   * feature groups {@code G}, output features {@code o} in group {@code o / (O / G)} see the input
   * features of that group. With batch groups {@code G}, they see the batch entries of that group:
   * {@code out[b, o] = sum_c in[g * (B / G) + b, c] * kernel[o, c]}. At most one of the two is not
   * 1. The window's size is the kernel's spatial extent.
   */
  record Convolution(Window window, Dim featureGroups, Dim batchGroups) implements Op {}

  // Indexing.

  /**
   * Operands: data, indices (i32). Result: the data's shape with {@code axis} replaced by the axes
   * of the indices. An index outside the axis reads zero.
   */
  record Gather(int axis) implements Op {}

  /**
   * Operands: data, indices (i32), updates (of gather's result shape). Result: the data with each
   * update added at its index; indices may repeat; one outside the axis is ignored.
   *
   * @param unique a promise that indices inside the axis do not repeat; without it being kept the
   *     result is not defined. Then a variable can be updated where it lies, at a cost that does
   *     not depend on its size.
   */
  record ScatterAdd(int axis, boolean unique) implements Op {
    public ScatterAdd(int axis) {
      this(axis, false);
    }
  }

  /** The i32 permutation that sorts along an axis; stable. NaN sorts last in either direction. */
  record ArgSort(int axis, boolean descending) implements Op {}

  /**
   * The i32 indices of the k largest elements of the last axis, largest first, first of equals. NaN
   * counts as smallest, as in {@link ArgSort}.
   */
  record TopK(int k) implements Op {}

  /**
   * Unnormalised discrete Fourier transform {@code X[k] = sum_n x[n] exp(∓2πi k n / L)} along the
   * axis before the last; the last axis of extent 2 holds real and imaginary part. The sign is
   * minus, or plus if {@code inverse}; any length.
   */
  record Fft(boolean inverse) implements Op {}

  /**
   * Uniform random i32 bits by Philox4x32-10 (Salmon et al. 2011), a function of the operands
   * (seed, step: i32 scalars), of {@code stream} (a hash of the layer's path), of {@code use} (a
   * counter within the layer) and of the element's row-major index {@code i}: word {@code i % 4} of
   * the block with counter {@code (i / 4, step, use, stream >>> 32)} and key {@code (seed, stream &
   * 0xffffffff)}, every word taken modulo 2^32. So an element's bits do not depend on how many
   * there are.
   */
  record RandomBits(Shape shape, long stream, int use) implements Op {}

  // Control.

  /**
   * A loop carrying state. Operands: {@code carries} initial values, then sequences whose axis 0
   * has extent {@code length}, then constants. The body's inputs are the carries, one element of
   * each sequence and the constants; its outputs are the new carries, then one element of each
   * result sequence. Results: the last carries, then the result sequences. {@code reverse} runs
   * from the last element to the first.
   */
  record Scan(Graph body, int carries, int sequences, int length, boolean reverse) implements Op {}

  /**
   * Repeats {@code body} (state to state) while {@code condition} (state to bool scalar) holds. All
   * such loops of one run together have at most {@link #MOST_TURNS}: more is an error, since a
   * condition that never fails could not be told from one that takes long.
   */
  record While(Graph condition, Graph body) implements Op {
    public static final int MOST_TURNS = 1_000_000;

    /** {@return what to throw for a loop that goes on beyond these} */
    public static NndException endless(Node loop) {
      String origin = loop.origin().toString();
      return new NndException(
          "the loop%s has not ended after %,d turns"
              .formatted(origin.isEmpty() ? "" : " of layer " + origin, MOST_TURNS));
    }
  }

  /** Operands: bool scalar, then the arguments of both branches. */
  record Cond(Graph then, Graph otherwise) implements Op {}

  /** One result of an operand that has several. */
  record GetResult(int index) implements Op {}

  /** The identity, with zero gradient. */
  record StopGradient() implements Op {}

  /**
   * The identity, never merged with another node nor moved through, so that recomputation stays.
   * {@code tag} keeps distinct barriers apart.
   */
  record Barrier(int tag) implements Op {}

  /**
   * An OpenCL kernel written by hand. What it computes is in its text; the graphs say what else
   * must be known of it.
   *
   * @param gradient from the operands, the results and the cotangents of the floating-point
   *     results, in this order, to cotangents of operands: that of the operand {@code x} is the
   *     output {@code d_x}
   * @param reference the same results by operations of this graph
   */
  record Custom(CustomCode code, Optional<Graph> gradient, Optional<Graph> reference)
      implements Op {}

  /**
   * A named operation with its decomposition: the meaning is {@code body}, applied to the operands
   * in order. A backend may claim it whole.
   */
  record Composite(String name, Map<String, Object> attributes, Graph body) implements Op {
    public Composite {
      attributes = new TreeMap<>(attributes);
    }
  }
}
