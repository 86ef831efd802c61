package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.parallel;
import static org.nnd.dsl.Combinators.residual;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.conv;
import static org.nnd.layers.Layers.conv1d;
import static org.nnd.layers.Layers.convNeXtBlock;
import static org.nnd.layers.Layers.convTranspose;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.depthwise;
import static org.nnd.layers.Layers.globalAvgPool;
import static org.nnd.layers.Layers.maxPool;
import static org.nnd.layers.Layers.relu;
import static org.nnd.layers.Layers.repLKBlock;
import static org.nnd.layers.Layers.squeezeExcite;
import static org.nnd.model.ReceptiveFields.effectiveReceptiveField;
import static org.nnd.model.ReceptiveFields.receptiveField;
import static org.nnd.model.ReceptiveFields.receptiveFields;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Tensor;
import org.nnd.ir.NndException;

class ReceptiveFieldTest {
  private static final InputSpec PICTURE = InputSpec.of(2, 32, 40);

  static Stream<Arguments> known() {
    return Stream.of(
        Arguments.of(sequential(conv(3).kernel(3), relu(), conv(3).kernel(5, 3)), List.of(7L, 5L)),
        // Sizes add up times the strides before them: 3 + 2 (5 - 1) + 4 (3 - 1).
        Arguments.of(
            sequential(conv(2).stride(2), conv(2).kernel(5).stride(2), conv(2)), List.of(19L, 19L)),
        Arguments.of(sequential(maxPool(2), depthwise(3).dilation(3)), List.of(14L, 14L)),
        Arguments.of(parallel(depthwise(3), depthwise(9), depthwise(1)), List.of(9L, 9L)),
        Arguments.of(residual(sequential(conv(2), conv(2))), List.of(5L, 5L)),
        Arguments.of(repLKBlock(13), List.of(13L, 13L)),
        // Norms over channels and permutations keep positions apart.
        Arguments.of(sequential(convNeXtBlock(), convNeXtBlock()), List.of(13L, 13L)),
        // Each result of a transposed convolution of stride and kernel 2 has one source.
        Arguments.of(sequential(conv(2).stride(2), convTranspose(2)), List.of(3L, 3L)));
  }

  @ParameterizedTest
  @MethodSource("known")
  void theoreticalFieldFollowsFromTheWindows(Layer layer, List<Long> sizes) {
    Model m = Models.model(sequential(layer, globalAvgPool(), dense(3)), PICTURE);
    ReceptiveField field = receptiveField(m);
    assertEquals(sizes, field.sizes());
    assertFalse(field.global());
  }

  @Test
  void layersAndSequencesHaveFieldsOfTheirOwn() {
    Model m =
        Models.model(
            sequential(named("a", conv1d(4).kernel(5)), named("b", conv1d(4).dilation(4))),
            InputSpec.of(1, 50));
    assertEquals(5, receptiveField(m, "a").size());
    assertEquals(13, receptiveField(m, "b").size());
    assertEquals(
        List.of("a 5", "b 13"), receptiveFields(m).stream().map(f -> f.path() + " " + f).toList());
  }

  @Test
  void averagesOverAllPositionsAreTold() {
    Model m = Models.model(sequential(depthwise(3), squeezeExcite().reduction(2)), PICTURE);
    ReceptiveField field = receptiveField(m);
    assertEquals("3 x 3 and all", field.toString());
    assertTrue(field.global());
  }

  /** What has no gradient is outside, and the whole of the theoretical field has one. */
  @Test
  void effectiveFieldLiesWithinTheTheoreticalOne(@TempDir Path folder) throws Exception {
    Model m = Models.model(sequential(conv(4).kernel(5), relu(), conv(2)), InputSpec.of(2, 15, 13));
    EffectiveReceptiveField heat = effectiveReceptiveField(m);
    assertEquals(List.of(7L, 7L), receptiveField(m).sizes());
    for (int row = 0; row < 15; row++) {
      for (int column = 0; column < 13; column++) {
        boolean inside = Math.abs(row - 7) <= 3 && Math.abs(column - 6) <= 3;
        assertEquals(inside, heat.at(row, column) > 0, row + ", " + column);
      }
    }
    assertEquals(7, heat.side(1));
    assertTrue(heat.side(0.5) < 7);
    heat.save(folder.resolve("heat.png"));
    assertEquals(13 * 18, ImageIO.read(folder.resolve("heat.png").toFile()).getWidth());
  }

  @Test
  void wrongQuestionsAreAnswered() {
    Model m = Models.model(sequential(named("a", conv(2)), globalAvgPool()), PICTURE);
    message("there is no layer 'b'; the layers are a, 1", () -> receptiveField(m, "b"));
    message("the layer '1' has no result with positions", () -> receptiveField(m, "1"));
    message(
        "the inputs for the receptive field have the shape [1, 2, 3, 3], the model takes",
        () -> effectiveReceptiveField(m, Tensor.zeros(1, 2, 3, 3)));
    Model table = Models.model(dense(2), InputSpec.of(5));
    message("a receptive field needs one input [N, C, L]", () -> receptiveField(table));
    message("a share must be above 0", () -> effectiveReceptiveField(m).side(0));
  }

  private static void message(String start, Runnable question) {
    String text = assertThrows(NndException.class, question::run).getMessage();
    assertTrue(text.startsWith(start), text);
  }
}
