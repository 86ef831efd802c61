package org.nnd.layers.nested;

import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;
import org.nnd.layers.Expect;

/**
 * The projection head of self-distillation (Caron et al. 2021, "DINO", appendix C): three dense
 * layers with GELU between them, the result {@code [N, …, bottleneck]} scaled to length 1, and its
 * cosines with the prototypes: {@code [N, …, D]} to {@code [N, …, prototypes]}. Variables as in the
 * official head: {@code mlp.0}, {@code mlp.2}, {@code mlp.4} with {@code weight} and {@code bias},
 * and {@code last_layer.weight_v [prototypes, bottleneck]}, whose rows are scaled to length 1.
 */
public record ProjectionHead(int hidden, int bottleneck, int prototypes, Site site)
    implements UnaryLayer {
  private static final Initializer SMALL = Initializer.truncatedNormal(0.02);

  public ProjectionHead {
    Check.positive("projectionHead", "the hidden width", hidden);
    Check.positive("projectionHead", "the bottleneck", bottleneck);
    Check.positive("projectionHead", "the number of prototypes", prototypes);
  }

  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Expect.rankAtLeast(at, "projectionHead", x, 2, "[N, …, features]");
    Expect.floats(at, "projectionHead", x);
    int features = Expect.fixed(at, "projectionHead", x, -1, "features");
    Tensor h = dense(at, "mlp.0", x, hidden, features).gelu();
    h = dense(at, "mlp.2", h, hidden, hidden).gelu();
    h = Prefixes.unit(dense(at, "mlp.4", h, bottleneck, hidden));
    Initializer standard = Initializer.kaimingUniform(Math.sqrt(5));
    Tensor v = at.parameter("last_layer.weight_v", standard, prototypes, bottleneck);
    return h.matmul(Prefixes.unit(v).transpose());
  }

  private static Tensor dense(Lowering at, String name, Tensor x, int out, int in) {
    Tensor weight = at.parameter(name + ".weight", SMALL, out, in);
    return x.matmul(weight.transpose()).add(at.parameter(name + ".bias", Initializer.zeros(), out));
  }

  @Override
  public String toString() {
    return "projectionHead(%d, %d, %d)".formatted(hidden, bottleneck, prototypes);
  }
}
