package org.nnd.layers.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.kernels.Fixture.checkGradients;
import static org.nnd.layers.kernels.Fixture.checkOnDevice;
import static org.nnd.layers.kernels.Fixture.close;
import static org.nnd.layers.kernels.Fixture.output;
import static org.nnd.layers.kernels.Fixture.random;
import static org.nnd.layers.kernels.Fixture.run;
import static org.nnd.layers.kernels.Fixture.sameWithGradients;
import static org.nnd.layers.kernels.Fixture.variables;
import static org.nnd.layers.kernels.Kernels.ccnn;
import static org.nnd.layers.kernels.Kernels.flexConv;
import static org.nnd.layers.kernels.Kernels.gaussianConv;
import static org.nnd.layers.kernels.Kernels.hyperZzw;
import static org.nnd.layers.kernels.Kernels.longConv;
import static org.nnd.layers.kernels.Kernels.mgConv;
import static org.nnd.layers.kernels.Kernels.mgNo;
import static org.nnd.layers.kernels.Kernels.tcn;
import static org.nnd.layers.kernels.Kernels.terminator;
import static org.nnd.layers.kernels.LongConvolution.Method.DIRECT;
import static org.nnd.layers.kernels.LongConvolution.Method.FFT;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Mode;
import org.nnd.ir.Literal;
import org.nnd.ir.reference.Evaluation;

/** What the networks of this package promise, in float64, and that the device computes it. */
class KernelNetworksTest {
  private static Map<String, Literal> x(Literal x) {
    return Map.of("x", x);
  }

  // CCNN.

  @Test
  void oneDescriptionIsForSequencesPicturesAndVolumes() {
    Ccnn net = ccnn(3, 1, 4).hidden(4).sigma(0.3);
    for (Literal x : List.of(random(1, 2, 2, 9), random(2, 2, 2, 5, 4), random(3, 1, 2, 3, 4, 3))) {
      Map<String, Literal> variables = variables(net, x(x), 0.01);
      sameWithGradients(net.method(DIRECT), net.method(FFT), x(x), variables);
      assertEquals(
          x.shape()[0] * 3, output(net, x, variables).count(), "scores of " + x.shape().length);
    }
  }

  @Test
  void ccnnHasGradientsThroughMaskAndPenalty() {
    checkGradients(ccnn(2, 1, 2).hidden(3).sigma(0.4).showPenalty(), x(random(1, 2, 2, 6)), 0.01);
  }

  // HyperZZW and Terminator.

  @Test
  void hyperZzwConvolvesEachExampleWithItsOwnKernel() {
    for (Literal z : List.of(random(1, 3, 2, 7), random(2, 2, 2, 5, 6))) {
      HyperZzw layer = hyperZzw().hidden(4);
      Map<String, Literal> variables = variables(layer, x(z), 0.05);
      sameWithGradients(layer.method(DIRECT), layer.method(FFT), x(z), variables);
      checkGradients(layer, x(z), 0.05);
    }
  }

  @Test
  void hyperZzwIsItsFormula() {
    Literal z = random(5, 2, 2, 7);
    HyperZzw layer = hyperZzw().hidden(3).showKernel();
    Map<String, Literal> variables = variables(layer, x(z), 0.1);
    Evaluation got = run(layer, Mode.INFERENCE, x(z), variables);
    double[] hyper = got.outputs().get("kernel").toDoubles();
    for (int line = 0; line < 4; line++) {
      for (int t = 0; t < 7; t++) {
        double sum = 0;
        for (int u = 0; u < 7; u++) {
          int s = t + u - 3;
          double kernel = z.get(line * 7 + u) * hyper[line % 2 * 7 + u];
          sum += s >= 0 && s < 7 ? kernel * z.get(line * 7 + s) : 0;
        }
        assertEquals(sum, got.outputs().get("y").get(line * 7 + t), 1e-12);
      }
    }
  }

  /** Without its bottleneck a block passes nothing on: there is no residual path. */
  @Test
  void terminatorHasNoResidualConnections() {
    Terminator net = terminator(3, 2, 3).hidden(3);
    Literal x = random(1, 2, 2, 5, 5);
    Map<String, Literal> variables = variables(net, x(x), 0.05);
    double[] before = output(net, x, variables).toDoubles();
    assertTrue(Math.abs(before[0] - before[3]) > 1e-9, "two examples differ");
    Literal weight = variables.get("blocks.0.bottleneck.weight");
    variables.put(
        "blocks.0.bottleneck.weight", Literal.of(new double[weight.count()], weight.shape()));
    double[] after = output(net, x, variables).toDoubles();
    for (int i = 0; i < 3; i++) {
      assertEquals(after[i], after[3 + i], 1e-12);
    }
  }

  @Test
  void localErrorsTrainEachBlockAlone() {
    Terminator net = terminator(2, 2, 2).hidden(2).localErrors();
    Literal x = random(1, 2, 1, 6);
    Evaluation got = run(net, Mode.INFERENCE, x(x), variables(net, x(x), 0.05));
    assertEquals(List.of("y", "local.0", "local.1"), List.copyOf(got.outputs().keySet()));
    checkGradients(terminator(2, 1, 2).hidden(3), x(random(1, 2, 2, 5)), 0.05);
  }

  // Multigrid.

  @Test
  void aCycleIsTheDenseOperatorMadeOfItsColumns() {
    for (String boundary : List.of("zeros", "reflect", "replicate", "circular")) {
      MgConv layer = mgConv(2).sweeps(2, 1, 1).boundary(boundary);
      int height = boundary.equals("circular") ? 8 : 9;
      int size = height * 8;
      Literal x = random(1, 1, 1, height, 8);
      Map<String, Literal> variables = variables(layer, x(x), 0);
      double[] units = new double[size * size];
      for (int i = 0; i < size; i++) {
        units[i * size + i] = 1;
      }
      double[] columns =
          output(layer, Literal.of(units, size, 1, height, 8), variables).toDoubles();
      double[] y = output(layer, x, variables).toDoubles();
      for (int row = 0; row < 2 * size; row++) {
        double sum = 0;
        for (int column = 0; column < size; column++) {
          sum += columns[column * 2 * size + row] * x.get(column);
        }
        assertEquals(sum, y[row], 1e-11, boundary);
      }
    }
  }

  @Test
  void aCircularCycleMovesWithItsInput() {
    MgConv layer = mgConv(2).boundary("circular");
    Literal x = random(1, 1, 2, 8, 12);
    Map<String, Literal> variables = variables(layer, x(x), 0);
    close(
        moved(output(layer, x, variables), 4, 8), output(layer, moved(x, 4, 8), variables), 1e-12);
  }

  private static Literal moved(Literal x, int down, int right) {
    int h = x.shape()[2];
    int w = x.shape()[3];
    double[] values = new double[x.count()];
    for (int i = 0; i < values.length; i++) {
      int row = (i / w % h + down) % h;
      values[i / (h * w) * h * w + row * w + (i % w + right) % w] = x.get(i);
    }
    return Literal.of(values, x.shape());
  }

  @Test
  void multigridHasGradients() {
    checkGradients(mgConv(2).boundary("replicate").sweeps(1, 2), x(random(1, 2, 3, 7)), 0.1);
    checkGradients(mgNo(1, 2, 2).boundary("reflect").sweeps(1, 1), x(random(2, 1, 1, 5, 6)), 0.1);
  }

  // Streaming.

  @Test
  void blocksOfAStreamAreTheWholeRecording() {
    Tcn net = tcn(1, 4).width(3).kernel(3).growth(4).stack(3).controls(2);
    Literal x = random(1, 1, 1, 120);
    Map<String, Literal> inputs = new LinkedHashMap<>();
    inputs.put("x", x);
    inputs.put("controls", random(2, 1, 2));
    Map<String, Literal> variables = variables(net, inputs, 0.1);
    double[] whole = run(net, Mode.INFERENCE, inputs, variables).outputs().get("y").toDoubles();
    for (int block : List.of(1, 10, 40)) {
      Map<String, Literal> state = new LinkedHashMap<>(variables);
      Map<String, Literal> part = new LinkedHashMap<>(inputs);
      part.put("x", Literal.of(new double[block], 1, 1, block));
      variables(net.streaming(), part, 0).forEach(state::putIfAbsent);
      assertEquals(variables.size() + 4, state.size(), "a history of each block");
      for (int start = 0; start < 120; start += block) {
        double[] samples = Arrays.copyOfRange(x.toDoubles(), start, start + block);
        part.put("x", Literal.of(samples, 1, 1, block));
        Evaluation got = run(net.streaming(), Mode.INFERENCE, part, state);
        state.putAll(got.updates());
        for (int i = 0; i < block; i++) {
          assertEquals(whole[start + i], got.outputs().get("y").get(i), 1e-12);
        }
      }
    }
  }

  @Test
  void anOutputDependsOnAsManySamplesAsTheFormulaSays() {
    for (Tcn net :
        List.of(
            tcn(1, 3).width(2).kernel(3).growth(3).stack(10),
            tcn(1, 4).width(2).kernel(2).growth(5).stack(2),
            tcn(1, 1).width(2).kernel(7).growth(10).stack(10))) {
      int field = Math.toIntExact(net.receptiveField());
      int length = field + 6;
      double[] zeros = new double[length];
      Literal silence = Literal.of(zeros, 1, 1, length);
      Map<String, Literal> variables = variables(net, x(silence), 0.1);
      double last = output(net, silence, variables).get(length - 1);
      for (int back : List.of(0, field - 1, field)) {
        double[] click = new double[length];
        click[length - 1 - back] = 1;
        double now = output(net, Literal.of(click, 1, 1, length), variables).get(length - 1);
        assertEquals(back < field, Math.abs(now - last) > 1e-12, back + " samples back");
      }
    }
  }

  @Test
  void theFieldOfThePublishedNetworkIsAQuarterOfASecond() {
    // TCN-324-C of the paper: four blocks, kernel 13, growth 10, at 44.1 kHz.
    assertEquals(13333, tcn(1, 4).kernel(13).growth(10).receptiveField());
  }

  @Test
  void severalStreamsAtOnceAreNotANumber() {
    Tcn net = tcn(1, 1).width(2).kernel(2).streaming();
    Literal x = random(1, 2, 1, 3);
    assertTrue(Double.isNaN(output(net, x, variables(net, x(x), 0)).get(0)));
  }

  @Test
  void theTcnHasGradients() {
    Map<String, Literal> inputs = new LinkedHashMap<>();
    inputs.put("x", random(1, 2, 1, 15));
    inputs.put("controls", random(2, 2, 3));
    checkGradients(tcn(2, 2).width(4).kernel(3).growth(2).controls(3), inputs, 0.1);
  }

  // The device.

  private record OnDevice(String name, Layer layer, Literal x) {}

  @TestFactory
  Stream<DynamicTest> theDeviceComputesThem() {
    return Stream.of(
            new OnDevice(
                "flexConv",
                flexConv(2).hidden(4).inputScale(2).sigma(0.4).size(7).showPenalty(),
                random(1, 3, 2, 9, 7)),
            new OnDevice("gaussianConv", gaussianConv(3, 3), random(2, 2, 2, 9, 8)),
            new OnDevice(
                "dynamic gaussianConv",
                gaussianConv(2, 3).dynamic().reach(1),
                random(3, 2, 2, 7, 5)),
            new OnDevice("hyperZzw", hyperZzw().hidden(4).method(FFT), random(4, 3, 2, 7, 5)),
            new OnDevice(
                "hyperZzw tap by tap", hyperZzw().hidden(4).method(DIRECT), random(4, 3, 2, 9)),
            new OnDevice("butterfly", longConv(20).lam(0.01).butterfly(4), random(5, 2, 3, 20)),
            new OnDevice("mgNo", mgNo(2, 1, 3).boundary("circular"), random(6, 2, 1, 8, 8)),
            new OnDevice("tcn", tcn(1, 3).width(3).kernel(3).growth(3), random(7, 2, 1, 31)),
            new OnDevice("ccnn", ccnn(3, 1, 3).hidden(4).sigma(0.3), random(8, 2, 2, 13)))
        .map(c -> DynamicTest.dynamicTest(c.name, () -> checkOnDevice(c.layer, x(c.x), 0.02)));
  }
}
