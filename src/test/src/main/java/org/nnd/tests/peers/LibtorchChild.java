package org.nnd.tests.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnd.format.Json;
import org.nnd.format.Npz;
import org.nnd.ir.Literal;

/**
 * A process that runs traced programs with the libtorch that DJL brings, asked by lines as the
 * harness of Python is: {@code load FOLDER} (with program.pt), {@code run K}, {@code quit}.
 */
final class LibtorchChild implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final ParameterStore parameters = new ParameterStore(manager, false);
  private Model model = Model.newInstance("program", Device.cpu(), "PyTorch");
  private NDManager values = manager.newSubManager();
  private NDList inputs = new NDList();

  private LibtorchChild() {}

  /** Answers until the end of the questions. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // what libraries print is no answer
    try (LibtorchChild child = new LibtorchChild();
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      answers.println("ok");
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        answers.println(child.answer(line));
      }
    }
  }

  private String answer(String question) {
    try {
      String[] words = question.split(" ", 2);
      return switch (words[0]) {
        case "load" -> load(Path.of(words[1]));
        case "run" -> "ok " + run(Integer.parseInt(words[1]));
        default -> "error no such command: " + question;
      };
    } catch (Exception e) {
      return "error " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }

  @SuppressWarnings("unchecked")
  private String load(Path folder) throws Exception {
    model.close();
    values.close();
    values = manager.newSubManager();
    model = Model.newInstance("program", Device.cpu(), "PyTorch");
    model.load(folder, "program");
    var about = (Map<String, Object>) Json.read(folder.resolve("case.json"));
    Map<String, Literal> operands = Npz.read(folder.resolve("operands.npz"));
    inputs = new NDList();
    for (Object name : (List<Object>) about.get("inputs")) {
      inputs.add(array(operands.get((String) name)));
    }
    return "ok";
  }

  private NDArray array(Literal value) {
    Shape shape = new Shape(Arrays.stream(value.shape()).asLongStream().toArray());
    return switch (value.array()) {
      case float[] floats -> values.create(floats, shape);
      case int[] ints -> values.create(ints, shape);
      case long[] longs -> values.create(longs, shape);
      default -> throw new IllegalArgumentException("an input " + value.type());
    };
  }

  private double run(int runs) {
    Block block = model.getBlock();
    long start = System.nanoTime();
    for (int i = 0; i < runs; i++) {
      block.forward(parameters, inputs, false).close();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    model.close();
    manager.close();
  }
}
