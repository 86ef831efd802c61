package org.nnd.opencl.lower;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.UnaryOp;
import org.nnd.opencl.kernel.Index;

/**
 * Decides which nodes become values of kernels in their own right ("roots"); the others are
 * computed, again if need be, inside the kernels that use them.
 *
 * <p>Roots are results of the graph, anchors, reductions, and elementwise values that would be
 * costly to compute more than once: those of more than {@link #CHEAP} scalar operations with
 * several users or repeated by a broadcast. Longer ones than {@link #MOST} are cut, such as what a
 * loop over a tensor in a script records.
 */
final class Roots {
  /** Scalar operations that are worth repeating rather than a trip through memory. */
  private static final int CHEAP = 4;

  /** Scalar operations of one value that a kernel computes at most: drivers compile it whole. */
  static final int MOST = 400;

  /** Elements between neighbours up to which a cache line has several of them. */
  private static final int MOST_SPREAD = 8;

  private final Graph graph;
  private final List<List<Node>> users;
  private final Set<Node> results;
  private final Set<Node> inside;
  private final Set<Node> read;
  private final Set<Node> roots = new LinkedHashSet<>();
  private final Map<Node, Integer> costs = new HashMap<>();

  private Roots(Graph graph, Collection<AttentionPattern> attentions) {
    this.graph = graph;
    this.inside = attentions.stream().flatMap(a -> a.inside().stream()).collect(Collectors.toSet());
    this.read =
        attentions.stream()
            .flatMap(a -> Stream.of(a.contraction().operand(1), a.product().operand(1)))
            .collect(Collectors.toSet());
    this.users = graph.users();
    this.results = new HashSet<>(graph.outputs().values());
    this.results.addAll(graph.updates().values());
  }

  /**
   * {@return the roots of a graph}
   *
   * @param attentions are computed by one kernel each
   */
  static Set<Node> of(Graph graph, Collection<AttentionPattern> attentions) {
    return new Roots(graph, attentions).decide();
  }

  /** {@return the scalar operations of computing a node from what is in memory} */
  static int cost(Node node, Set<Node> memory) {
    int[] cost = {0};
    Costs.walk(
        node,
        visited -> {
          boolean here = !memory.contains(visited) && !isLeaf(visited);
          cost[0] += here ? own(visited.op()) : 0;
          return here;
        });
    return cost[0];
  }

  /** {@return whether a node lies in memory before the graph runs} */
  static boolean isLeaf(Node node) {
    return switch (node.op()) {
      case Op.Input i -> true;
      case Op.Parameter p -> true;
      case Op.Constant c -> node.rank() > 0;
      default -> false;
    };
  }

  private Set<Node> decide() {
    for (Node node : graph.nodes()) {
      if (isLeaf(node) || node.types().size() != 1 || inside.contains(node)) {
        costs.put(node, 0);
        if (node.types().size() != 1) {
          roots.add(node);
        }
        continue;
      }
      int cost = own(node.op());
      for (Node operand : node.operands()) {
        cost += roots.contains(operand) ? 0 : costs.get(operand);
      }
      costs.put(node, cost);
      boolean moves = Views.isView(node.op());
      Uses uses = new Uses();
      if (!moves) {
        uses.collect(node, node.shape().count());
      }
      if (mustLieInMemory(node, uses)) {
        roots.add(node);
      } else if (!moves && uses.areDear(cost)) {
        Node shared = sharedOperand(node);
        roots.add(shared);
        costs.put(node, shared == node ? cost : own(node.op()));
      }
    }
    Set<Node> inOrder = new LinkedHashSet<>(graph.nodes());
    inOrder.retainAll(roots);
    return inOrder;
  }

  /**
   * Of several values that are one operation away from the same one, that one is kept: {@code x /
   * 2} and {@code x / sqrt(2)} of GELU need not both lie in memory.
   */
  private Node sharedOperand(Node node) {
    List<Node> moving =
        node.operands().stream()
            .filter(operand -> operand.shape().equals(node.shape()) && !isUniform(operand))
            .toList();
    if (own(node.op()) > 1 || moving.size() != 1) {
      return node;
    }
    Node operand = moving.get(0);
    boolean shared = users.get(graph.position(operand)).size() > 1;
    boolean computed = !roots.contains(operand) && !isLeaf(operand) && costs.get(operand) > 0;
    return shared && computed && operand.dtype() == node.dtype() ? operand : node;
  }

  private static boolean isUniform(Node node) {
    return switch (node.op()) {
      case Op.Constant constant -> constant.value().count() == 1;
      case Op.Broadcast broadcast -> node.operand(0).rank() == 0;
      default -> false;
    };
  }

  private boolean mustLieInMemory(Node node, Uses uses) {
    if (results.contains(node)
        || Group.isAnchor(node.op())
        || node.op() instanceof Op.Reduce
        || (read.contains(node) && !Views.isView(node.op()))
        || Emitter.isNarrow(node.dtype())) {
      return true;
    }
    if (Views.isView(node.op())) {
      List<Node> readers = users.get(graph.position(node));
      // These take no coordinates: their operands lie in memory as they are.
      return readers.stream()
              .anyMatch(user -> Bodies.isControl(user.op()) || user.op() instanceof Op.Custom)
          || (readers.stream().anyMatch(Roots::isContraction) && isSpread(node))
          || ((read.contains(node) || readers.stream().anyMatch(user -> needsMemory(user, node)))
              && !movesLeaf(node));
    }
    return uses.needMemory;
  }

  private static boolean isContraction(Node node) {
    return node.op() instanceof Op.Dot || node.op() instanceof Op.Convolution;
  }

  /**
   * Whether neighbours along a view's last axis lie a few elements apart: what a contraction reads
   * many times is brought together once.
   */
  private boolean isSpread(Node view) {
    List<Index> at = Group.axes(view.shape());
    Node node = view;
    while (Views.isView(node.op()) && (node == view || !roots.contains(node))) {
      at = Views.operand(node, at);
      node = node.operand(0);
    }
    Index last = Group.axes(view.shape()).get(view.rank() - 1);
    if (last.isConstant()) {
      return false;
    }
    Index flat = Index.flatten(at, node.shape().dims());
    Index.Atom axis = last.atoms().get(0);
    Dim step = flat.buries(axis) ? Dim.ONE : flat.coefficient(axis);
    return step.isFixed() && step.fixed() > 1 && step.fixed() <= MOST_SPREAD;
  }

  /** Whether this is a chain of views over something in memory. */
  private boolean movesLeaf(Node node) {
    while (Views.isView(node.op()) && !roots.contains(node)) {
      node = node.operand(0);
    }
    return isLeaf(node) || roots.contains(node);
  }

  /** How a value is used, looking through views. */
  private final class Uses {
    private int count;
    private boolean repeated;
    private boolean needMemory;

    /** Whether to compute a value of this cost at each of its uses would take too long. */
    boolean areDear(int cost) {
      return cost > MOST || (count > 1 && cost > CHEAP) || (repeated && cost > CHEAP / 2);
    }

    void collect(Node node, Dim size) {
      for (Node user : users.get(graph.position(node))) {
        needMemory |= needsMemory(user, node);
        if (Views.isView(user.op()) && !results.contains(user)) {
          repeated |= user.op() instanceof Op.Broadcast && !user.shape().count().equals(size);
          collect(user, size);
        } else {
          count++;
        }
      }
    }
  }

  /** Whether a template wants this operand in memory, because it reads elements many times. */
  private static boolean needsMemory(Node user, Node operand) {
    return switch (user.op()) {
      case Op.Dot d -> user.operand(0) == operand;
      case Op.Convolution c -> user.operand(1) == operand;
      case Op.Gather g -> user.operand(0) == operand;
      // A variable may be overwritten while its updates are read.
      case Op.ScatterAdd s ->
          user.operand(1) == operand || (s.unique() && user.operand(2) == operand);
      case Op.ArgReduce a -> false;
      case Op.Cumulative c -> false;
      case Op.Fft f -> false;
      default -> Group.isAnchor(user.op());
    };
  }

  private static int own(Op op) {
    return switch (op) {
      case Op.Unary unary -> own(unary.function());
      case Op.Binary binary ->
          switch (binary.function()) {
            case DIVIDE, REMAINDER -> 3;
            case POWER, ATAN2 -> 10;
            default -> 1;
          };
      case Op.Compare c -> 1;
      case Op.Select s -> 1;
      case Op.Convert c -> 1;
      case Op.Pad p -> 2;
      case Op.Concatenate c -> 2;
      case Op.Gather g -> 3;
      case Op.RandomBits r -> 40;
      default -> 0;
    };
  }

  private static int own(UnaryOp function) {
    return switch (function) {
      case NEGATE, ABS, SIGN, FLOOR, CEIL, ROUND, NOT -> 1;
      case SQRT, RSQRT -> 3;
      default -> 8;
    };
  }
}
