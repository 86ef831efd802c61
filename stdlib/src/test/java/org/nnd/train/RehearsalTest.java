package org.nnd.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nnd.dsl.Combinators.sequential;
import static org.nnd.layers.Layers.dense;
import static org.nnd.layers.Layers.flatten;
import static org.nnd.train.Optimizer.adamW;
import static org.nnd.train.Optimizer.sgd;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnd.data.Glyphs;
import org.nnd.ir.Literal;
import org.nnd.model.Model;
import org.nnd.model.Models;
import org.nnd.model.Rehearsal;

/** While a rehearsal is on nothing is trained, and what would be is known. */
class RehearsalTest {
  private static final Glyphs DATA = Glyphs.digits().train(20).test(10);

  private static Model model(int classes) {
    return Models.model(sequential(flatten(), dense(classes)), DATA.input());
  }

  @Test
  void nothingIsTrainedAndMeasuresAreUnknown() {
    List<Rehearsal.Network> networks;
    Model model;
    try (Rehearsal rehearsal = Rehearsal.begin()) {
      model = model(10);
      History history =
          Training.train(model, DATA.train()).validate(DATA.test()).optimizer(adamW(1)).run();
      assertTrue(Double.isNaN(history.last("accuracy")));
      assertTrue(Double.isNaN(history.last("validation loss")));
      assertTrue(Double.isNaN(Evaluation.evaluate(model, DATA.test()).accuracy()));
      Literal unknown = model.predict(DATA.test()).value();
      assertArrayEquals(new int[] {10, 10}, unknown.shape());
      assertTrue(Double.isNaN(unknown.get(99)));
      networks = rehearsal.networks();
    }
    assertTrue(Rehearsal.current().isEmpty());
    assertEquals(model(10).parameter("1.weight"), model.parameter("1.weight"));
    assertEquals(1, networks.size());
    assertEquals(
        List.of(Training.train(model, DATA.train()).optimizer(adamW(1)).step()),
        networks.getFirst().steps());
  }

  @Test
  void aNetworkCountsOnceAndEveryStepOfIt() {
    try (Rehearsal rehearsal = Rehearsal.begin()) {
      Model first = model(10);
      model(3);
      Training.train(first, DATA.train()).run();
      Training.train(model(10).seed(5), DATA.train()).optimizer(sgd(0.1)).run();
      Training.train(model(10), DATA.train()).optimizer(sgd(0.1)).run();
      List<Rehearsal.Network> networks = rehearsal.networks();
      assertEquals(
          List.of(2, 0), networks.stream().map(network -> network.steps().size()).toList());
    }
  }
}
