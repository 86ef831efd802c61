package org.nnd.layers.associative;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.layers.Expect;

/**
 * Differentiable plasticity (Miconi, Clune and Stanley 2018, eq. 1 and 2): a sequence {@code [N, T,
 * in]} to {@code [N, T, out]}, {@code y_t = tanh(x_t (w + alpha ∘ H_t))}, where the Hebbian trace
 * {@code H_(t+1) = (1 - eta) H_t + eta x_t^T y_t} starts at zero for every example. Variables:
 * {@code w}, {@code alpha}, both {@code [in, out]}, and {@code eta}, a scalar.
 */
public record HebbianPlasticity(int out, Site site) implements UnaryLayer {
  public HebbianPlasticity {
    Check.positive("hebbianPlasticity", "the number of outputs", out);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rank(at, "hebbianPlasticity", x, 3, "a sequence [N, length, features]");
    Expect.floats(at, "hebbianPlasticity", x);
    int length = Expect.fixed(at, "hebbianPlasticity", x, 1, "elements");
    int in = Expect.fixed(at, "hebbianPlasticity", x, 2, "features");
    Tensor w = at.parameter("w", Initializer.xavier(), in, out);
    Tensor alpha = at.parameter("alpha", Initializer.normal(0, 0.01), in, out);
    Tensor eta = at.parameter("eta", Initializer.constant(0.01));
    Tensor start = Tensor.full(x.dtype(), Shape.of(x.dim(0), Dim.of(in), Dim.of(out)), 0);
    Tensor sequence = x.transpose(0, 1);
    List<Node> operands =
        List.of(start.node(), sequence.node(), w.node(), alpha.node(), eta.node());
    List<TensorType> types = new ArrayList<>(operands.stream().map(Node::type).toList());
    types.set(1, sequence.type().withShape(sequence.shape().slice(1, 3)));
    Graph body = Operations.trace(types, HebbianPlasticity::step);
    Node scan = Node.of(new Op.Scan(body, 1, 1, length, false), operands);
    return Tensor.of(Operations.results(scan).get(1)).transpose(0, 1);
  }

  private static List<Node> step(List<Node> operands) {
    Tensor trace = Tensor.of(operands.get(0));
    Tensor x = Tensor.of(operands.get(1));
    Tensor weight = Tensor.of(operands.get(2)).add(Tensor.of(operands.get(3)).mul(trace));
    Tensor eta = Tensor.of(operands.get(4));
    Tensor y = x.unsqueeze(1).matmul(weight).squeeze(1).tanh();
    Tensor met = x.unsqueeze(2).mul(y.unsqueeze(1));
    return List.of(trace.add(met.sub(trace).mul(eta)).node(), y.node());
  }

  @Override
  public String toString() {
    return "hebbianPlasticity(" + out + ")";
  }
}
