package org.nnd.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Layer;
import org.nnd.ir.Literal;
import org.nnd.ir.NndException;
import org.nnd.train.Optimizer;

/**
 * A training run of a whole network on one batch: so many steps of an optimiser on the mean
 * cross-entropy, batch norms in training mode.
 *
 * @param weightDecay of every parameter, as PyTorch decays them unless told otherwise
 * @param rates the learning rate of every step
 * @param smoothing the share of the target that is spread over all classes
 */
record Trajectory(
    Layer network, Optimizer optimizer, double weightDecay, double[] rates, double smoothing) {

  static Trajectory of(Vector vector, Layer network) {
    Object loss = vector.field("loss").orElse("cross entropy");
    if (!loss.equals("cross entropy")) {
      throw new NndException("the loss '%s' is not known, only 'cross entropy'".formatted(loss));
    }
    int steps = vector.number("steps");
    Object given = vector.value("opt").orElse(Map.of());
    if (!(given instanceof Map<?, ?> map)) {
      throw new NndException("the hyper-parameter 'opt' is not an object");
    }
    Hyper options = new Hyper(map);
    String name = vector.text("optimizer");
    double rate = options.real("opt.lr", options.get("lr"));
    double decay = options.findReal("weight_decay").orElse(name.equals("AdamW") ? 0.01 : 0);
    Optimizer optimizer = optimizer(name, rate, decay, options);
    options
        .unread()
        .forEach(
            option -> {
              throw new NndException(
                  "the hyper-parameter 'opt.%s' = %s is not known for %s"
                      .formatted(option, options.print(option), name));
            });
    return new Trajectory(
        network, optimizer, decay, rates(vector, steps, rate), vector.real("label_smoothing", 0));
  }

  private static Optimizer optimizer(String name, double rate, double decay, Hyper options) {
    return switch (name) {
      case "SGD" -> {
        expect(options, "dampening", 0);
        Optimizer.Sgd sgd = Optimizer.sgd(rate).momentum(options.findReal("momentum").orElse(0));
        boolean ahead =
            options.find("nesterov").map(v -> options.flag("nesterov", v)).orElse(false);
        yield ahead ? sgd.nesterov() : sgd;
      }
      case "Adam", "AdamW" -> {
        if (name.equals("Adam") && decay != 0) {
          throw new NndException(
              "Adam with 'opt.weight_decay' = %s is not known; AdamW decays parameters apart from"
                      .formatted(decay)
                  + " the gradient");
        }
        expect(options, "amsgrad", false);
        double[] betas = betas(options, 0.9, 0.999);
        double eps = options.findReal("eps").orElse(1e-8);
        yield Optimizer.adamW(rate).betas(betas[0], betas[1]).eps(eps);
      }
      case "Lion" -> {
        double[] betas = betas(options, 0.9, 0.99);
        yield Optimizer.lion(rate).betas(betas[0], betas[1]);
      }
      default ->
          throw new NndException(
              "the optimizer '%s' is not known; known are SGD, Adam, AdamW, Lion".formatted(name));
    };
  }

  private static double[] betas(Hyper options, double first, double second) {
    return options
        .find("betas")
        .map(v -> options.list("betas", v).stream().mapToDouble(b -> options.real("betas", b)))
        .map(stream -> stream.toArray())
        .filter(betas -> betas.length == 2)
        .orElse(new double[] {first, second});
  }

  private static void expect(Hyper options, String name, Object value) {
    options
        .find(name)
        .filter(given -> !given.equals(value))
        .filter(
            given ->
                !(given instanceof Number n
                    && value instanceof Number m
                    && n.doubleValue() == m.doubleValue()))
        .ifPresent(
            given -> {
              throw options.wrong("opt." + name, given, String.valueOf(value));
            });
  }

  /** Those of {@code ref.lr}, which every schedule has; without a schedule they are constant. */
  private static double[] rates(Vector vector, int steps, double rate) {
    boolean scheduled = vector.has("schedule");
    if (vector.contains("ref.lr")) {
      Literal rates = vector.tensor("ref.lr");
      if (rates.count() < steps) {
        throw new NndException(
            "ref.lr has %d learning rates for %d steps".formatted(rates.count(), steps));
      }
      return Arrays.copyOf(rates.toDoubles(), steps);
    }
    if (scheduled) {
      throw new NndException(
          "the schedule %s has no learning rates in ref.lr"
              .formatted(vector.hyper().print("schedule")));
    }
    double[] constant = new double[steps];
    Arrays.fill(constant, rate);
    return constant;
  }

  /** {@return parameters without influence, which Adam moves on noise alone} */
  static List<String> gauges(Vector vector) {
    return vector.field("gauge_parameters").filter(List.class::isInstance).stream()
        .flatMap(list -> ((List<?>) list).stream())
        .map(String.class::cast)
        .toList();
  }
}
