package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.VType;

/**
 * Writes the computation of a node's value at given coordinates: loads of nodes that lie in memory,
 * values the template holds in registers, and the elementwise operations and views between them.
 * Each value is computed once per block.
 */
final class Emitter {
  /** A node's value that the template computes itself. */
  interface Bound {
    Expr at(Body body, List<Index> coordinates, Lanes lanes);
  }

  /** Loads a vector whose lanes lie apart in memory, or returns null where it cannot. */
  interface Apart {
    Apart NONE = (body, array, flat, lanes) -> null;

    Expr load(Body body, Array array, Index flat, Lanes lanes);
  }

  /** Elements between lanes up to which whole vectors are loaded and what is wanted picked out. */
  private static final int MOST_STEP = 4;

  private record Key(Node node, List<Index> at, int lanes) {}

  private final Map<Node, Array> arrays;
  private final Map<Node, Bound> bound = new HashMap<>();
  private Apart apart = Apart.NONE;
  private int packs;
  private int scalarised;

  /**
   * @param arrays where nodes lie in memory; a node that is neither there nor bound is computed
   */
  Emitter(Map<Node, Array> arrays) {
    this.arrays = arrays;
  }

  void bind(Node node, Bound value) {
    bound.put(node, value);
  }

  void loadApart(Apart loads) {
    apart = loads;
  }

  void unbind(Node node) {
    bound.remove(node);
  }

  /** {@return how many vectors were put together lane by lane, a sign of the wrong lane axis} */
  int packs() {
    return packs;
  }

  /** {@return how many of them had each lane computed apart} */
  int scalarised() {
    return scalarised;
  }

  Expr value(Body body, Node node, List<Index> at, Lanes lanes) {
    Bound value = bound.get(node);
    if (value != null) {
      return value.at(body, at, lanes);
    }
    return body.once(
        new Key(node, at, lanes.count()), name(node.op()), () -> compute(body, node, at, lanes));
  }

  /** {@return the value, whether the node is bound or not} */
  Expr compute(Body body, Node node, List<Index> at, Lanes lanes) {
    Array array = arrays.get(node);
    if (array != null) {
      return load(body, array, Index.flatten(at, node.shape().dims()), lanes);
    }
    return switch (node.op()) {
      case Op.Constant constant -> constant(constant.value(), lanes);
      case Op.Iota iota -> position(at.get(iota.axis()), node.dtype(), lanes);
      case Op.Size size -> position(Index.of(size.dim()), node.dtype(), lanes);
      case Op.Unary unary -> new Expr.Unary(unary.function(), operand(body, node, 0, at, lanes));
      case Op.Binary binary -> binary(body, node, binary.function(), at, lanes);
      case Op.Compare compare ->
          new Expr.Compare(
              compare.comparison(),
              operand(body, node, 0, at, lanes),
              operand(body, node, 1, at, lanes));
      case Op.Select select ->
          new Expr.Choose(
              operand(body, node, 0, at, lanes),
              operand(body, node, 1, at, lanes),
              operand(body, node, 2, at, lanes));
      case Op.Convert convert -> {
        Expr x = operand(body, node, 0, at, lanes);
        DType to = computed(convert.dtype());
        yield x.type().dtype() == to ? x : new Expr.Convert(to, x);
      }
      case Op.Bitcast bitcast -> bitcast(bitcast.dtype(), operand(body, node, 0, at, lanes));
      case Op.Pad pad -> pad(body, node, pad, at, lanes);
      case Op.Concatenate concatenate -> concatenate(body, node, concatenate.axis(), at, lanes);
      case Op.Gather gather -> gather(body, node, gather.axis(), at, lanes);
      case Op.RandomBits bits -> randomBits(body, node, bits, at, lanes);
      default -> {
        if (!Views.isView(node.op())) {
          throw new IllegalStateException("not computed inside a kernel: " + node);
        }
        yield value(body, node.operand(0), Views.operand(node, at), lanes);
      }
    };
  }

  private Expr operand(Body body, Node node, int i, List<Index> at, Lanes lanes) {
    return value(body, node.operand(i), at, lanes);
  }

  /** A bool has its bits in memory only; in registers it is converted. */
  private static Expr bitcast(DType dtype, Expr x) {
    return x.type().dtype() == DType.BOOL || dtype == DType.BOOL
        ? new Expr.Convert(dtype, x)
        : new Expr.Bitcast(dtype, x);
  }

  private Expr binary(Body body, Node node, BinaryOp function, List<Index> at, Lanes lanes) {
    return new Expr.Binary(
        function, operand(body, node, 0, at, lanes), operand(body, node, 1, at, lanes));
  }

  private static Expr constant(Literal value, Lanes lanes) {
    return splat(new Expr.Real(value.get(0), value.dtype()), lanes);
  }

  static Expr splat(Expr scalar, Lanes lanes) {
    return lanes.isScalar() ? scalar : new Expr.Splat(scalar, lanes.count());
  }

  /** {@return elements of an array at a position, one per lane} */
  Expr load(Body body, Array array, Index flat, Lanes lanes) {
    if (lanes.isScalar()) {
      return new Expr.Load(array, flat, 1);
    }
    if (!lanes.mentionedBy(flat)) {
      Expr scalar =
          body.once(List.of(array, flat), array.name() + "_s", () -> new Expr.Load(array, flat, 1));
      return new Expr.Splat(scalar, lanes.count());
    }
    if (!flat.buries(lanes.axis()) && flat.coefficient(lanes.axis()).is(1)) {
      return new Expr.Load(array, flat, lanes.count());
    }
    Expr together = apart.load(body, array, flat, lanes);
    if (together != null) {
      return together;
    }
    int step = step(flat, lanes);
    if (step > 1 && step <= Math.min(MOST_STEP, lanes.count()) && !isNarrow(array.dtype())) {
      return everyOther(body, array, flat, step, lanes.count());
    }
    packs++;
    List<Expr> parts = new ArrayList<>();
    for (int lane = 0; lane < lanes.count(); lane++) {
      parts.add(new Expr.Load(array, lanes.at(flat, lane), 1));
    }
    return new Expr.Pack(parts);
  }

  /** {@return elements from lane to lane, 0 where that is not the same everywhere} */
  private static int step(Index flat, Lanes lanes) {
    Dim step = flat.buries(lanes.axis()) ? Dim.ZERO : flat.coefficient(lanes.axis());
    return step.isFixed() ? step.fixed() : 0;
  }

  /** Every step-th element, by whole vectors. The last one ends with the last element wanted. */
  private static Expr everyOther(Body body, Array array, Index flat, int step, int lanes) {
    int last = (lanes - 1) * (step - 1);
    List<Expr> run = new ArrayList<>();
    for (int q = 0; q < step; q++) {
      Index at = flat.plus(q < step - 1 ? (long) q * lanes : last);
      run.add(
          body.once(
              List.of(array, at, lanes),
              array.name() + "_run",
              () -> new Expr.Load(array, at, lanes)));
    }
    List<Expr> parts = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int element = lane * step;
      boolean inLast = element >= (step - 1) * lanes;
      parts.add(
          inLast
              ? new Expr.Lane(run.get(step - 1), element - last)
              : new Expr.Lane(run.get(element / lanes), element % lanes));
    }
    return new Expr.Pack(parts);
  }

  /** Writes the lanes of a value to an array, at a position per lane. */
  void store(Body body, Array array, Index flat, Expr value, Lanes lanes) {
    boolean contiguous =
        lanes.isScalar() || (!flat.buries(lanes.axis()) && flat.coefficient(lanes.axis()).is(1));
    if (contiguous) {
      body.store(array, flat, value);
      return;
    }
    packs++;
    Expr vector = body.let("out", value);
    for (int lane = 0; lane < lanes.count(); lane++) {
      body.store(array, lanes.at(flat, lane), new Expr.Lane(vector, lane));
    }
  }

  /** {@return a position as a value} */
  Expr position(Index index, DType dtype, Lanes lanes) {
    if (!lanes.mentionedBy(index)) {
      return splat(new Expr.Position(index, dtype), lanes);
    }
    VType type = new VType(dtype, lanes.count());
    if (!index.buries(lanes.axis())) {
      Dim step = index.coefficient(lanes.axis());
      Expr numbers = new Expr.LaneNumbers(type);
      Expr scaled =
          step.is(1)
              ? numbers
              : new Expr.Binary(
                  BinaryOp.MULTIPLY,
                  numbers,
                  new Expr.Splat(new Expr.Position(Index.of(step), dtype), lanes.count()));
      return new Expr.Binary(
          BinaryOp.ADD, new Expr.Splat(new Expr.Position(index, dtype), lanes.count()), scaled);
    }
    packs++;
    List<Expr> parts = new ArrayList<>();
    for (int lane = 0; lane < lanes.count(); lane++) {
      parts.add(new Expr.Position(lanes.at(index, lane), dtype));
    }
    return new Expr.Pack(parts);
  }

  /** The value lane by lane, for what has no vector form. */
  private Expr scalarised(Body body, Node node, List<Index> at, Lanes lanes) {
    packs++;
    scalarised++;
    List<Expr> parts = new ArrayList<>();
    for (int lane = 0; lane < lanes.count(); lane++) {
      int l = lane;
      List<Index> there = at.stream().map(index -> lanes.at(index, l)).toList();
      parts.add(value(body, node, there, Lanes.NONE));
    }
    return new Expr.Pack(parts);
  }

  private static boolean anyMentions(List<Index> at, Lanes lanes) {
    return !lanes.isScalar() && at.stream().anyMatch(lanes::mentionedBy);
  }

  private Expr pad(Body body, Node node, Op.Pad pad, List<Index> at, Lanes lanes) {
    List<Index> inner = new ArrayList<>();
    Expr inside = null;
    for (int i = 0; i < at.size(); i++) {
      Dim extent = node.operand(0).shape().dim(i);
      Index shifted = at.get(i).minus(Index.of(pad.low().get(i)));
      int step = pad.interior().get(i) + 1;
      Dim reach = extent.minus(1).times(step).plus(1);
      boolean certain =
          Index.within(shifted, reach)
              || extent.equals(node.shape().dim(i)) && pad.low().get(i).is(0);
      if (certain && step == 1) {
        inner.add(shifted);
        continue;
      }
      if (!lanes.isScalar() && lanes.mentionedBy(shifted)) {
        return scalarised(body, node, at, lanes);
      }
      inside = certain ? inside : Body.and(inside, inRange(shifted, reach));
      inside = step == 1 ? inside : Body.and(inside, multiple(shifted, step));
      inner.add(step == 1 ? shifted : shifted.dividedBy(Dim.of(step)));
    }
    if (inside == null) {
      return value(body, node.operand(0), inner, lanes);
    }
    Expr outside = splat(new Expr.Real(pad.value(), node.dtype()), lanes);
    return guarded(body, inside, outside, node.operand(0), inner, lanes);
  }

  /** The condition {@code 0 <= index < bound}. */
  static Expr inRange(Index index, Dim bound) {
    Expr position = new Expr.Position(index, DType.I64);
    Expr zero = new Expr.Position(Index.ZERO, DType.I64);
    Expr limit = new Expr.Position(Index.of(bound), DType.I64);
    return new Expr.Binary(
        BinaryOp.AND,
        new Expr.Compare(Comparison.GE, position, zero),
        new Expr.Compare(Comparison.LT, position, limit));
  }

  private static Expr multiple(Index index, int step) {
    return new Expr.Compare(
        Comparison.EQ,
        new Expr.Position(index.modulo(Dim.of(step)), DType.I64),
        new Expr.Position(Index.ZERO, DType.I64));
  }

  /** {@code outside}, or the node's value where the condition holds; evaluated only there. */
  private Expr guarded(
      Body body, Expr condition, Expr outside, Node node, List<Index> at, Lanes lanes) {
    Expr.Variable result = body.mutable("guarded", outside);
    body.when(condition, inner -> inner.assign(result, value(inner, node, at, lanes)));
    return result;
  }

  private Expr concatenate(Body body, Node node, int axis, List<Index> at, Lanes lanes) {
    if (!lanes.isScalar() && lanes.mentionedBy(at.get(axis))) {
      return takingTurns(body, node, axis, at, lanes)
          .orElseGet(() -> scalarised(body, node, at, lanes));
    }
    Expr.Variable result =
        body.mutable("part", splat(new Expr.Real(0, computed(node.dtype())), lanes));
    Dim start = Dim.ZERO;
    for (Node part : node.operands()) {
      Dim extent = part.shape().dim(axis);
      List<Index> inner = new ArrayList<>(at);
      Index shifted = at.get(axis).minus(Index.of(start));
      inner.set(axis, extent.is(1) ? Index.ZERO : shifted);
      body.when(
          inRange(shifted, extent),
          block -> block.assign(result, value(block, part, inner, lanes)));
      start = start.plus(extent);
    }
    return result;
  }

  /** The lanes of operands that take turns, each a shorter vector; empty where they do not. */
  private Optional<Expr> takingTurns(Body body, Node node, int axis, List<Index> at, Lanes lanes) {
    int count = node.operands().size();
    if (!lanes.aligned()
        || lanes.count() % count != 0
        || !(lanes.axis() instanceof Index.Axis along && along.extent().isFixed())
        || !node.operands().stream().allMatch(part -> part.shape().dim(axis).is(1))) {
      return Optional.empty();
    }
    Dim turns = Dim.of(Math.ceilDiv(along.extent().fixed(), count));
    Index any = Index.axis("turn", turns);
    for (int i = 0; i < count; i++) {
      Index which = at.get(axis).substitute(along, any.times(count).plus(i));
      if (!which.is(i)) {
        return Optional.empty();
      }
    }
    Index turn = body.axis("turn", Index.of(along).dividedBy(Dim.of(count)), turns);
    Lanes shorter = Lanes.inSteps(turn, lanes.count() / count);
    List<Expr> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Index lane = turn.times(count).plus(i);
      List<Index> inner =
          new ArrayList<>(at.stream().map(index -> index.substitute(along, lane)).toList());
      inner.set(axis, Index.ZERO);
      values.add(body.let("of_turn", value(body, node.operand(i), inner, shorter)));
    }
    List<Expr> parts = new ArrayList<>();
    for (int lane = 0; lane < lanes.count(); lane++) {
      Expr one = values.get(lane % count);
      parts.add(shorter.isScalar() ? one : new Expr.Lane(one, lane / count));
    }
    return Optional.of(new Expr.Pack(parts));
  }

  private Expr gather(Body body, Node node, int axis, List<Index> at, Lanes lanes) {
    Node data = node.operand(0);
    Node indices = node.operand(1);
    List<Index> where = at.subList(axis, axis + indices.rank());
    if (anyMentions(where, lanes)) {
      return scalarised(body, node, at, lanes);
    }
    Expr number = value(body, indices, where, Lanes.NONE);
    Expr.Variable named =
        (Expr.Variable)
            body.once(
                List.of(number, "row"),
                "row",
                () -> body.let("row", new Expr.Convert(DType.I64, number)));
    Index row = Index.of(new Index.Value(named.name()));
    List<Index> inner = new ArrayList<>(at.subList(0, axis));
    inner.add(row);
    inner.addAll(at.subList(axis + indices.rank(), at.size()));
    Expr zero = splat(new Expr.Real(0, computed(node.dtype())), lanes);
    return guarded(body, inRange(row, data.shape().dim(axis)), zero, data, inner, lanes);
  }

  private Expr randomBits(Body body, Node node, Op.RandomBits bits, List<Index> at, Lanes lanes) {
    VType type = new VType(DType.I32, lanes.count());
    Index flat = Index.flatten(at, bits.shape().dims());
    List<Expr> arguments =
        List.of(
            position(flat, DType.I64, lanes),
            splat(value(body, node.operand(0), List.of(), Lanes.NONE), lanes),
            splat(value(body, node.operand(1), List.of(), Lanes.NONE), lanes),
            new Expr.Real((int) bits.stream(), DType.I32),
            new Expr.Real((int) (bits.stream() >>> 32), DType.I32),
            new Expr.Real(bits.use(), DType.I32));
    return new Expr.Call("philox", arguments, type);
  }

  /** {@return the type that values of a storage type have in registers} */
  static DType computed(DType dtype) {
    return isNarrow(dtype) ? DType.F32 : dtype;
  }

  /** {@return whether values have 16 bits in memory, and 32 in registers} */
  static boolean isNarrow(DType dtype) {
    return dtype == DType.F16 || dtype == DType.BF16;
  }

  private static String name(Op op) {
    return switch (op) {
      case Op.Unary unary -> unary.function().toString();
      case Op.Binary binary -> binary.function().toString();
      case Op.Compare compare -> compare.comparison().toString();
      case Op.Input input -> "x";
      case Op.Parameter parameter -> "p";
      default -> {
        String name = op.getClass().getSimpleName();
        yield name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
      }
    };
  }
}
