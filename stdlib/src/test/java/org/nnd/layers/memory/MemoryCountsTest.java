package org.nnd.layers.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nnd.layers.memory.Memories.memoryPlus;
import static org.nnd.layers.memory.Memories.productKeyMemory;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lower;
import org.nnd.dsl.Mode;

/** Parameters of the published sizes, counted without making any. */
class MemoryCountsTest {
  private static Map<String, Long> counts(Layer layer, long features) {
    return Lower.lower(layer, List.of(InputSpec.of(features)), Mode.INFERENCE).variables().stream()
        .collect(
            Collectors.toMap(
                v -> v.path().split("\\.")[0], v -> v.type().shape().count().at(1), Long::sum));
  }

  @Test
  void ofTheProductKeyMemoryAsPublished() {
    assertEquals(
        Map.of("values", 268_435_456L, "keys", 524_288L, "query_proj", 1_049_600L),
        counts(productKeyMemory(1024), 1024));
  }

  @Test
  void ofMemoryPlusAsPublished() {
    Map<String, Long> counts = counts(memoryPlus(2048), 2048);
    assertEquals(2_147_483_648L, counts.get("values"));
    assertEquals(2_097_152L, counts.get("keys"));
  }
}
