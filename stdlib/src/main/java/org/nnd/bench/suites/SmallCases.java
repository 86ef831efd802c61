package org.nnd.bench.suites;

import java.util.ArrayList;
import java.util.List;
import org.nnd.bench.Case;
import org.nnd.bench.models.Gpt;
import org.nnd.layers.Layers;
import org.nnd.layers.kernels.LongConvolution.Method;
import org.nnd.zoo.Zoo;

/** Every kind of case at sizes that are no work: what tests run, on NND and its peers. */
public final class SmallCases {
  private SmallCases() {}

  public static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    cases.add(MatrixProducts.product(5, 7, 3, true, true));
    cases.add(MatrixProducts.product(5, 7, 3, false, false));
    cases.add(MatrixProducts.batched(2, 5));
    cases.add(MatrixProducts.dense(3, 4, 5));
    cases.addAll(Depthwise.cases(new Depthwise.Form(5, 3, 2, 2, 3, 7)));
    for (Convolutions.Form form : Convolutions.of(Layers.convTranspose(3), 2, 5, 5)) {
      cases.addAll(Convolutions.cases(form));
    }
    for (Convolutions.Form form : Convolutions.of(Layers.conv1d(3), 2, 9)) {
      cases.addAll(Convolutions.cases(form));
    }
    cases.addAll(Rows.cases(33, new Rows.Pictures(2, 3, 5)));
    cases.addAll(Attentions.cases(2, 17, 8));
    cases.addAll(Memory.cases(8, 3, 2, 4));
    cases.add(LongConvolutions.causal(2, 33, Method.FFT));
    cases.add(LongConvolutions.causal(2, 33, Method.DIRECT));
    cases.addAll(Models.pictures("net", () -> Zoo.convMixer(8, 1, 5), 28, 5, 2));
    cases.addAll(Models.text("text", () -> new Gpt(11, 6, 8, 2, 1), 11, 6, 2));
    return cases;
  }
}
