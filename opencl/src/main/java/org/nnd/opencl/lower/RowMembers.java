package org.nnd.opencl.lower;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * Computes the members of an elementwise or row-wise group: at a point of the space, and per row.
 *
 * @param passes in which pass each member is computed
 * @param streaming lanes of stores that may pass the caches by, 0 if none may
 */
record RowMembers(
    Task task,
    Task.Arguments arguments,
    Emitter emitter,
    RowSpace space,
    Map<Node, Integer> passes,
    KeptRows kept,
    int streaming) {
  /** What is known of a row. */
  static final class Row {
    private final Map<Node, Emitter.Bound> known = new LinkedHashMap<>();
  }

  private List<Group.Member> members() {
    return task.group().members();
  }

  int passCount() {
    return 1 + passes.values().stream().max(Integer::compare).orElse(0);
  }

  Stream<Node> reductions() {
    return members().stream()
        .filter(member -> member.kind() == Group.Kind.REDUCTION)
        .map(Group.Member::node);
  }

  Stream<Node> reductions(int pass) {
    return reductions().filter(node -> passes.get(node) == pass);
  }

  private Stream<Group.Member> stored(int pass) {
    return members().stream()
        .filter(
            member ->
                member.kind() == Group.Kind.FULL
                    && task.stored().contains(member.node())
                    && passes.get(member.node()) == pass);
  }

  boolean storesIn(int pass) {
    return stored(pass).findAny().isPresent();
  }

  /** Goes to a row: from now on its values are those that are read. */
  void enter(Row row) {
    members().stream()
        .filter(member -> member.kind() != Group.Kind.FULL)
        .forEach(member -> emitter.unbind(member.node()));
    row.known.forEach(emitter::bind);
  }

  void leaveRows() {
    members().forEach(member -> emitter.unbind(member.node()));
  }

  /** Notes a value of the row that is entered. */
  void note(Row row, Node node, Emitter.Bound value) {
    row.known.put(node, value);
    emitter.bind(node, value);
  }

  /**
   * Accumulates the pass's reductions at one point, or a vector of them, and stores the members
   * that are ready.
   *
   * @param which of the accumulators' vectors
   */
  void step(
      Body body,
      List<Index> point,
      Lanes lanes,
      int pass,
      List<RowAccumulator> accumulators,
      int which) {
    for (RowAccumulator accumulator : accumulators) {
      Expr value = emitter.value(body, accumulator.node().operand(0), point, lanes);
      accumulator.add(body, value, lanes, which);
    }
    Map<Node, Expr> values = new LinkedHashMap<>();
    stored(pass)
        .forEach(
            member ->
                values.put(
                    member.node(), emitter.value(body, member.node(), at(member, point), lanes)));
    kept.store(body, lanes);
    values.forEach(
        (node, value) -> {
          Array array = arguments.stores.get(node);
          Index flat = Index.flatten(at(task.group().member(node), point), node.shape().dims());
          boolean whole = lanes.count() == streaming && aligned(flat, lanes);
          emitter.store(body, whole ? array.streamed() : array, flat, value, lanes);
        });
  }

  /** Whether a vector of results starts at a multiple of its length. */
  private boolean aligned(Index flat, Lanes lanes) {
    Dim length = Dim.of(lanes.count());
    // The lane axis itself runs in steps of whole vectors from a multiple of them.
    boolean wholeRows =
        space.outer().rank() == 0
            || (space.inner().isFixed() && space.inner().fixed() % lanes.count() == 0);
    return wholeRows
        && flat.constant().isDivisibleBy(length)
        && flat.atoms().stream()
            .allMatch(
                atom -> atom.equals(lanes.axis()) || flat.coefficient(atom).isDivisibleBy(length));
  }

  private List<Index> at(Group.Member member, List<Index> point) {
    return Points.at(task.group(), member, point);
  }

  /**
   * Ends a pass over a row: stores its finished reductions, and computes and stores the values per
   * row.
   *
   * @param point the row's first
   */
  void finish(Body body, Row row, List<Index> point, Lanes lanes, int pass) {
    for (Group.Member member : members()) {
      if (!isReady(member, pass)) {
        continue;
      }
      List<Index> at = at(member, point);
      Expr value = emitter.value(body, member.node(), at, lanes);
      if (member.kind() == Group.Kind.ROW) {
        Expr named = body.let("row_value", value);
        note(row, member.node(), (b, c, l) -> Loops.widen(named, l));
      }
      if (task.stored().contains(member.node())) {
        emitter.store(
            body,
            arguments.stores.get(member.node()),
            Index.flatten(at, member.node().shape().dims()),
            value,
            lanes);
      }
    }
  }

  private boolean isReady(Group.Member member, int pass) {
    int computed = passes.get(member.node());
    return switch (member.kind()) {
      case REDUCTION -> computed == pass;
      case ROW -> computed == pass + 1 || (computed == 0 && pass == 0);
      default -> false;
    };
  }
}
