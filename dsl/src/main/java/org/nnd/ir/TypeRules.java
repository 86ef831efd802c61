package org.nnd.ir;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** The type rule of every operation: operand types to result types, or what does not fit. */
final class TypeRules {
  private TypeRules() {}

  static List<TensorType> infer(Op op, List<Node> operands) {
    return switch (op) {
      case Op.Scan scan -> ControlTypes.scan(scan, types(operands));
      case Op.While loop -> ControlTypes.repeat(loop, types(operands));
      case Op.Cond cond -> ControlTypes.cond(cond, types(operands));
      case Op.Custom custom -> ControlTypes.custom(custom.code(), types(operands));
      case Op.GetResult result -> List.of(operands.get(0).types().get(result.index()));
      case Op.Composite composite ->
          ControlTypes.body(composite.name(), composite.body(), types(operands));
      default -> List.of(single(op, types(operands)));
    };
  }

  private static List<TensorType> types(List<Node> operands) {
    return operands.stream().map(Node::type).toList();
  }

  /** The rules of operations with one result. */
  private static TensorType single(Op op, List<TensorType> t) {
    return switch (op) {
      case Op.Input input -> input.type();
      case Op.Parameter parameter -> parameter.type();
      case Op.Constant constant -> constant.value().type();
      case Op.Iota iota -> iota(iota);
      case Op.Size size -> TensorType.scalar(DType.I64);
      case Op.Unary unary -> unary(unary.function(), t.get(0));
      case Op.Binary binary -> binary(binary.function(), t.get(0), t.get(1));
      case Op.Compare compare -> {
        same("compare", t.get(0), t.get(1));
        yield t.get(0).withDType(DType.BOOL);
      }
      case Op.Select select -> {
        same("select", t.get(1), t.get(2));
        same("select", t.get(0), t.get(1).withDType(DType.BOOL));
        yield t.get(1);
      }
      case Op.Convert convert -> t.get(0).withDType(convert.dtype());
      case Op.Bitcast bitcast -> {
        require(
            bitcast.dtype().bytes() == t.get(0).dtype().bytes(),
            "bitcast from %s to %s changes the element size",
            t.get(0).dtype(),
            bitcast.dtype());
        yield t.get(0).withDType(bitcast.dtype());
      }
      case Op.Reshape reshape -> {
        require(
            reshape.shape().count().equals(t.get(0).shape().count()),
            "reshape from %s to %s changes the number of elements from %s to %s",
            t.get(0).shape(),
            reshape.shape(),
            t.get(0).shape().count(),
            reshape.shape().count());
        yield t.get(0).withShape(reshape.shape());
      }
      case Op.Transpose transpose -> transpose(transpose, t.get(0));
      case Op.Broadcast broadcast -> broadcast(broadcast, t.get(0));
      case Op.Slice slice -> slice(slice, t.get(0));
      case Op.Pad pad -> pad(pad, t.get(0));
      case Op.Concatenate concatenate -> concatenate(concatenate, t);
      case Op.Reverse reverse -> {
        axes("reverse", reverse.axes(), t.get(0).rank());
        yield t.get(0);
      }
      case Op.Reduce reduce -> {
        axes("reduce", reduce.axes(), t.get(0).rank());
        reducible(reduce.reduction(), t.get(0));
        yield t.get(0).withShape(t.get(0).shape().without(reduce.axes()));
      }
      case Op.ArgReduce arg -> {
        axes("arg-reduce", List.of(arg.axis()), t.get(0).rank());
        require(
            arg.reduction() == Reduction.MAX || arg.reduction() == Reduction.MIN,
            "arg-reduce by %s, expected max or min",
            arg.reduction());
        yield new TensorType(DType.I32, t.get(0).shape().without(List.of(arg.axis())));
      }
      case Op.ReduceWindow reduce -> reduceWindow(reduce, t.get(0));
      case Op.Cumulative cumulative -> {
        axes("cumulative", List.of(cumulative.axis()), t.get(0).rank());
        reducible(cumulative.reduction(), t.get(0));
        yield t.get(0);
      }
      case Op.Dot dot -> dot(dot, t.get(0), t.get(1));
      case Op.Convolution convolution -> convolution(convolution, t.get(0), t.get(1));
      case Op.Gather gather -> {
        axes("gather", List.of(gather.axis()), t.get(0).rank());
        index("gather", t.get(1));
        yield gather(gather.axis(), t.get(0), t.get(1));
      }
      case Op.ScatterAdd scatter -> {
        axes("scatter-add", List.of(scatter.axis()), t.get(0).rank());
        index("scatter-add", t.get(1));
        require(t.get(0).dtype() != DType.BOOL, "scatter-add to a tensor of type bool");
        same("scatter-add", t.get(2), gather(scatter.axis(), t.get(0), t.get(1)));
        yield t.get(0);
      }
      case Op.ArgSort sort -> {
        axes("sort", List.of(sort.axis()), t.get(0).rank());
        yield t.get(0).withDType(DType.I32);
      }
      case Op.TopK top -> {
        int last = t.get(0).rank() - 1;
        require(last >= 0, "top-k of a scalar");
        Dim extent = t.get(0).shape().dim(last);
        require(
            top.k() >= 0 && !(extent.isFixed() && top.k() > extent.fixed()),
            "top-k with k = %s of an axis of extent %s",
            top.k(),
            extent);
        yield new TensorType(DType.I32, t.get(0).shape().with(last, Dim.of(top.k())));
      }
      case Op.Fft fft -> {
        Shape shape = t.get(0).shape();
        require(
            shape.rank() >= 2 && shape.dim(shape.rank() - 1).is(2) && t.get(0).dtype().isFloat(),
            "fft wants real-imaginary pairs [..., length, 2], got %s",
            t.get(0));
        yield t.get(0);
      }
      case Op.RandomBits bits -> {
        for (TensorType operand : t) {
          require(
              operand.equals(TensorType.scalar(DType.I32)),
              "random-bits wants i32 scalars for seed and step, got %s",
              operand);
        }
        yield new TensorType(DType.I32, bits.shape());
      }
      case Op.StopGradient stop -> t.get(0);
      case Op.Barrier barrier -> t.get(0);
      case Op.GetResult result -> throw typedElsewhere(op);
      case Op.Scan scan -> throw typedElsewhere(op);
      case Op.While loop -> throw typedElsewhere(op);
      case Op.Cond cond -> throw typedElsewhere(op);
      case Op.Composite composite -> throw typedElsewhere(op);
      case Op.Custom custom -> throw typedElsewhere(op);
    };
  }

  private static IllegalStateException typedElsewhere(Op op) {
    return new IllegalStateException("may have several results: " + op);
  }

  private static TensorType iota(Op.Iota iota) {
    axes("iota", List.of(iota.axis()), iota.type().rank());
    require(iota.type().dtype() != DType.BOOL, "iota of bool");
    return iota.type();
  }

  private static TensorType unary(UnaryOp function, TensorType x) {
    boolean fits =
        switch (function) {
          case NEGATE, ABS, SIGN -> x.dtype() != DType.BOOL;
          case NOT -> !x.dtype().isFloat();
          default -> x.dtype().isFloat();
        };
    require(fits, "%s of a tensor of type %s", function, x.dtype());
    return x;
  }

  private static TensorType binary(BinaryOp function, TensorType x, TensorType y) {
    same(function.toString(), x, y);
    boolean fits =
        switch (function) {
          case AND, OR, XOR -> !x.dtype().isFloat();
          case SHIFT_LEFT, SHIFT_RIGHT_LOGICAL -> x.dtype().isInteger();
          case ATAN2 -> x.dtype().isFloat();
          case MAXIMUM, MINIMUM -> true;
          default -> x.dtype() != DType.BOOL;
        };
    require(fits, "%s of tensors of type %s", function, x.dtype());
    return x;
  }

  private static TensorType transpose(Op.Transpose op, TensorType x) {
    List<Integer> sorted = op.permutation().stream().sorted().toList();
    require(
        sorted.equals(IntStream.range(0, x.rank()).boxed().toList()),
        "transpose by %s of a tensor of rank %s",
        op.permutation(),
        x.rank());
    return x.withShape(
        new Shape(op.permutation().stream().map(axis -> x.shape().dim(axis)).toList()));
  }

  private static TensorType broadcast(Op.Broadcast op, TensorType x) {
    require(op.axes().size() == x.rank(), "broadcast axes %s for a rank %s", op.axes(), x.rank());
    axes("broadcast", op.axes(), op.shape().rank());
    for (int i = 0; i < x.rank(); i++) {
      Dim from = x.shape().dim(i);
      Dim to = op.shape().dim(op.axes().get(i));
      require(
          from.equals(to) || from.is(1),
          "broadcast of %s to %s: extent %s does not become %s",
          x.shape(),
          op.shape(),
          from,
          to);
      require(i == 0 || op.axes().get(i) > op.axes().get(i - 1), "broadcast axes must increase");
    }
    return x.withShape(op.shape());
  }

  private static TensorType slice(Op.Slice op, TensorType x) {
    require(
        op.start().size() == x.rank()
            && op.limit().size() == x.rank()
            && op.stride().size() == x.rank(),
        "slice of rank %s of a tensor of rank %s",
        op.start().size(),
        x.rank());
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      Dim extent = op.limit().get(i).minus(op.start().get(i));
      int stride = op.stride().get(i);
      require(stride >= 1, "slice with stride %s", stride);
      Dim start = op.start().get(i);
      Dim limit = op.limit().get(i);
      boolean inside =
          !x.shape().dim(i).isFixed()
              || !start.isFixed()
              || !limit.isFixed()
              || (start.fixed() >= 0
                  && start.fixed() <= limit.fixed()
                  && limit.fixed() <= x.shape().size(i));
      require(inside, "slice %s:%s of an axis of extent %s", start, limit, x.shape().dim(i));
      if (stride > 1) {
        require(
            extent.isFixed() || extent.isDivisibleBy(Dim.of(stride)),
            "slice with stride %s of extent %s",
            stride,
            extent);
        extent =
            extent.isFixed()
                ? Dim.of((extent.fixed() + stride - 1) / stride)
                : extent.dividedBy(stride);
      }
      dims.add(extent);
    }
    return x.withShape(new Shape(dims));
  }

  private static TensorType pad(Op.Pad op, TensorType x) {
    require(
        op.low().size() == x.rank()
            && op.high().size() == x.rank()
            && op.interior().size() == x.rank(),
        "pad of rank %s of a tensor of rank %s",
        op.low().size(),
        x.rank());
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      int interior = op.interior().get(i);
      require(interior >= 0, "pad with %s elements between neighbours", interior);
      Dim extent = x.shape().dim(i);
      if (interior > 0 && !extent.is(0)) {
        extent = extent.minus(1).times(interior + 1L).plus(1);
      }
      extent = extent.plus(op.low().get(i)).plus(op.high().get(i));
      require(
          !extent.isFixed() || extent.fixed() >= 0,
          "pad %s, %s of an axis of extent %s leaves a negative extent",
          op.low().get(i),
          op.high().get(i),
          x.shape().dim(i));
      dims.add(extent);
    }
    return x.withShape(new Shape(dims));
  }

  private static TensorType concatenate(Op.Concatenate op, List<TensorType> t) {
    require(!t.isEmpty(), "concatenate of nothing");
    TensorType first = t.get(0);
    axes("concatenate", List.of(op.axis()), first.rank());
    Dim sum = Dim.ZERO;
    for (TensorType x : t) {
      require(x.rank() == first.rank(), "concatenate of %s and %s", first, x);
      sum = sum.plus(x.shape().dim(op.axis()));
      same(
          "concatenate",
          first,
          x.withShape(x.shape().with(op.axis(), first.shape().dim(op.axis()))));
    }
    return first.withShape(first.shape().with(op.axis(), sum));
  }

  private static TensorType reduceWindow(Op.ReduceWindow op, TensorType x) {
    Window window = op.window();
    reducible(op.reduction(), x);
    require(
        window.rank() == x.rank(),
        "reduce-window of rank %s of a tensor of rank %s",
        window.rank(),
        x.rank());
    return x.withShape(windowed(x.shape(), window, 0, x.shape()));
  }

  /** Applies a window to the trailing axes of {@code shape}, replacing those of {@code result}. */
  private static Shape windowed(Shape shape, Window window, int skip, Shape result) {
    for (int i = 0; i < window.rank(); i++) {
      require(
          window.stride().get(i) >= 1
              && window.dilation().get(i) >= 1
              && window.inputDilation().get(i) >= 1
              && window.size().get(i) >= 0,
          "window %s: sizes, strides and dilations must be positive",
          window);
      Dim extent = shape.dim(skip + i);
      boolean trivial =
          window.size().get(i) == 1
              && window.stride().get(i) == 1
              && window.low().get(i) == 0
              && window.high().get(i) == 0
              && window.inputDilation().get(i) == 1;
      if (!trivial) {
        require(extent.isFixed(), "a window over an axis of extent %s", extent);
        result = result.with(skip + i, Dim.of(window.outputs(i, extent.fixed())));
      }
    }
    return result;
  }

  private static TensorType dot(Op.Dot op, TensorType x, TensorType y) {
    require(
        x.dtype() == y.dtype() && x.dtype() != DType.BOOL,
        "dot of %s and %s",
        x.dtype(),
        y.dtype());
    List<Integer> left = new ArrayList<>(op.leftBatch());
    left.addAll(op.leftContracting());
    List<Integer> right = new ArrayList<>(op.rightBatch());
    right.addAll(op.rightContracting());
    axes("dot", left, x.rank());
    axes("dot", right, y.rank());
    require(
        op.leftBatch().size() == op.rightBatch().size() && left.size() == right.size(),
        "dot with unequal numbers of batch or contracting axes");
    for (int i = 0; i < left.size(); i++) {
      require(
          x.shape().dim(left.get(i)).equals(y.shape().dim(right.get(i))),
          "dot of %s and %s: axis %s of the left and axis %s of the right operand differ",
          x.shape(),
          y.shape(),
          left.get(i),
          right.get(i));
    }
    Shape batch = new Shape(op.leftBatch().stream().map(axis -> x.shape().dim(axis)).toList());
    return x.withShape(batch.concat(x.shape().without(left)).concat(y.shape().without(right)));
  }

  private static TensorType convolution(Op.Convolution op, TensorType x, TensorType k) {
    Window window = op.window();
    require(
        x.dtype() == k.dtype()
            && x.dtype() != DType.BOOL
            && x.rank() == window.rank() + 2
            && k.rank() == x.rank(),
        "convolution of %s with the kernel %s and a window of rank %s",
        x,
        k,
        window.rank());
    require(
        op.featureGroups().is(1) || op.batchGroups().is(1),
        "convolution with both feature and batch groups");
    Dim features = x.shape().dim(1);
    require(
        features.equals(k.shape().dim(1).times(op.featureGroups())),
        "convolution of %s features in %s groups with a kernel for %s features per group",
        features,
        op.featureGroups(),
        k.shape().dim(1));
    Dim groups = op.featureGroups().times(op.batchGroups());
    require(
        k.shape().dim(0).isDivisibleBy(groups),
        "convolution with %s output features in %s groups",
        k.shape().dim(0),
        groups);
    require(
        x.shape().dim(0).isDivisibleBy(op.batchGroups()),
        "convolution of a batch of %s in %s groups",
        x.shape().dim(0),
        op.batchGroups());
    for (int i = 0; i < window.rank(); i++) {
      require(
          k.shape().dim(i + 2).is(window.size().get(i)),
          "convolution kernel %s does not have the window's size %s",
          k.shape(),
          window.size());
    }
    Shape result = windowed(x.shape(), window, 2, x.shape());
    return x.withShape(
        result.with(0, x.shape().dim(0).dividedBy(op.batchGroups())).with(1, k.shape().dim(0)));
  }

  private static TensorType gather(int axis, TensorType data, TensorType indices) {
    Shape shape = data.shape();
    return data.withShape(
        shape.slice(0, axis).concat(indices.shape()).concat(shape.slice(axis + 1, shape.rank())));
  }

  private static void reducible(Reduction reduction, TensorType x) {
    require(
        x.dtype() != DType.BOOL || reduction == Reduction.MAX || reduction == Reduction.MIN,
        "%s of a tensor of type bool, expected max (any) or min (all)",
        reduction);
  }

  private static void index(String name, TensorType indices) {
    require(indices.dtype() == DType.I32, "%s wants i32 indices, got %s", name, indices.dtype());
  }

  private static void axes(String name, List<Integer> axes, int rank) {
    for (int axis : axes) {
      require(axis >= 0 && axis < rank, "%s: axis %s of a tensor of rank %s", name, axis, rank);
    }
    require(new HashSet<>(axes).size() == axes.size(), "%s: repeated axis in %s", name, axes);
  }

  static void same(String name, TensorType x, TensorType y) {
    require(x.equals(y), "%s of %s and %s: the types must be equal", name, x, y);
  }

  static void require(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new NndException(message.formatted(arguments));
    }
  }
}
