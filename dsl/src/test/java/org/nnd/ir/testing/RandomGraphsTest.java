package org.nnd.ir.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nnd.ir.Literal;
import org.nnd.ir.Node;
import org.nnd.ir.Op;

class RandomGraphsTest {
  @Test
  void everyOperationOccurs() {
    Set<Class<?>> seen = new HashSet<>();
    for (long seed = 0; seed < 400; seed++) {
      for (Node node :
          RandomGraphs.sample(seed, RandomGraph.Options.everything()).graph().nodes()) {
        seen.add(node.op().getClass());
      }
    }
    assertEquals(Set.of(Op.class.getPermittedSubclasses()), seen);
  }

  @Test
  void graphsEvaluateToFiniteValuesWithinTheirBounds() {
    for (long seed = 0; seed < 400; seed++) {
      RandomGraph sample = RandomGraphs.sample(seed, RandomGraph.Options.everything());
      for (Map.Entry<String, Literal> output : sample.evaluate().outputs().entrySet()) {
        for (double value : output.getValue().toDoubles()) {
          assertTrue(Double.isFinite(value), () -> "seed " + sample.seed() + sample.graph());
          if (output.getValue().dtype().isFloat()) {
            assertTrue(Math.abs(value) <= 1.001 * sample.bounds().get(output.getKey()));
          }
        }
      }
    }
  }

  @Test
  void integerValuedGraphsHaveSmallIntegersEverywhere() {
    for (long seed = 0; seed < 400; seed++) {
      RandomGraph sample =
          RandomGraphs.sample(seed, RandomGraph.Options.everything().withIntegers());
      for (Literal output : sample.evaluate().outputs().values()) {
        for (double value : output.toDoubles()) {
          assertEquals(Math.rint(value), value, () -> "seed " + sample.seed());
          assertTrue(!output.dtype().isFloat() || Math.abs(value) <= 1 << 20);
        }
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameGraph() {
    for (long seed = 0; seed < 50; seed++) {
      RandomGraph one = RandomGraphs.sample(seed, RandomGraph.Options.everything());
      RandomGraph two = RandomGraphs.sample(seed, RandomGraph.Options.everything());
      assertEquals(one, two);
    }
  }
}
