package org.nnd.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.data.Messages.assertRefused;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RenamingTest {
  private static List<String> paths(Map<String, String> rules, String... names) {
    return List.copyOf(new Renaming(rules).byPath(List.of(names)).keySet());
  }

  @Test
  void aNameWithoutStarsIsATensorOrALayer() {
    assertEquals(
        List.of("stem.0.weight", "stem.0.bias", "conv10.weight", "scale"),
        paths(
            Map.of("conv1", "stem.0", "gamma", "scale"),
            "conv1.weight",
            "conv1.bias",
            "conv10.weight",
            "gamma"));
  }

  @Test
  void prefixesGoAndCome() {
    assertEquals(
        List.of("0.weight", "moduleX.bias"),
        paths(Map.of("module", ""), "module.0.weight", "moduleX.bias"));
    assertEquals(List.of("net.0.weight", "net.b"), paths(Map.of("", "net"), "0.weight", "b"));
  }

  @Test
  void starsKeepTheirTexts() {
    assertEquals(
        List.of("blocks.0.norm.weight", "blocks.11.norm.bias", "head.ln.bias"),
        paths(
            Map.of("encoder.*.ln.*", "blocks.*.norm.*"),
            "encoder.0.ln.weight",
            "encoder.11.ln.bias",
            "head.ln.bias"));
  }

  @Test
  void theLongestRuleCounts() {
    assertEquals(
        List.of("a.0.weight", "head.weight"),
        paths(
            Map.of("module.*", "a.*", "module.fc", "head"), "module.0.weight", "module.fc.weight"));
  }

  @Test
  void rulesThatCannotBeMeantAreRefused() {
    assertRefused(
        "no tensor fits the name 'modul'; there are, for instance, [module.a]",
        () -> paths(Map.of("modul", ""), "module.a"));
    assertRefused(
        "the names 'a.*.b' and 'a.b' have not the same number of stars",
        () -> paths(Map.of("a.*.b", "a.b"), "a.1.b"));
    assertRefused(
        "the tensors 'a.w' and 'b.w' would both be 'a.w'",
        () -> paths(Map.of("b", "a"), "a.w", "b.w"));
  }
}
