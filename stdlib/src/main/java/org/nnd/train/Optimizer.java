package org.nnd.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nnd.dsl.Tensor;
import org.nnd.ir.NndException;

/**
 * How gradients change parameters. The graph of one update is the same for every step; what changes
 * with the step's number enters as scalars.
 */
public sealed interface Optimizer {
  /** {@return the learning rate, which a schedule multiplies} */
  double learningRate();

  /** {@return the share of a parameter that a step of learning rate 1 takes away} */
  double weightDecay();

  /** {@return the names of the tensors kept for every parameter, of its shape, zero at first} */
  List<String> state();

  /** {@return numbers of a step, counted from 1, that the graph needs, by name} */
  default Map<String, Double> scalars(long step) {
    return Map.of();
  }

  /** {@return a parameter's new value and state} */
  Change change(At at);

  /**
   * What an update sees.
   *
   * @param rate the learning rate, a scalar
   * @param weightDecay that of this parameter, maybe 0
   */
  record At(
      Tensor parameter,
      Tensor gradient,
      Map<String, Tensor> state,
      Map<String, Tensor> scalars,
      Tensor rate,
      double weightDecay) {
    /** The parameter less {@code rate * weightDecay} of itself. */
    private Tensor decayed() {
      return weightDecay == 0 ? parameter : parameter.sub(parameter.mul(rate).mul(weightDecay));
    }
  }

  record Change(Tensor parameter, Map<String, Tensor> state) {}

  /** {@return gradient descent} */
  static Sgd sgd(double learningRate) {
    return new Sgd(learningRate, 0, false, 0);
  }

  /** {@return Adam with decoupled weight decay 0.01} */
  static AdamW adamW(double learningRate) {
    return new AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01);
  }

  /** {@return the sign of a momentum} */
  static Lion lion(double learningRate) {
    return new Lion(learningRate, 0.9, 0.99, 0);
  }

  /** Gradient descent with momentum as in PyTorch: the decay is part of the gradient. */
  record Sgd(double learningRate, double momentum, boolean isNesterov, double weightDecay)
      implements Optimizer {
    public Sgd {
      Checks.rate("sgd", learningRate);
      Checks.fraction("sgd", "momentum", momentum);
      if (isNesterov && momentum == 0) {
        throw new NndException(
            "sgd: nesterov looks ahead along a momentum; give momentum(…) first");
      }
      Checks.notNegative("sgd", "weight decay", weightDecay);
    }

    /** {@return this with so much of the last direction; before {@link #nesterov}} */
    public Sgd momentum(double value) {
      return new Sgd(learningRate, value, isNesterov, weightDecay);
    }

    /** {@return this looking ahead along the momentum (Sutskever et al. 2013)} */
    public Sgd nesterov() {
      return new Sgd(learningRate, momentum, true, weightDecay);
    }

    /** {@return this with {@code value} times each weight added to its gradient} */
    public Sgd weightDecay(double value) {
      return new Sgd(learningRate, momentum, isNesterov, value);
    }

    @Override
    public List<String> state() {
      return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public Change change(At at) {
      Tensor g =
          at.weightDecay == 0 ? at.gradient : at.gradient.add(at.parameter.mul(at.weightDecay));
      if (momentum == 0) {
        return new Change(at.parameter.sub(g.mul(at.rate)), Map.of());
      }
      Tensor m = at.state.get("momentum").mul(momentum).add(g);
      Tensor direction = isNesterov ? g.add(m.mul(momentum)) : m;
      return new Change(at.parameter.sub(direction.mul(at.rate)), Map.of("momentum", m));
    }

    @Override
    public String toString() {
      return "sgd("
          + learningRate
          + ")"
          + (momentum == 0 ? "" : ".momentum(" + momentum + ")")
          + (isNesterov ? ".nesterov()" : "")
          + (weightDecay == 0 ? "" : ".weightDecay(" + weightDecay + ")");
    }
  }

  /** Adam (Kingma and Ba 2015, algorithm 1) with decoupled decay (Loshchilov and Hutter 2019). */
  record AdamW(double learningRate, double beta1, double beta2, double eps, double weightDecay)
      implements Optimizer {
    public AdamW {
      Checks.rate("adamW", learningRate);
      Checks.fraction("adamW", "beta1", beta1);
      Checks.fraction("adamW", "beta2", beta2);
      Checks.aboveZero("adamW", "eps", eps);
      Checks.notNegative("adamW", "weight decay", weightDecay);
    }

    /**
     * {@return this with other decays of the running means of the gradient and of its square; 0.9
     * and 0.999 unless told}
     */
    public AdamW betas(double first, double second) {
      return new AdamW(learningRate, first, second, eps, weightDecay);
    }

    /** {@return this with another number added to the denominator; 1e-8 unless told} */
    public AdamW eps(double value) {
      return new AdamW(learningRate, beta1, beta2, value, weightDecay);
    }

    /**
     * {@return this where a step also takes {@code value} times its learning rate off, as a share
     * of each weight}
     */
    public AdamW weightDecay(double value) {
      return new AdamW(learningRate, beta1, beta2, eps, value);
    }

    @Override
    public List<String> state() {
      return List.of("m", "v");
    }

    /** The corrections of the bias towards zero; {@code 1 - beta^t} would lose digits in f32. */
    @Override
    public Map<String, Double> scalars(long step) {
      Map<String, Double> scalars = new LinkedHashMap<>();
      scalars.put("correction1", 1 / (1 - StrictMath.pow(beta1, step)));
      scalars.put("correction2", 1 / StrictMath.sqrt(1 - StrictMath.pow(beta2, step)));
      return scalars;
    }

    @Override
    public Change change(At at) {
      Tensor g = at.gradient;
      Tensor m = at.state.get("m").mul(beta1).add(g.mul(1 - beta1));
      Tensor v = at.state.get("v").mul(beta2).add(g.square().mul(1 - beta2));
      Tensor denominator = v.sqrt().mul(at.scalars.get("correction2")).add(eps);
      Tensor step = m.mul(at.rate.mul(at.scalars.get("correction1"))).div(denominator);
      return new Change(at.decayed().sub(step), Map.of("m", m, "v", v));
    }

    @Override
    public String toString() {
      return "adamW("
          + learningRate
          + ")"
          + (beta1 == 0.9 && beta2 == 0.999 ? "" : ".betas(" + beta1 + ", " + beta2 + ")")
          + (eps == 1e-8 ? "" : ".eps(" + eps + ")")
          + (weightDecay == 0.01 ? "" : ".weightDecay(" + weightDecay + ")");
    }
  }

  /** Lion (Chen et al. 2023, algorithm 2). */
  record Lion(double learningRate, double beta1, double beta2, double weightDecay)
      implements Optimizer {
    public Lion {
      Checks.rate("lion", learningRate);
      Checks.fraction("lion", "beta1", beta1);
      Checks.fraction("lion", "beta2", beta2);
      Checks.notNegative("lion", "weight decay", weightDecay);
    }

    /**
     * {@return this with the shares of the old mean in the direction, first, and in the next mean}
     */
    public Lion betas(double first, double second) {
      return new Lion(learningRate, first, second, weightDecay);
    }

    /**
     * {@return this where a step also takes {@code value} times its learning rate off, as a share
     * of each weight}
     */
    public Lion weightDecay(double value) {
      return new Lion(learningRate, beta1, beta2, value);
    }

    @Override
    public List<String> state() {
      return List.of("m");
    }

    @Override
    public Change change(At at) {
      Tensor old = at.state.get("m");
      Tensor direction = old.mul(beta1).add(at.gradient.mul(1 - beta1)).sign();
      Tensor m = old.mul(beta2).add(at.gradient.mul(1 - beta2));
      return new Change(at.decayed().sub(direction.mul(at.rate)), Map.of("m", m));
    }

    @Override
    public String toString() {
      return "lion("
          + learningRate
          + ")"
          + (beta1 == 0.9 && beta2 == 0.99 ? "" : ".betas(" + beta1 + ", " + beta2 + ")")
          + (weightDecay == 0 ? "" : ".weightDecay(" + weightDecay + ")");
    }
  }
}
