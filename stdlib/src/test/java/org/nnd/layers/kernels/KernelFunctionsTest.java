package org.nnd.layers.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.layers.kernels.Fixture.checkGradients;
import static org.nnd.layers.kernels.Fixture.close;
import static org.nnd.layers.kernels.Fixture.lower;
import static org.nnd.layers.kernels.Fixture.output;
import static org.nnd.layers.kernels.Fixture.random;
import static org.nnd.layers.kernels.Fixture.run;
import static org.nnd.layers.kernels.Fixture.sameWithGradients;
import static org.nnd.layers.kernels.Fixture.variables;
import static org.nnd.layers.kernels.Kernels.ckConv;
import static org.nnd.layers.kernels.Kernels.dclsTo;
import static org.nnd.layers.kernels.Kernels.flexConv;
import static org.nnd.layers.kernels.Kernels.gaussianConv;
import static org.nnd.layers.kernels.Kernels.longConv;
import static org.nnd.layers.kernels.Kernels.sgConv;
import static org.nnd.layers.kernels.Kernels.smpConv;
import static org.nnd.layers.kernels.LongConvolution.Method.DIRECT;
import static org.nnd.layers.kernels.LongConvolution.Method.FFT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnd.dsl.InputSpec;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowered;
import org.nnd.dsl.Mode;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;
import org.nnd.layers.Layers;

/** What the layers with kernels that are functions promise, in float64. */
class KernelFunctionsTest {
  private static Map<String, Literal> x(Literal x) {
    return Map.of("x", x);
  }

  private static void bothWaysAgree(KernelLayer layer, Literal x) {
    Map<String, Literal> variables = variables(layer, x(x), 0.05);
    sameWithGradients(layer.method(DIRECT), layer.method(FFT), x(x), variables);
  }

  // CKConv.

  @Test
  void ckConvByTransformsIsCkConvTapByTap() {
    bothWaysAgree(ckConv(2).hidden(5).omega(4), random(1, 2, 3, 19));
  }

  @Test
  void ckConvHasTheGradientOfItsNetwork() {
    checkGradients(ckConv(2).hidden(4).omega(3), x(random(1, 2, 2, 11)), 0.05);
    checkGradients(
        ckConv(1).hidden(4).activation("Swish").norm("LayerNorm"), x(random(2, 1, 2, 7)), 0.1);
  }

  /** The same signal with twice the samples gives the same outputs at the same times, nearly. */
  @Test
  void twiceTheSamplingRateTracksTheOutputs() {
    int length = 64;
    CkConv layer = ckConv(2).hidden(8).omega(3).trainLength(length);
    Literal coarse = wave(length, 1);
    Map<String, Literal> variables = variables(layer, x(coarse), 0);
    double[] y = output(layer, coarse, variables).toDoubles();
    double[] fine = output(layer, wave(2 * length, 2), variables).toDoubles();
    double difference = 0;
    double size = 0;
    for (int i = 0; i < y.length; i++) {
      difference += Math.pow(y[i] - fine[2 * i], 2);
      size += y[i] * y[i];
    }
    assertTrue(size > 1, "the outputs are not nothing");
    assertTrue(Math.sqrt(difference / size) < 0.1, "apart by " + Math.sqrt(difference / size));
  }

  private static Literal wave(int length, int rate) {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      double t = (double) i / rate;
      values[i] = Math.sin(0.2 * t) + 0.5 * Math.cos(0.07 * t);
    }
    return Literal.of(values, 1, 1, length);
  }

  @Test
  void irregularSamplingAtRegularTimesIsRegularSampling() {
    Literal x = random(4, 2, 2, 9);
    CkConv layer = ckConv(3).hidden(5).omega(2);
    Map<String, Literal> variables = variables(layer, x(x), 0.1);
    Map<String, Literal> inputs = new LinkedHashMap<>(x(x));
    double[] times = new double[18];
    for (int i = 0; i < 18; i++) {
      times[i] = 5 + 0.5 * (i % 9);
    }
    inputs.put("times", Literal.of(times, 2, 9));
    Literal got = run(layer.irregular(4), Mode.INFERENCE, inputs, variables).outputs().get("y");
    close(output(layer, x, variables), got, 1e-9);
    inputs.put("times", random(1, 2, 9));
    checkGradients(lower(layer.irregular(4), Mode.INFERENCE, inputs), inputs, variables);
  }

  // SMPConv.

  @Test
  void theKernelOfSmpConvIsItsFormula() {
    int k = 5;
    int points = 7;
    for (boolean average : List.of(false, true)) {
      KernelLayer layer = smpConv(k).points(points).average(average).showKernel();
      Literal x = random(1, 1, 2, 6, 6);
      Map<String, Literal> variables = variables(layer, x(x), 0.3);
      Literal kernel = run(layer, Mode.INFERENCE, x(x), variables).outputs().get("kernel");
      double[] place = variables.get("weight_coord").toDoubles();
      double[] radius = variables.get("radius").toDoubles();
      double[] weights = variables.get("weights").toDoubles();
      double[] grid = variables.get("kernel_coord").toDoubles();
      for (int c = 0; c < 2; c++) {
        for (int a = 0; a < k; a++) {
          for (int b = 0; b < k; b++) {
            double sum = 0;
            int near = 0;
            for (int i = 0; i < points; i++) {
              double distance =
                  Math.abs(place[2 * i] - grid[a * k + b])
                      + Math.abs(place[2 * i + 1] - grid[k * k + a * k + b]);
              double tent = Math.max(0, 1 - distance / radius[i]);
              near += tent > 0 ? 1 : 0;
              sum += tent * weights[c * points + i];
            }
            double expected = average ? sum / Math.max(1, near) : sum;
            // The official kernel is turned: row b from the end, column a.
            assertEquals(expected, kernel.get(c * k * k + (k - 1 - b) * k + a), 1e-12);
          }
        }
      }
    }
  }

  @Test
  void smpConvHasGradientsInPlacesRadiiAndWeights() {
    checkGradients(smpConv(5).points(6), x(random(1, 2, 3, 7, 5)), 0.2);
    bothWaysAgree(smpConv(7).points(9), random(2, 1, 2, 9, 8));
  }

  // Learnable spacings.

  @Test
  void weightsAtWholePlacesAreADilatedConvolution() {
    Literal x = random(1, 2, 4, 12, 11);
    for (String version : List.of("v0", "v1")) {
      Dcls layer = dclsTo(6, 9, 5, 5).version(version).groups(2);
      Map<String, Literal> variables = variables(layer, x(x), 0);
      double[] places = new double[2 * 6 * 2 * 9];
      for (int filter = 0; filter < 12; filter++) {
        for (int tap = 0; tap < 9; tap++) {
          double row = 2 * (tap / 3) - 2;
          double column = 2 * (tap % 3) - 2;
          boolean rowFirst = version.equals("v0");
          places[filter * 9 + tap] = rowFirst ? row : column;
          places[108 + filter * 9 + tap] = rowFirst ? column : row;
        }
      }
      variables.put("P", Literal.of(places, 2, 6, 2, 9));
      Layer plain = Layers.conv(6).kernel(3).dilation(2).padding(2).groups(2);
      Map<String, Literal> same = new LinkedHashMap<>(variables);
      same.put("weight", Literal.of(variables.get("weight").toDoubles(), 6, 2, 3, 3));
      close(output(plain, x, same), output(layer, x, variables), 1e-6);
    }
  }

  @Test
  void placesAndWidthsHaveGradients() {
    for (String version : List.of("v0", "v1", "max", "gauss")) {
      checkGradients(dclsTo(4, 3, 5, 7).version(version).groups(2), x(random(3, 1, 4, 6, 8)), 0.21);
    }
    checkGradients(dclsTo(2, 3, 6).stride(2), x(random(4, 2, 3, 11)), 0.17);
    checkGradients(dclsTo(2, 4, 3, 3, 5).version("v1"), x(random(5, 1, 2, 4, 3, 5)), 0.17);
    bothWaysAgree(dclsTo(3, 4, 7, 5), random(6, 2, 2, 8, 9));
  }

  // SGConv and LongConv.

  @Test
  void sgConvByTransformsIsSgConvTapByTap() {
    bothWaysAgree(sgConv(32).kernelDim(4), random(1, 2, 3, 29));
    bothWaysAgree(sgConv(16).kernelDim(4).channels(2).bidirectional(true), random(1, 2, 3, 13));
  }

  @Test
  void sgConvHasGradients() {
    for (String mode : List.of("cat_randn", "sum_randn_nearest", "cat_cos_learnable")) {
      Layer layer = sgConv(16).kernelDim(4).mode(mode).postact("glu");
      Lowered lowered = lower(layer, Mode.INFERENCE, x(random(1, 2, 3, 13)));
      Map<String, Literal> variables = variables(lowered, 0.1);
      variables.put("kernel_norm_initialized", Literal.ofDoubles(DType.BOOL, new double[] {1}));
      checkGradients(lowered, x(random(1, 2, 3, 13)), variables);
    }
  }

  @Test
  void parametersOfSgConvGrowWithTheLogarithmOfTheLength() {
    int before = 0;
    for (int length = 256; length <= 1 << 16; length *= 2) {
      int scales = sgConv(length).kernelDim(32).scaleCount();
      assertEquals(before == 0 ? scales : before + 1, scales, "length " + length);
      before = scales;
    }
    assertEquals(12, before);
  }

  @Test
  void theNormOfSgConvIsThatOfTheFirstTrainingStep() {
    Literal x = random(1, 2, 2, 8);
    KernelLayer layer = sgConv(8).kernelDim(4).showKernel();
    Map<String, Literal> variables = variables(layer, x(x), 0);
    var first = run(layer, Mode.TRAINING, x(x), variables);
    assertEquals(1, first.updates().get("kernel_norm_initialized").get(0));
    variables.putAll(first.updates());
    double[] doubled = variables.get("kernel_list.0").toDoubles();
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] *= 2;
    }
    variables.put("kernel_list.0", Literal.of(doubled, 1, 2, 4));
    var second = run(layer, Mode.TRAINING, x(x), variables);
    close(first.updates().get("kernel_norm"), second.updates().get("kernel_norm"), 1e-12);
  }

  @Test
  void theSquashOfLongConvZeroesSmallTaps() {
    KernelLayer layer = longConv(20).lam(0.3).showKernel();
    Literal x = random(1, 1, 2, 20);
    Map<String, Literal> variables = variables(layer, x(x), 0);
    variables.put("kernel.kernel", random(9, 1, 2, 20));
    Literal kernel = run(layer, Mode.INFERENCE, x(x), variables).outputs().get("kernel");
    int zeros = 0;
    for (int i = 0; i < kernel.count(); i++) {
      double k = variables.get("kernel.kernel").get(i);
      assertEquals(Math.signum(k) * Math.max(0, Math.abs(k) - 0.3), kernel.get(i), 1e-12);
      zeros += kernel.get(i) == 0 ? 1 : 0;
    }
    assertTrue(zeros > 2 && zeros < 30, zeros + " zeros");
  }

  @Test
  void longConvSeesNoLaterSampleHoweverLongItsKernel() {
    Layer layer = longConv(40).lam(0).postact("none");
    double[] values = random(1, 1, 2, 11).toDoubles();
    Map<String, Literal> variables = variables(layer, x(Literal.of(values, 1, 2, 11)), 0.3);
    double[] before = output(layer, Literal.of(values.clone(), 1, 2, 11), variables).toDoubles();
    values[10] += 1;
    double[] after = output(layer, Literal.of(values, 1, 2, 11), variables).toDoubles();
    for (int i = 0; i < 10; i++) {
      assertEquals(before[i], after[i], 1e-12);
    }
    assertTrue(Math.abs(before[10] - after[10]) > 1e-3, "the last output sees it");
  }

  @Test
  void longConvHasGradientsAndTwoWays() {
    bothWaysAgree(longConv(17).lam(0.01), random(1, 2, 3, 17));
    bothWaysAgree(longConv(9).lam(0.01).causal(false), random(1, 2, 3, 17));
    checkGradients(longConv(9).lam(0.01).bidirectional(true), x(random(1, 2, 2, 9)), 0.3);
    checkGradients(longConv(9).lam(0.01).smoothing(3), x(random(1, 2, 2, 12)), 0.3);
  }

  // FlashButterfly.

  @Test
  void theButterflyIsTheConvolutionItStartsAsAndSoAreItsGradients() {
    Literal x = random(1, 2, 3, 21);
    LongConv direct = longConv(21).lam(0.01).method(DIRECT);
    for (int block : List.of(2, 4, 16, 64)) {
      Layer butterfly = direct.butterfly(block);
      Map<String, Literal> variables = variables(butterfly, x(x), 0);
      variables.put("kernel.kernel", random(5, 1, 3, 21));
      Map<String, Literal> exact = new LinkedHashMap<>(variables);
      exact.replaceAll((name, v) -> name.contains(".mat_") ? fourier(v) : v);
      sameWithGradients(direct, butterfly, x(x), exact);
    }
  }

  /** Initial values are single precision. */
  private static Literal fourier(Literal matrix) {
    int n = matrix.shape()[1];
    double[] values = new double[matrix.count()];
    for (int i = 0; i < n * n; i++) {
      values[2 * i] = Math.cos(-2 * Math.PI * (i / n) * (i % n) / n);
      values[2 * i + 1] = Math.sin(-2 * Math.PI * (i / n) * (i % n) / n);
    }
    return Literal.of(values, matrix.shape());
  }

  @Test
  void theButterflyLearnsItsMatrices() {
    checkGradients(longConv(7).lam(0.01).butterfly(4), x(random(1, 2, 2, 7)), 0.1);
  }

  // FlexConv.

  @Test
  void flexConvHasTwoWaysAndGradientsThatReachTheMask() {
    FlexConv layer = flexConv(2).hidden(4).layers(2).inputScale(1).sigma(0.5).showPenalty();
    checkGradients(layer.size(5), x(random(1, 2, 2, 6, 5)), 0.05);
    checkGradients(layer.causal(true), x(random(1, 2, 2, 9)), 0.05);
    bothWaysAgree(layer.size(7), random(1, 2, 2, 6, 5));
    bothWaysAgree(layer.separable(true), random(1, 1, 2, 9));
    bothWaysAgree(layer.separable(true).size(3), random(1, 1, 2, 4, 3, 5));
  }

  @Test
  void croppedKernelsAreTheWholeOnesWithinTheThreshold() {
    for (boolean causal : List.of(false, true)) {
      FlexConv layer =
          flexConv(1).hidden(6).layers(2).inputScale(2).sigma(0.2).threshold(0.01).causal(causal);
      Literal x = random(1, 1, 1, 31);
      Map<String, Literal> variables = variables(layer, x(x), 0);
      FlexConv cropped =
          (FlexConv)
              KernelCrop.crop(layer, List.of(new InputSpec("x", DType.F64, 1, 31)), variables);
      int whole = causal ? 31 : 61;
      Literal small =
          run(cropped.showKernel(), Mode.INFERENCE, x(x), variables).outputs().get("kernel");
      Literal large =
          run(layer.showKernel(), Mode.INFERENCE, x(x), variables).outputs().get("kernel");
      assertEquals(whole, large.count());
      assertTrue(small.count() < 0.7 * whole, "%d of %d taps".formatted(small.count(), whole));
      int first = causal ? whole - small.count() : (whole - small.count()) / 2;
      double lost = 0;
      for (int i = 0; i < whole; i++) {
        boolean kept = i >= first && i < first + small.count();
        double difference = Math.abs(large.get(i) - (kept ? small.get(i - first) : 0));
        assertTrue(kept ? difference < 1e-12 : difference < 0.01 * bound(large), "tap " + i);
        lost += difference;
      }
      double[] y = output(layer, x, variables).toDoubles();
      double[] z = output(cropped, x, variables).toDoubles();
      for (int i = 0; i < y.length; i++) {
        assertEquals(y[i], z[i], lost + 1e-12);
      }
    }
  }

  /** At the middle the mask is 1; values elsewhere are no more than a few times as large. */
  private static double bound(Literal kernel) {
    double largest = 0;
    for (int i = 0; i < kernel.count(); i++) {
      largest = Math.max(largest, Math.abs(kernel.get(i)));
    }
    return 20 * largest;
  }

  @Test
  void thePenaltyIsZeroBelowTheNyquistFrequencyAndGrowsAboveIt() {
    Literal x = random(1, 1, 1, 101);
    FlexConv layer = flexConv(1).hidden(4).layers(1).inputScale(0.1).sigma(1).showPenalty();
    Map<String, Literal> variables = variables(layer, x(x), 0);
    Literal calm = run(layer, Mode.INFERENCE, x(x), variables).outputs().get("penalty");
    assertEquals(0, calm.get(0));
    double[] fast = variables.get("Kernel.filters.0.linear.weight").toDoubles();
    fast[0] = 2 * Math.PI * 60;
    variables.put("Kernel.filters.0.linear.weight", Literal.of(fast, 4, 1, 1));
    Literal aliased = run(layer, Mode.INFERENCE, x(x), variables).outputs().get("penalty");
    assertTrue(aliased.get(0) > 100, "penalty " + aliased.get(0));
  }

  // Gaussian-structured filters.

  @Test
  void aGaussianThatVanishesLeavesThePlainConvolution() {
    Literal x = random(1, 2, 3, 9, 8);
    Layer plain = Layers.conv(2).kernel(3);
    for (GaussianConv layer :
        List.of(gaussianConv(2, 3).sigma(1e-3), gaussianConv(2, 3).sigma(1e-3).dynamic())) {
      Map<String, Literal> variables = variables(layer, x(x), 0);
      close(output(plain, x, variables), output(layer, x, variables), 1e-12);
    }
  }

  @Test
  void covariancesHaveGradients() {
    for (String form : List.of("spherical", "diagonal", "full")) {
      GaussianConv layer = gaussianConv(2, 3).covariance(form).reach(2);
      checkGradients(layer, x(random(1, 2, 2, 6, 7)), 0.2);
      checkGradients(layer.dynamic().reach(1), x(random(1, 2, 2, 5, 4)), 0.2);
    }
    bothWaysAgree(gaussianConv(2, 3).reach(3), random(1, 2, 2, 9, 7));
  }

  /** With the same covariance everywhere, blurring first is composing the filter. */
  @Test
  void aDynamicGaussianThatDoesNotChangeIsTheStaticOne() {
    int size = 15;
    Literal x = random(1, 1, 1, size, size);
    GaussianConv layer = gaussianConv(1, 3).covariance("full").reach(3).sigma(0.8);
    Map<String, Literal> variables = variables(layer, x(x), 0.1);
    variables.put("covariance.weight", Literal.of(new double[27], 3, 1, 3, 3));
    variables.put("covariance.bias", variables.get("sigma"));
    double[] whole = output(layer, x, variables).toDoubles();
    double[] dynamic = output(layer.dynamic(), x, variables).toDoubles();
    for (int i = 4; i < size - 4; i++) {
      for (int j = 4; j < size - 4; j++) {
        assertEquals(whole[i * size + j], dynamic[i * size + j], 1e-9);
      }
    }
  }
}
