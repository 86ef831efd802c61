package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.data.Messages.assertRefused;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathPatternTest {
  private static final List<String> PATHS =
      List.of("stem.0.weight", "stem.0.bias", "stem2.weight", "head.weight");

  @Test
  void aStarStandsForAnyText() {
    assertEquals(List.of("stem.0.weight", "stem.0.bias"), new PathPattern("stem.*").among(PATHS));
    assertEquals(List.of("stem.0.bias"), new PathPattern("*.bias").among(PATHS));
    assertEquals(List.of("stem.0.weight"), new PathPattern("st*.0.w*t").among(PATHS));
    assertEquals(PATHS, new PathPattern("*").among(PATHS));
  }

  @Test
  void aPathMeansTheVariableOrTheLayer() {
    assertEquals(List.of("stem.0.weight", "stem.0.bias"), new PathPattern("stem").among(PATHS));
    assertTrue(new PathPattern("head.weight").matches("head.weight"));
    assertFalse(new PathPattern("head.weight").matches("head.weights"));
    assertFalse(new PathPattern("head.wei.*").matches("head.weight"));
  }

  @Test
  void whatFitsNothingIsRefused() {
    assertRefused(
        "no variable fits 'steam.*'; there are, for instance, [stem.0.weight",
        () -> new PathPattern("steam.*").among(PATHS));
    assertRefused("pattern is empty", () -> new PathPattern(" "));
  }
}
