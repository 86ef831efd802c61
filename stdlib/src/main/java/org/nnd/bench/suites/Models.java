package org.nnd.bench.suites;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nnd.bench.Case;
import org.nnd.bench.Values;
import org.nnd.bench.models.ConvNets;
import org.nnd.bench.models.Gpt;
import org.nnd.dsl.Layer;
import org.nnd.ir.DType;
import org.nnd.ir.Shape;
import org.nnd.ir.TensorType;
import org.nnd.train.Optimizer;
import org.nnd.zoo.Zoo;

/**
 * Whole networks: inference, merged, of one example and of 16, and a step of training with 16;
 * pictures 224 x 224.
 */
final class Models {
  private static final int BATCH = 16;
  private static final int CLASSES = 1000;
  private static final int SIZE = 224;
  private static final int VOCABULARY = 8192;
  private static final int CONTEXT = 256;

  private Models() {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.addAll(pictures("UniRepLKNet-A", () -> Zoo.uniRepLKNet("a", CLASSES)));
    cases.addAll(pictures("UniRepLKNet-N", () -> Zoo.uniRepLKNet("n", CLASSES)));
    cases.addAll(pictures("RepLKNet-31B", () -> Zoo.repLKNet31B(CLASSES)));
    cases.addAll(pictures("InceptionNeXt-T", () -> Zoo.inceptionNeXt("tiny", CLASSES)));
    cases.addAll(pictures("ConvNeXt-T", () -> Zoo.convNeXt("t", CLASSES)));
    cases.addAll(pictures("ResNet-18", () -> ConvNets.resNet18(CLASSES)));
    cases.addAll(pictures("ResNet-50", () -> ConvNets.resNet50(CLASSES)));
    cases.addAll(pictures("MobileNetV2", () -> ConvNets.mobileNetV2(CLASSES)));
    cases.addAll(
        text("GPT, 6 blocks of 384", () -> new Gpt(VOCABULARY, CONTEXT, 384, 6, 6), VOCABULARY));
    return cases;
  }

  private static List<Case> pictures(String name, Supplier<Layer> network) {
    return pictures(name, network, SIZE, CLASSES, BATCH);
  }

  static List<Case> pictures(
      String name, Supplier<Layer> network, int size, int classes, int batch) {
    return List.of(
        inference(name, network, size, 1),
        inference(name, network, size, batch),
        new Case(
            name + ", training step, batch " + batch,
            () ->
                Networks.train(
                    network.get(),
                    TensorType.f32(Shape.of(batch, 3, size, size)),
                    classes,
                    Optimizer.sgd(1e-3).momentum(0.9),
                    Values.indices(Map.of("labels", classes))),
            true));
  }

  private static Case inference(String name, Supplier<Layer> network, int size, int batch) {
    return new Case(
        name + ", inference, batch " + batch,
        () ->
            Networks.predict(
                Networks.merged(network.get()), TensorType.f32(Shape.of(batch, 3, size, size))),
        true);
  }

  private static List<Case> text(String name, Supplier<Gpt> network, int vocabulary) {
    return text(name, network, vocabulary, CONTEXT, BATCH);
  }

  static List<Case> text(
      String name, Supplier<Gpt> network, int vocabulary, int length, int batch) {
    Values tokens = Values.indices(Map.of("x", vocabulary, "labels", vocabulary));
    List<Case> cases = new ArrayList<>();
    for (int examples : new int[] {1, batch}) {
      TensorType x = new TensorType(DType.I32, Shape.of(examples, length));
      cases.add(
          new Case(
              name + ", inference, batch " + examples,
              () -> Networks.predict(network.get(), Map.of("x", x), tokens),
              true));
    }
    TensorType x = new TensorType(DType.I32, Shape.of(batch, length));
    cases.add(
        new Case(
            name + ", training step, batch " + batch,
            () -> Networks.train(network.get(), x, vocabulary, Optimizer.adamW(1e-4), tokens),
            true));
    return cases;
  }
}
