package org.nnd.ir.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.TensorType;

/** Derivatives of the operations that hold graphs. */
final class ControlRules {
  /** The name of the composite whose body is computed again for the gradient, not kept. */
  private static final String CHECKPOINT = "checkpoint";

  private ControlRules() {}

  /**
   * The gradient of a composite is that of its body. What the body computes is shared with the
   * forward pass, except in a checkpoint: there it is computed again, on the other side of
   * barriers.
   */
  static void composite(Op.Composite op, Node node, Sweep to) {
    if (HandWrittenRules.apply(op, node, to)) {
      return;
    }
    int barrier = op.name().equals(CHECKPOINT) ? to.nextBarrier() : 0;
    List<Node> operands =
        barrier == 0
            ? node.operands()
            : node.operands().stream().map(x -> Operations.barrier(x, barrier)).toList();
    List<Node> results = op.body().apply(operands);
    for (int i = 0; i < results.size(); i++) {
      Optional<Node> g = to.cotangent(node, i);
      if (g.isPresent()) {
        to.add(results.get(i), g.get());
      }
    }
  }

  /** d cond(p, f, g) = cond(p, df, dg). */
  static void cond(Op.Cond op, Node node, Sweep to) {
    checkClosed(node, op.then());
    checkClosed(node, op.otherwise());
    Wanted wanted = Wanted.of(node, 1, to);
    List<Node> operands = new ArrayList<>(node.operands());
    operands.addAll(wanted.cotangents);
    int arguments = node.operands().size() - 1;
    Graph then = pullback(op.then(), arguments, wanted, operands);
    Graph otherwise = pullback(op.otherwise(), arguments, wanted, operands);
    List<Node> results = Operations.results(Node.of(new Op.Cond(then, otherwise), operands));
    for (int i = 0; i < wanted.operands.size(); i++) {
      to.add(node.operand(wanted.operands.get(i)), results.get(i));
    }
  }

  /**
   * The graph from a branch's arguments and its results' cotangents to its arguments' cotangents.
   */
  private static Graph pullback(Graph branch, int arguments, Wanted wanted, List<Node> operands) {
    List<TensorType> types = operands.stream().skip(1).map(Node::type).toList();
    return Operations.trace(
        types,
        x -> {
          List<Node> results = branch.apply(x.subList(0, arguments));
          List<Node> variables = wanted.operands.stream().map(i -> x.get(i - 1)).toList();
          return Gradient.pullback(
              wanted.results.stream().map(results::get).toList(),
              x.subList(arguments, x.size()),
              variables);
        });
  }

  /** Which operands want a cotangent, and which results have one. */
  private record Wanted(List<Integer> operands, List<Integer> results, List<Node> cotangents) {
    static Wanted of(Node node, int firstOperand, Sweep to) {
      List<Integer> operands = new ArrayList<>();
      for (int i = firstOperand; i < node.operands().size(); i++) {
        if (to.wants(node, i)) {
          operands.add(i);
        }
      }
      List<Integer> results = new ArrayList<>();
      List<Node> cotangents = new ArrayList<>();
      for (int i = 0; i < node.types().size(); i++) {
        Optional<Node> g = to.cotangent(node, i);
        if (g.isPresent()) {
          results.add(i);
          cotangents.add(g.get());
        }
      }
      return new Wanted(operands, results, cotangents);
    }
  }

  /**
   * The gradient of a scan is a scan in the other direction. The forward scan is run so that it
   * keeps every carry it met; from these the backward scan computes each step again, and carries
   * the cotangents of the carry and the sums of those of the constants.
   */
  static void scan(Op.Scan op, Node node, Sweep to) {
    checkClosed(node, op.body());
    new ScanRule(op, node, to).apply();
  }

  /** A body sees outside values as operands only; a variable of its own would lose its gradient. */
  static void checkClosed(Node node, Graph body) {
    for (Node parameter : body.parameters()) {
      throw new NndException(
          "%s: the body of a loop or branch uses the variable %s, which must be an operand to have a"
                  .formatted(node.origin(), ((Op.Parameter) parameter.op()).name())
              + " gradient");
    }
  }

  private static final class ScanRule {
    private final Op.Scan op;
    private final Node node;
    private final Sweep to;
    private final int firstConstant;
    private final List<Integer> carries = new ArrayList<>();
    private final List<Integer> sequences = new ArrayList<>();
    private final List<Integer> constants = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();

    ScanRule(Op.Scan op, Node node, Sweep to) {
      this.op = op;
      this.node = node;
      this.to = to;
      firstConstant = op.carries() + op.sequences();
      for (int i = 0; i < node.operands().size(); i++) {
        if (i < op.carries()) {
          if (node.operand(i).dtype().isFloat()) {
            carries.add(i);
          }
        } else if (to.wants(node, i)) {
          (i < firstConstant ? sequences : constants).add(i);
        }
      }
      for (int i = op.carries(); i < node.types().size(); i++) {
        if (to.cotangent(node, i).isPresent()) {
          rows.add(i);
        }
      }
    }

    /**
     * Operands of the backward scan: cotangents of the floating carries, sums for the constants |
     * kept carries, the sequences, cotangents of the result rows | the constants.
     */
    void apply() {
      List<Node> operands = new ArrayList<>();
      for (int i : carries) {
        operands.add(
            to.cotangent(node, i).orElseGet(() -> Operations.full(node.types().get(i), 0)));
      }
      for (int i : constants) {
        operands.add(Operations.full(node.operand(i).type(), 0));
      }
      int carried = operands.size();
      operands.addAll(keptCarries());
      operands.addAll(node.operands().subList(op.carries(), firstConstant));
      for (int i : rows) {
        operands.add(to.cotangent(node, i).orElseThrow());
      }
      int sequenced = operands.size() - carried;
      operands.addAll(node.operands().subList(firstConstant, node.operands().size()));

      List<TensorType> types = new ArrayList<>();
      for (int i = 0; i < operands.size(); i++) {
        TensorType type = operands.get(i).type();
        boolean sequence = i >= carried && i < carried + sequenced;
        types.add(sequence ? type.withShape(type.shape().slice(1, type.rank())) : type);
      }
      Graph body = Operations.trace(types, x -> step(x, carried));
      Op.Scan backward = new Op.Scan(body, carried, sequenced, op.length(), !op.reverse());
      List<Node> results = Operations.results(Node.of(backward, operands));
      List<Integer> targets = new ArrayList<>(carries);
      targets.addAll(constants);
      targets.addAll(sequences);
      for (int i = 0; i < targets.size(); i++) {
        to.add(node.operand(targets.get(i)), results.get(i));
      }
    }

    /** One step of the backward scan. */
    private List<Node> step(List<Node> x, int carried) {
      List<Node> arguments = new ArrayList<>(x.subList(carried, carried + firstConstant));
      int firstRow = carried + firstConstant;
      arguments.addAll(x.subList(firstRow + rows.size(), x.size()));
      List<Node> results = op.body().apply(arguments);

      List<Node> seeded = new ArrayList<>();
      carries.forEach(i -> seeded.add(results.get(i)));
      rows.forEach(i -> seeded.add(results.get(i)));
      List<Node> seeds = new ArrayList<>(x.subList(0, carries.size()));
      seeds.addAll(x.subList(firstRow, firstRow + rows.size()));
      List<Node> variables = new ArrayList<>();
      carries.forEach(i -> variables.add(arguments.get(i)));
      constants.forEach(i -> variables.add(arguments.get(i)));
      sequences.forEach(i -> variables.add(arguments.get(i)));

      List<Node> gradients = new ArrayList<>(Gradient.pullback(seeded, seeds, variables));
      for (int i = 0; i < constants.size(); i++) {
        int place = carries.size() + i;
        gradients.set(place, Operations.add(x.get(place), gradients.get(place)));
      }
      return gradients;
    }

    /** The carries before every step, as sequences, from a forward scan that keeps them. */
    private List<Node> keptCarries() {
      List<TensorType> types = op.body().inputs().stream().map(Node::type).toList();
      Graph keeping =
          Operations.trace(
              types,
              x -> {
                List<Node> results = new ArrayList<>(op.body().apply(x));
                results.addAll(x.subList(0, op.carries()));
                return results;
              });
      Op.Scan forward =
          new Op.Scan(keeping, op.carries(), op.sequences(), op.length(), op.reverse());
      List<Node> results = Operations.results(Node.of(forward, node.operands()));
      return results.subList(node.types().size(), results.size());
    }
  }
}
