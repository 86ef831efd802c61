package org.nnd.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.format.SafetensorsTest.assertMessage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
  @TempDir Path dir;

  @Test
  void valuesComeBackInTheirOrder() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("z", 1L);
    value.put("a", List.of(true, "x\u2028\"<é", -0.5, 1e300, Long.MAX_VALUE / 10));
    value.put("m", Map.of("none", Optional.empty()));
    Path file = dir.resolve("state.json");
    Json.write(file, value);
    Object read = Json.read(file);
    assertEquals(value, read);
    assertEquals(List.of("z", "a", "m"), new ArrayList<>(((Map<?, ?>) read).keySet()));
    assertEquals(value, Json.parse(Json.compact(value), "text"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':1,'a':2}|config: 'a' appears twice",
        "[1,]|config: not valid JSON",
        "{a:1}|config: not valid JSON",
        "[1] 2|config: not valid JSON",
        "[NaN]|config: not valid JSON",
        "[1e999]|config: the number 1e999 at $[1] is too large",
        "[1|config: not valid JSON",
      })
  void whatIsNotJsonIsRefused(String text, String message) {
    assertMessage(message, () -> Json.parse(text.replace('\'', '"'), "config"));
  }

  @Test
  void deepNestingIsRefused() {
    assertMessage("not valid JSON: Nesting limit", () -> Json.parse("[".repeat(100_000), "config"));
  }

  @Test
  void numbersWithoutAFormAreRefusedByPlace() {
    assertMessage(
        "NaN at $.loss[1] has no form in JSON",
        () -> Json.text(Map.of("loss", List.of(1.0, Double.NaN))));
  }
}
