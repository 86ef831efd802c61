package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.layers.linear.LinearAttentions.fastWeights;
import static org.nnd.layers.linear.LinearAttentions.feedforwardAttention;
import static org.nnd.layers.linear.LinearAttentions.globalLambdaLayer;
import static org.nnd.layers.linear.LinearAttentions.kernelizedAttention;
import static org.nnd.layers.linear.LinearAttentions.lambdaLayer;
import static org.nnd.layers.linear.LinearAttentions.linearAttention;
import static org.nnd.layers.linear.LinearAttentions.performer;
import static org.nnd.layers.linear.LinearAttentions.selfReferential;
import static org.nnd.layers.linear.LinearAttentions.softmaxFreeAttention;
import static org.nnd.layers.linear.LinearAttentions.sumFastWeights;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.Layer;
import org.nnd.format.Json;
import org.nnd.layers.linear.FeatureMap;

/** Layers of linear attention as text, in model files. */
class LinearDescriptionsTest {
  @Test
  void everyLayerComesBackEqual() {
    for (Layer layer :
        List.of(
            linearAttention(2).causal().chunk(7).streaming().eps(1e-3).bias(false),
            performer(2, 16).features(FeatureMap.favor(16).temperature(0.3).stabilize()),
            linearAttention(2).features(FeatureMap.fourier(8).smoothing(0.5).orthogonal(true)),
            linearAttention(2).features(FeatureMap.fastFood(3)),
            feedforwardAttention(2, 8).features(FeatureMap.feedforward(8).hidden(3, 4)),
            kernelizedAttention(2, 3, 4),
            fastWeights(2).features(FeatureMap.dpfp(3)).normalizedKeys().preNorm(true),
            sumFastWeights(2).sumNorm(true).dropout(0.1),
            selfReferential(2).inputSoftmax(true).streaming(),
            softmaxFreeAttention(2, 6, 3).conv(5).normalized(),
            lambdaLayer(4, 5).heads(2).out(8),
            globalLambdaLayer(4, 6).intraDepth(2))) {
      String text = Json.text(Descriptions.toJson(layer));
      Layer back = Descriptions.fromJson(Json.parse(text, "test"));
      assertEquals(layer, back);
      assertEquals(layer.toString(), back.toString());
    }
  }
}
