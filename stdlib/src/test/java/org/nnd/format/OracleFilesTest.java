package org.nnd.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference vectors, written by another implementation of the format. */
class OracleFilesTest {
  private static final Path FOLDER =
      Path.of("..", "src", "test", "src", "test", "resources", "oracle");

  static Stream<Map<?, ?>> cases() {
    Map<?, ?> manifest = (Map<?, ?>) Json.read(FOLDER.resolve("manifest.json"));
    return ((List<?>) manifest.get("cases")).stream().map(c -> (Map<?, ?>) c);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void holdsTheTensorsOfTheManifestAndTheirLoss(Map<?, ?> c) {
    Safetensors file = Safetensors.open(FOLDER.resolve((String) c.get("file")));
    Map<?, ?> listed = (Map<?, ?>) c.get("tensors");
    assertEquals(listed.keySet(), java.util.Set.copyOf(file.names()));
    for (String name : file.names()) {
      TensorEntry e = file.entry(name);
      String shape =
          Arrays.stream(e.shape()).mapToObj(Long::toString).collect(Collectors.joining(","));
      assertEquals(listed.get(name), e.type() + "[" + shape + "]", name);
      assertEquals(e.elements(), file.doubles(name).length, name);
    }
    if (file.contains("loss.R") && file.contains("out.y") && file.contains("loss.value")) {
      double[] out = file.doubles("out.y");
      double[] r = file.doubles("loss.R");
      double sum = 0;
      double size = 0;
      for (int i = 0; i < out.length; i++) {
        sum += out[i] * r[i];
        size += Math.abs(out[i] * r[i]);
      }
      double expected = file.doubles("loss.value")[0];
      if (outputs(file) == 1) {
        assertTrue(Math.abs(sum - expected) <= 1e-12 * size, sum + " != " + expected);
      }
    }
  }

  private static long outputs(Safetensors file) {
    return file.names().stream().filter(n -> n.startsWith("out.")).count();
  }
}
