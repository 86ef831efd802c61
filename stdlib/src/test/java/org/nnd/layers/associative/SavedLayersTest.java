package org.nnd.layers.associative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.associative.Associative.binaryNoise;
import static org.nnd.layers.associative.Associative.concept;
import static org.nnd.layers.associative.Associative.conceptSubspaces;
import static org.nnd.layers.associative.Associative.denseAssociative;
import static org.nnd.layers.associative.Associative.hebbianPlasticity;
import static org.nnd.layers.associative.Associative.monotoneBoltzmann;
import static org.nnd.layers.associative.Associative.nearestLabels;
import static org.nnd.layers.associative.Associative.prototypes;
import static org.nnd.layers.associative.Associative.recurrentHebbian;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.model.Model;
import org.nnd.model.Models;

class SavedLayersTest {
  @TempDir Path folder;

  @Test
  void descriptionsComeBackFromFiles() {
    List<Layer> layers =
        List.of(
            monotoneBoltzmann(3, 2).rank(2).margin(0.2).tolerance(1e-5).steps(9),
            sequential(dense(4), nearestLabels(5, 3).weights(VoteWeights.softmax(0.1))),
            nearestLabels(5, 3).neighbours(2).weights(VoteWeights.plurality()),
            prototypes(3),
            conceptSubspaces(concept("a", 2), concept("b", 3)).parallel("a", "b", 0.5),
            sequential(binaryNoise(0.1, 0.2), recurrentHebbian(3).consolidation(4).steps(2)),
            denseAssociative(3, Interaction.rectified(3)).steps(2).asynchronous(),
            denseAssociative(3, Interaction.exponential()));
    for (Layer layer : layers) {
      assertSaved(layer, InputSpec.of(6));
    }
    assertSaved(hebbianPlasticity(2), InputSpec.of(3, 4));
  }

  private void assertSaved(Layer layer, InputSpec input) {
    Path file = folder.resolve("model.safetensors");
    Model model = Models.model(layer, input);
    model.save(file);
    Model loaded = Models.load(file);
    assertEquals(layer, loaded.network());
    assertEquals(layer.toString(), loaded.network().toString());
    assertEquals(Map.copyOf(model.weights()), Map.copyOf(loaded.weights()));
  }
}
