package org.nnd.bench.models;

import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.attention;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.embedding;
import static org.nnd.layers.Layers.layerNorm;
import static org.nnd.layers.Layers.mlp;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.UnaryLayer;

/**
 * A decoder of text (Radford et al. 2019, GPT-2, the head not tied): tokens {@code [N, context]} of
 * i32 to logits {@code [N, context, vocabulary]}.
 */
public record Gpt(int vocabulary, int context, int width, int heads, int depth)
    implements UnaryLayer {
  @Override
  public Tensor lower(Lowering at, Tensor x) {
    Initializer small = Initializer.normal(0, 0.02);
    Tensor tokens = at.call("wte", embedding(vocabulary, width).initializer(small), x);
    Tensor places = at.parameter("wpe", small, context, width);
    Tensor y = tokens.add(places.unsqueeze(0).broadcastTo(tokens.shape()));
    List<Layer> blocks = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      blocks.add(
          sequential(
              residual(layerNorm(), attention(heads).causal()), residual(layerNorm(), mlp(4))));
    }
    Layer rest =
        sequential(
            named("h", sequential(blocks)),
            named("ln_f", layerNorm()),
            named("lm_head", dense(vocabulary).bias(false)));
    return at.call("", rest, y);
  }
}
