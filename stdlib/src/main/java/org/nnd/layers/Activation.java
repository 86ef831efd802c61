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

/** An elementwise function without weights. */
public record Activation(Function function) implements UnaryLayer {

  /** The functions, under the names that PyTorch gives them. */
  @Vocabulary
  public enum Function {
    RELU(Tensor::relu),
    RELU6(x -> x.clamp(0, 6)),
    LEAKY_RELU(x -> x.maximum(x.mul(0.01))),
    /** {@code x Phi(x)}, the exact form with erf. */
    GELU(Tensor::gelu),
    /** GELU's approximation by tanh (Hendrycks and Gimpel 2016, section 2). */
    GELU_TANH(
        x ->
            x.mul(0.5)
                .mul(
                    x.add(x.mul(x).mul(x).mul(0.044715))
                        .mul(Math.sqrt(2 / Math.PI))
                        .tanh()
                        .add(1))),
    SILU(Tensor::silu),
    MISH(x -> x.mul(x.softplus().tanh())),
    ELU(x -> x.gt(0).where(x, x.minimum(0).exp().sub(1))),
    SELU(
        x ->
            x.gt(0)
                .where(x, x.minimum(0).exp().sub(1).mul(1.6732632423543772))
                .mul(1.0507009873554805)),
    SIGMOID(Tensor::sigmoid),
    HARD_SIGMOID(x -> x.add(3).clamp(0, 6).div(6)),
    HARD_SWISH(x -> x.mul(x.add(3).clamp(0, 6)).div(6)),
    TANH(Tensor::tanh),
    SOFTPLUS(Tensor::softplus);

    private final UnaryOperator<Tensor> body;

    Function(UnaryOperator<Tensor> body) {
      this.body = body;
    }

    public Tensor of(Tensor x) {
      return body.apply(x);
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
