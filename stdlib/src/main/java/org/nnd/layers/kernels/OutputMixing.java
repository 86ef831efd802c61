package org.nnd.layers.kernels;

import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.layers.Activation;

/**
 * What follows the convolution in SGConv and LongConv, as in the S4 code they come from:
 * activation, dropout, a linear layer over channels, another activation. Variables: {@code
 * output_linear.weight [out, C]} and {@code bias}, under {@code output_linear.0} where an
 * activation follows.
 *
 * @param activation after the convolution
 * @param postact after the linear layer; "none" for nothing, "id" for a linear layer without one
 * @param weightNorm whether the weight is {@code weight_g v / |v|} with {@code v = weight_v}
 */
record OutputMixing(
    String activation, String postact, double dropout, boolean tied, boolean weightNorm) {
  static final String NONE = "none";
  private static final List<String> FUNCTIONS =
      List.of(
          NONE,
          "id",
          "identity",
          "linear",
          "tanh",
          "relu",
          "gelu",
          "swish",
          "silu",
          "sigmoid",
          "softplus",
          "sqrelu");

  OutputMixing checked(String layer) {
    Check.name(layer, "activation", activation, FUNCTIONS);
    if (!postact.equals("glu")) {
      Check.name(layer, "postact", postact, FUNCTIONS);
    }
    Check.fraction(layer, "dropout", dropout);
    return this;
  }

  /** {@return the activation and dropout of {@code [N, C, L]}} */
  Tensor activated(Lowering at, Tensor x) {
    Tensor y = function(activation, x);
    if (dropout == 0 || !at.training()) {
      return y;
    }
    Tensor draws =
        at.uniform(tied ? y.shape().with(2, org.nnd.ir.Dim.ONE) : y.shape()).cast(y.dtype());
    return y.mul(draws.ge(dropout).cast(y.dtype())).mul(1 / (1 - dropout));
  }

  /** {@return the linear layer of {@code [N, C, L]} to {@code [N, out, L]}, and what follows it} */
  Tensor mixed(Lowering at, Tensor x, int out) {
    boolean gated = postact.equals("glu");
    String name = postact.equals(NONE) ? "output_linear." : "output_linear.0.";
    int features = gated ? 2 * out : out;
    Tensor weight = weight(at, name, features, x.size(1));
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5), x.size(1));
    Tensor bias = at.parameter(name + "bias", start, features).unsqueeze(-1);
    Tensor y = Inputs.pointwise(weight, x).add(bias);
    return gated
        ? y.slice(1, 0, out).mul(y.slice(1, out, 2L * out).sigmoid())
        : function(postact, y);
  }

  private Tensor weight(Lowering at, String name, int out, int in) {
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5));
    if (!weightNorm) {
      return at.parameter(name + "weight", start, out, in);
    }
    Tensor g = at.parameter(name + "weight_g", Initializer.constant(1 / Math.sqrt(3)), out, 1);
    Tensor v = at.parameter(name + "weight_v", start, out, in);
    return v.mul(g.div(v.square().keepDims(Tensor::sum, 1).sqrt()));
  }

  private static Tensor function(String name, Tensor x) {
    return switch (name) {
      case NONE, "id", "identity", "linear" -> x;
      case "swish", "silu" -> x.silu();
      case "sqrelu" -> x.relu().square();
      default -> Activation.Function.named(name).of(x);
    };
  }
}
