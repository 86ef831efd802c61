package org.nnd.layers.memory;

import java.util.Arrays;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.layers.Activation;
import org.nnd.layers.memory.Association.Extras;
import org.nnd.layers.memory.Association.Norms;
import org.nnd.layers.memory.Association.Sizes;
import org.nnd.layers.memory.Association.Statics;
import org.nnd.layers.memory.Association.Updates;

/**
 * The options that all Hopfield layers have.
 *
 * @param <T> the layer
 */
public interface HopfieldOptions<T> {
  /** {@return the options as they are} */
  Association association();

  /** {@return this layer with another association} */
  T with(Association association);

  // Sizes.

  /** {@return this for state patterns of so many features, where the input does not tell} */
  default T inputSize(int size) {
    Check.positive("hopfield", "the size of the input", size);
    Sizes s = association().sizes();
    return with(
        association()
            .with(
                new Sizes(size, s.hidden(), s.output(), s.pattern(), s.stored(), s.projection())));
  }

  /** {@return this with so many features per head in the association space} */
  default T hidden(int size) {
    Check.positive("hopfield", "the hidden size", size);
    Sizes s = association().sizes();
    return with(
        association()
            .with(new Sizes(s.input(), size, s.output(), s.pattern(), s.stored(), s.projection())));
  }

  /** {@return this with so many features of the result} */
  default T out(int size) {
    Check.positive("hopfield", "the size of the output", size);
    Sizes s = association().sizes();
    return with(
        association()
            .with(new Sizes(s.input(), s.hidden(), size, s.pattern(), s.stored(), s.projection())));
  }

  /** {@return this with so many features per head of the projected patterns} */
  default T pattern(int size) {
    Check.positive("hopfield", "the size of the projected patterns", size);
    Sizes s = association().sizes();
    return with(
        association()
            .with(new Sizes(s.input(), s.hidden(), s.output(), size, s.stored(), s.projection())));
  }

  /** {@return this with so many heads that associate apart; 1 unless told} */
  default T heads(int count) {
    Association a = association();
    return with(new Association(a.sizes(), count, a.updates(), a.norms(), a.statics(), a.extras()));
  }

  // Updates.

  /** {@return this with an inverse temperature, one for all heads or one for each} */
  default T beta(double... beta) {
    Updates u = association().updates();
    return with(
        association().with(new Updates(Arrays.stream(beta).boxed().toList(), u.most(), u.eps())));
  }

  /** {@return this with so many updates after the first association (0: attention)} */
  default T steps(int... most) {
    Updates u = association().updates();
    return with(
        association().with(new Updates(u.beta(), Arrays.stream(most).boxed().toList(), u.eps())));
  }

  /** {@return this with as many updates as it takes until the associations hardly change} */
  default T untilStable() {
    return steps(-1);
  }

  /** {@return this where a head stops once its associations change by no more than this} */
  default T eps(double... eps) {
    Updates u = association().updates();
    return with(
        association().with(new Updates(u.beta(), u.most(), Arrays.stream(eps).boxed().toList())));
  }

  // Norms.

  /** {@return this with another normalisation of the stored patterns; a layer norm unless told} */
  default T storedNorm(PatternNorm norm) {
    Norms n = association().norms();
    return with(association().with(new Norms(norm, n.state(), n.projection(), n.space())));
  }

  /** {@return this with another normalisation of the states; a layer norm unless told} */
  default T stateNorm(PatternNorm norm) {
    Norms n = association().norms();
    return with(association().with(new Norms(n.stored(), norm, n.projection(), n.space())));
  }

  /**
   * {@return this with another normalisation of the patterns that results are made of; a layer norm
   * unless told}
   */
  default T projectionNorm(PatternNorm norm) {
    Norms n = association().norms();
    return with(association().with(new Norms(n.stored(), n.state(), norm, n.space())));
  }

  /** {@return this with states and stored patterns normalised in the association space} */
  default T spaceNorm(PatternNorm norm) {
    Norms n = association().norms();
    return with(association().with(new Norms(n.stored(), n.state(), n.projection(), norm)));
  }

  // Projections.

  /** {@return this where the given patterns are used as they are, without a projection} */
  default T statics(boolean stored, boolean state, boolean projection) {
    return with(
        association()
            .with(new Statics(stored, state, projection, association().statics().connected())));
  }

  /** {@return this where the pattern projection goes through that of the stored patterns first} */
  default T connected() {
    Statics s = association().statics();
    return with(association().with(new Statics(s.stored(), s.state(), s.projection(), true)));
  }

  /** {@return pure retrieval: no norms, no projections, nothing to train} */
  default T plain() {
    PatternNorm none = PatternNorm.NONE;
    Extras e = association().extras();
    return with(
        association()
            .with(new Norms(none, none, none, none))
            .with(new Statics(true, true, true, false))
            .with(new Extras(e.bias(), false, false, false, e.dropout(), e.activation())));
  }

  /** {@return this with a linear layer behind the heads, or without} */
  default T outProjection(boolean wanted) {
    Extras e = association().extras();
    return with(
        association()
            .with(
                new Extras(
                    e.bias(),
                    e.biasPattern(),
                    e.zeroPattern(),
                    wanted,
                    e.dropout(),
                    e.activation())));
  }

  /** {@return this with biases in the projections, or without} */
  default T bias(boolean wanted) {
    Extras e = association().extras();
    return with(
        association()
            .with(
                new Extras(
                    wanted,
                    e.biasPattern(),
                    e.zeroPattern(),
                    e.outProjection(),
                    e.dropout(),
                    e.activation())));
  }

  /** {@return this with a trained pattern stored besides those given} */
  default T biasPattern() {
    Extras e = association().extras();
    return with(
        association()
            .with(
                new Extras(
                    e.bias(),
                    true,
                    e.zeroPattern(),
                    e.outProjection(),
                    e.dropout(),
                    e.activation())));
  }

  /** {@return this with zeros stored besides the patterns given} */
  default T zeroPattern() {
    Extras e = association().extras();
    return with(
        association()
            .with(
                new Extras(
                    e.bias(),
                    e.biasPattern(),
                    true,
                    e.outProjection(),
                    e.dropout(),
                    e.activation())));
  }

  /** {@return this with dropout of the association matrix in training} */
  default T dropout(double rate) {
    Extras e = association().extras();
    return with(
        association()
            .with(
                new Extras(
                    e.bias(),
                    e.biasPattern(),
                    e.zeroPattern(),
                    e.outProjection(),
                    rate,
                    e.activation())));
  }

  /** {@return this with a function of the given name on the result} */
  default T activation(String name) {
    Extras e = association().extras();
    return with(
        association()
            .with(
                new Extras(
                    e.bias(),
                    e.biasPattern(),
                    e.zeroPattern(),
                    e.outProjection(),
                    e.dropout(),
                    Optional.of(new Activation(Activation.Function.named(name))))));
  }
}
