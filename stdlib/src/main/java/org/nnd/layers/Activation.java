package org.nnd.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.nnd.dsl.Check;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.dsl.Vocabulary;
import org.nnd.ir.Node;
import org.nnd.ir.Operations;
import org.nnd.ir.UnaryOp;
import org.nnd.ir.composite.Activations;

/** An elementwise function without weights. */
public record Activation(Function function) implements UnaryLayer {

  /** The functions, under the names that PyTorch gives them. */
  @Vocabulary
  public enum Function {
    RELU(Activations::relu),
    RELU6(Activations::relu6),
    LEAKY_RELU(x -> Activations.leakyRelu(x, 0.01)),
    /** {@code x Phi(x)}, the exact form with erf. */
    GELU(Activations::gelu),
    /** GELU's approximation by tanh. */
    GELU_TANH(Activations::geluTanh),
    SILU(Activations::silu),
    MISH(Activations::mish),
    ELU(x -> Activations.elu(x, 1)),
    SELU(Activations::selu),
    SIGMOID(Activations::sigmoid),
    HARD_SIGMOID(Activations::hardSigmoid),
    HARD_SWISH(Activations::hardSwish),
    TANH(Activations::tanh),
    SOFTPLUS(Activations::softplus),
    SIN(x -> Operations.unary(UnaryOp.SIN, x)),
    COS(x -> Operations.unary(UnaryOp.COS, x)),
    EXP(Operations::exp),
    /** {@code exp(-x^2 / 2)}. */
    GAUSSIAN(x -> Operations.exp(Operations.multiply(Operations.square(x), -0.5)));

    private final UnaryOperator<Node> body;

    Function(UnaryOperator<Node> body) {
      this.body = body;
    }

    /** {@return the function of every element, of the same shape} */
    public Tensor of(Tensor x) {
      return Tensor.of(body.apply(x.node()));
    }

    /** {@return the function of a name such as {@code relu} or {@code hard_swish}} */
    public static Function named(String name) {
      List<String> names = Arrays.stream(values()).map(Function::toString).toList();
      Check.name("activation", "function", name, names);
      return values()[names.indexOf(name)];
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.floats(at, kind(), x);
    return function.of(x);
  }

  @Override
  public String kind() {
    return function.toString();
  }

  @Override
  public String toString() {
    return function + "()";
  }
}
