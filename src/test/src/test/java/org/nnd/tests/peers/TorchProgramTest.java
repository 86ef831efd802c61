package org.nnd.tests.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnd.format.Npz;
import org.nnd.ir.DType;
import org.nnd.ir.Graph;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.ir.reference.Evaluation;
import org.nnd.ir.testing.RandomGraph;
import org.nnd.ir.testing.RandomGraphs;

/** What PyTorch computes of a written program is what the reference evaluator computes. */
class TorchProgramTest {
  private static final long SEED = Long.getLong("nnd.seed", 1);
  private static final int COUNT = Integer.getInteger("nnd.count", 100);
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  /** Of every operation but those on bits, which PyTorch does in other types. */
  @Test
  void randomGraphs() throws Exception {
    RandomGraph.Options options =
        RandomGraph.Options.everything()
            .without(
                Set.of(Op.Bitcast.class, Op.RandomBits.class, Op.Fft.class, Op.Custom.class))
            .withDTypes(DType.F32, DType.I32, DType.BOOL);
    RandomGraph.Options transforms =
        RandomGraph.Options.everything()
            .only(Set.of(Op.Fft.class, Op.Unary.class))
            .withDTypes(DType.F32);
    List<String> failures = new ArrayList<>();
    try (Child torch = torch()) {
      for (long seed = SEED; seed < SEED + COUNT; seed++) {
        RandomGraph random = RandomGraphs.sample(seed, seed % 10 == 0 ? transforms : options);
        if (!hasEmpty(random)) {
          check(torch, random).ifPresent(failures::add);
        }
      }
    }
    if (!failures.isEmpty()) {
      fail(failures.size() + " of " + COUNT + " differ:\n" + String.join("\n", failures));
    }
  }

  /** PyTorch refuses to reduce or to sort nothing here and there. */
  private static boolean hasEmpty(RandomGraph random) {
    return random.graph().nodes().stream()
        .flatMap(node -> node.types().stream())
        .anyMatch(type -> type.shape().count().at(random.batch()) == 0);
  }

  private Optional<String> check(Child torch, RandomGraph random) throws Exception {
    Path files = Files.createDirectories(folder.resolve("seed" + random.seed()));
    TorchProgram program;
    try {
      program = TorchProgram.of(random.graph(), random.batch(), false);
    } catch (NndException e) {
      return Optional.of("seed " + random.seed() + ": " + e.getMessage());
    }
    Map<String, Literal> operands = new LinkedHashMap<>(random.inputs());
    operands.putAll(random.parameters());
    TorchCase.write(program, operands, TorchCase.forward(program), files);
    Path results = files.resolve("results.npz");
    try {
      torch.ask("load " + files);
      torch.ask("results " + results);
    } catch (NndException e) {
      return Optional.of("seed " + random.seed() + ": " + e.getMessage());
    }
    Map<String, Literal> actual = Npz.read(results);
    Evaluation expected = random.evaluate();
    Map<String, Literal> wanted = new LinkedHashMap<>(expected.outputs());
    expected.updates().forEach((path, value) -> wanted.put(path + ".next", value));
    for (Map.Entry<String, Literal> result : wanted.entrySet()) {
      Literal found = actual.get(result.getKey());
      Optional<String> problem = problem(result.getValue(), found);
      if (problem.isPresent()) {
        return Optional.of(
            "seed %d, %s: %s".formatted(random.seed(), result.getKey(), problem.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> problem(Literal expected, Literal found) {
    if (found == null || !expected.type().shape().equals(found.type().shape())) {
      return Optional.of("expected " + expected.type() + ", got " + found);
    }
    double scale = 1;
    for (int i = 0; i < expected.count(); i++) {
      double e = Math.abs(expected.get(i));
      scale = Math.max(scale, Double.isFinite(e) ? e : 0);
    }
    for (int i = 0; i < expected.count(); i++) {
      double e = expected.get(i);
      double a = found.get(i);
      boolean same =
          Double.isFinite(e) ? Math.abs(e - a) <= TOLERANCE * scale : Double.compare(e, a) == 0;
      if (!same) {
        return Optional.of("element %d is %s, expected %s".formatted(i, a, e));
      }
    }
    return Optional.empty();
  }

  /** A dense layer, a convolution and a norm are one call each, as anybody would write them. */
  @Test
  void whatPyTorchHasIsOneCall() {
    Node x = Operations.input("x", TensorType.f32(Shape.of(2, 3, 8, 8)));
    Node k = Operations.parameter("k", TensorType.f32(Shape.of(5, 3, 3, 3)));
    Node b = Operations.parameter("b", TensorType.f32(Shape.of(5)));
    Node y =
        Operations.convolution(
            x,
            k,
            org.nnd.ir.Window.of(List.of(3, 3)).padding(List.of(1, 1), List.of(1, 1)),
            org.nnd.ir.Dim.ONE,
            org.nnd.ir.Dim.ONE);
    Node sum = Operations.add(y, Operations.broadcast(b, y.shape(), List.of(1)));
    Node gelu = org.nnd.ir.composite.Activations.gelu(sum);
    String source =
        TorchProgram.of(Graph.of(List.of(), Map.of("y", gelu)), 1, true)
            .source()
            .split("class Net")[1];
    assertEquals(1, source.split("F\\.conv2d", -1).length - 1, source);
    assertTrue(source.contains("F.gelu("), source);
    assertEquals(-1, source.indexOf('+'), source);
  }

  @Test
  void aCaseThatCannotBeWrittenIsNamed() {
    Node seed = Operations.input("seed", TensorType.scalar(DType.I32));
    Node bits = Operations.randomBits(seed, seed, Shape.of(4), 1, 0);
    Graph graph = Graph.of(List.of(), Map.of("y", bits));
    NndException e =
        org.junit.jupiter.api.Assertions.assertThrows(
            NndException.class, () -> TorchProgram.of(graph, 1, true));
    assertTrue(e.getMessage().endsWith("PyTorch has other random numbers"), e::getMessage);
  }

  /** What the harness cannot load is an answer; a process that has died is started again. */
  @Test
  void failuresAreAnswersAndTheNextQuestionIsAsked() throws Exception {
    try (Child torch = torch()) {
      NndException missing =
          org.junit.jupiter.api.Assertions.assertThrows(
              NndException.class, () -> torch.ask("load " + folder.resolve("nothing")));
      assertTrue(missing.getMessage().startsWith("FileNotFoundError: "), missing::getMessage);
      NndException ended =
          org.junit.jupiter.api.Assertions.assertThrows(
              NndException.class, () -> torch.ask("quit"));
      assertTrue(ended.getMessage().startsWith("its process has ended"), ended::getMessage);
      NndException again =
          org.junit.jupiter.api.Assertions.assertThrows(
              NndException.class, () -> torch.ask("paint"));
      assertEquals("ValueError: no such command: paint", again.getMessage());
    }
  }

  private Child torch() {
    Optional<String> python = PyTorch.python();
    if (python.isEmpty()) {
      System.out.println("PyTorch is skipped: Debian's python3-torch is not installed");
    }
    Assumptions.assumeTrue(python.isPresent());
    Path harness = folder.resolve("harness.py");
    Folders.write(harness, TorchProgram.resource("harness.py"));
    return new Child(List.of(python.get(), harness.toString(), "1"), folder.resolve("errors.txt"));
  }
}
