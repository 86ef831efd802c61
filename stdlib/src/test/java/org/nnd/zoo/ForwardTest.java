package org.nnd.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;
import org.nnd.model.Examples;
import org.nnd.model.Model;
import org.nnd.model.Models;

/**
 * The smallest published network of each family, whole, on small pictures on the device: finite
 * scores, and the same ones when merged.
 */
class ForwardTest {
  static Stream<Arguments> smallest() {
    return Stream.of(
        Arguments.of(Zoo.inceptionNeXt("atto", 10), 64),
        Arguments.of(Zoo.convNeXtV2("atto", 10), 64),
        Arguments.of(Zoo.uniRepLKNet("a", 10), 64),
        Arguments.of(Zoo.lsNet("t", 10), 64),
        Arguments.of(Zoo.lskNet("t").classes(10), 64),
        Arguments.of(Zoo.skNet("18", 10), 64),
        Arguments.of(Zoo.convMixer(256, 16, 10).patch(2).shared(true), 32),
        Arguments.of(Zoo.slak("t", 10), 32));
  }

  @ParameterizedTest
  @MethodSource("smallest")
  void mergedEqualsUnmerged(Layer network, int side) {
    Model m = Models.model(network, InputSpec.of(3, side, side));
    Literal x = Examples.normal(5, 2, 3, side, side);
    Literal expected = scores(m, x);
    for (int i = 0; i < expected.count(); i++) {
      assertTrue(Double.isFinite(expected.get(i)), "score " + i);
    }
    Literal merged = scores(Models.merge(m), x);
    assertEquals(0, Examples.distance(expected, merged), 1e-4);
  }

  private static Literal scores(Model m, Literal x) {
    return m.predict(Map.of("x", x)).values().iterator().next();
  }
}
