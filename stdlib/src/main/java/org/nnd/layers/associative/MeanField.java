package org.nnd.layers.associative;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.ir.BinaryOp;
import org.nnd.ir.Comparison;
import org.nnd.ir.DType;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.composite.FixedPoint;
import org.nnd.ir.composite.Probabilities;

/**
 * Mean-field inference in a monotone deep Boltzmann machine (Feng, Winston and Kolter 2023): the
 * fixed point of {@code q = softmax(Φ q + b)}, a softmax for each variable over its states.
 *
 * <p>Couplings, their section 4: from {@code A = [A_1 … A_n]}, with {@code Â_i = min(1, √(1 - m) /
 * |A_i|) A_i}, comes {@code Φ = blkdiag(Â^T Â) - Â^T Â}. It is symmetric, its diagonal blocks are
 * zero, and {@code I - Φ ⪰ m I}, since no block {@code Â_i^T Â_i} is above {@code (1 - m) I}. For
 * the spectral norm stands a bound from above, so that this holds exactly.
 *
 * <p>Iteration: {@code q <- (1 - α) q + α softmax(Φ q + b)}. The fixed point is the minimum of the
 * free energy {@code -q^T Φ q / 2 - b^T q + Σ q log q}, strictly convex for such a Φ, hence unique.
 * The step is that of the generalised conditional gradient method (Bredies, Lorenz and Maass 2009);
 * as the negative entropy is 2-strongly convex along the simplex, {@code α = 2 / (2 + L)} with
 * {@code L ≥ |Φ|} decreases that energy from any start.
 *
 * @param tolerance at which the iteration ends, see {@link FixedPoint#fixedPoint}
 * @param steps at most
 */
public record MeanField(double margin, double tolerance, int steps) {
  /** The strong convexity of the negative entropy on the simplex, in the Euclidean norm. */
  private static final double CONVEXITY = 2;

  /** Squarings of a Gram matrix; k states bound a norm to a factor of {@code k^(1 / 2^7)}. */
  private static final int SQUARINGS = 6;

  /** Norms below this count as this; blocks of such a norm need no scaling. */
  private static final double SMALLEST = 1e-12;

  static final MeanField STANDARD = new MeanField(0.1, 1e-6, 500);

  public MeanField {
    if (!(margin > 0 && margin <= 1)) {
      throw Check.error(
          "monotone Boltzmann machine: the margin must be above 0 and at most 1, got %s", margin);
    }
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw Check.error(
          "monotone Boltzmann machine: the tolerance must be a number of at least 0, got %s",
          tolerance);
    }
    Check.positive("monotone Boltzmann machine", "the number of steps", steps);
  }

  /** {@return the options that are not the usual ones, as they are written} */
  String options() {
    return (margin == STANDARD.margin ? "" : ".margin(" + margin + ")")
        + (tolerance == STANDARD.tolerance ? "" : ".tolerance(" + tolerance + ")")
        + (steps == STANDARD.steps ? "" : ".steps(" + steps + ")");
  }

  /** Variables that are known: which ones, bool {@code [N, n, k]}, and their probabilities. */
  record Known(Tensor which, Tensor values) {}

  /** {@return Φ {@code [n k, n k]} of {@code a [n, rank, k]}} */
  Tensor couplings(Tensor a) {
    int variables = a.size(0);
    int rank = a.size(1);
    int states = a.size(2);
    Tensor bound = squaredNormBound(a).maximum(SMALLEST);
    Tensor scale = bound.rsqrt().mul(Math.sqrt(1 - margin)).minimum(1);
    Tensor columns = a.mul(scale.reshape(variables, 1, 1)).permute(1, 0, 2);
    Tensor flat = columns.reshape(rank, (long) variables * states);
    Tensor gram = flat.transpose().matmul(flat);
    Node row = Operations.iota(DType.I32, gram.shape(), 0);
    Node column = Operations.iota(DType.I32, gram.shape(), 1);
    Node per = Operations.full(Operations.iota(DType.I32, gram.shape(), 0).type(), states);
    Node outside =
        Operations.compare(
            Comparison.NE,
            Operations.binary(BinaryOp.DIVIDE, row, per),
            Operations.binary(BinaryOp.DIVIDE, column, per));
    return Tensor.of(outside).where(gram.neg(), 0);
  }

  /**
   * {@return for each matrix of {@code [n, r, k]} a number of at least its squared spectral norm}
   * The Schatten norm {@code tr(G^p)^(1/p)} of {@code G = A^T A}, p = 2^6, by repeated squaring;
   * the traces are taken out, so that nothing overflows.
   */
  static Tensor squaredNormBound(Tensor a) {
    boolean wide = a.size(2) > a.size(1);
    Tensor gram = wide ? a.matmul(a.transpose()) : a.transpose().matmul(a);
    Tensor trace = trace(gram);
    Tensor log = trace.log();
    Tensor power = gram.div(trace.reshape(-1, 1, 1));
    for (int i = 0; i < SQUARINGS; i++) {
      Tensor square = power.matmul(power);
      trace = trace(square);
      log = log.mul(2).add(trace.log());
      power = square.div(trace.reshape(-1, 1, 1));
    }
    return log.mul(Math.pow(0.5, SQUARINGS)).exp();
  }

  private static Tensor trace(Tensor square) {
    Node row = Operations.iota(DType.I32, square.shape(), 1);
    Node column = Operations.iota(DType.I32, square.shape(), 2);
    Tensor diagonal = Tensor.of(Operations.compare(Comparison.EQ, row, column));
    return diagonal.where(square, 0).sum(1, 2).maximum(SMALLEST * SMALLEST);
  }

  /**
   * {@return the probabilities {@code [N, n, k]}}
   *
   * @param bias of that shape: b
   * @param start of that shape, on which the result depends within the tolerance only
   * @param known variables that stay as they are; what remains is a machine of the same kind
   */
  Tensor solve(Tensor couplings, Tensor bias, Tensor start, Optional<Known> known) {
    Tensor norm = squaredNormBound(couplings.unsqueeze(0)).sqrt();
    Tensor rate = norm.add(CONVEXITY).reshape(1, 1, 1);
    Tensor alpha = Tensor.full(bias.dtype(), Shape.of(1, 1, 1), CONVEXITY).div(rate).stopGradient();
    List<Node> operands = new ArrayList<>(List.of(couplings.node(), bias.node(), alpha.node()));
    known.ifPresent(k -> operands.addAll(List.of(k.which().node(), k.values().node())));
    Tensor from = known.map(k -> k.which().where(k.values(), start)).orElse(start);
    return Tensor.of(
        FixedPoint.fixedPoint(
                from.node(), operands, (q, o) -> step(Tensor.of(q), o).node(), tolerance, steps)
            .value());
  }

  /** {@return a start where every state is as probable as the others} */
  static Tensor uniform(Tensor bias) {
    return Tensor.full(bias.dtype(), bias.shape(), 1.0 / bias.size(2));
  }

  static Tensor step(Tensor q, List<Node> operands) {
    Tensor couplings = Tensor.of(operands.get(0));
    Tensor bias = Tensor.of(operands.get(1));
    Tensor alpha = Tensor.of(operands.get(2));
    Dim all = q.dim(1).times(q.dim(2));
    Tensor field = q.reshape(q.dim(0), all).matmul(couplings).reshape(q.shape()).add(bias);
    Tensor next = Tensor.of(Probabilities.softmax(field.node(), 2));
    Tensor damped = q.add(next.sub(q).mul(alpha));
    return operands.size() == 3
        ? damped
        : Tensor.of(operands.get(3)).where(Tensor.of(operands.get(4)), damped);
  }
}
