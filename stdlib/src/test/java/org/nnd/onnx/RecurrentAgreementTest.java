package org.nnd.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nnd.ir.DType;
import org.nnd.ir.Literal;

/** Recurrent operators give what ONNX Runtime gives, in every direction and with every option. */
class RecurrentAgreementTest {
  private static final int STEPS = 5;
  private static final int EXAMPLES = 3;
  private static final int FEATURES = 4;
  private static final int HIDDEN = 2;

  @TempDir Path folder;

  private final Random random = new Random(7);

  private Literal normal(int... shape) {
    float[] values = new float[Literal.zeros(DType.F32, shape).count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Literal.of(values, shape);
  }

  @ParameterizedTest
  @CsvSource({
    "RNN,1,1,Relu",
    "GRU,3,1,HardSigmoid Softsign",
    "LSTM,4,2,HardSigmoid ScaledTanh LeakyRelu"
  })
  void everyForm(String operator, int gates, int states, String activations) {
    for (String direction : List.of("forward", "reverse", "bidirectional")) {
      int directions = direction.equals("bidirectional") ? 2 : 1;
      Map<String, Object> attributes = new HashMap<>();
      attributes.put("hidden_size", HIDDEN);
      attributes.put("direction", direction);
      Literal x = normal(STEPS, EXAMPLES, FEATURES);
      Literal weights = normal(directions, gates * HIDDEN, FEATURES);
      Literal recurrent = normal(directions, gates * HIDDEN, HIDDEN);
      agree(operator, states, attributes, x, weights, recurrent);

      List<Literal> all = new ArrayList<>(List.of(x, weights, recurrent));
      all.add(normal(directions, 2 * gates * HIDDEN));
      all.add(Literal.of(new int[] {5, 2, 3}, EXAMPLES));
      for (int i = 0; i < states; i++) {
        all.add(normal(directions, EXAMPLES, HIDDEN));
      }
      if (operator.equals("LSTM")) {
        all.add(normal(directions, 3 * HIDDEN));
      }
      Literal[] inputs = all.toArray(Literal[]::new);
      agree(operator, states, attributes, inputs);

      attributes.put("clip", 0.3);
      attributes.put("activations", repeated(directions, List.of(activations.split(" "))));
      if (operator.equals("GRU")) {
        attributes.put("linear_before_reset", 1);
      }
      if (operator.equals("LSTM")) {
        attributes.put("input_forget", 1);
        attributes.put("activation_alpha", repeated(directions, List.of(0.3, 0.7, 0.1)));
        attributes.put("activation_beta", repeated(directions, List.of(0.4, 1.2)));
      }
      agree(operator, states, attributes, inputs);
    }
  }

  private static <T> List<T> repeated(int times, List<T> list) {
    return Collections.nCopies(times, list).stream().flatMap(List::stream).toList();
  }

  private void agree(
      String operator, int states, Map<String, Object> attributes, Literal... inputs) {
    SmallModel model = SmallModel.of(14, operator, 1 + states, attributes, inputs);
    RuntimeAgreement.check(model, folder, operator + " " + attributes);
  }
}
