package org.nnd.layers.nested;

import java.util.ArrayList;
import java.util.List;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.ir.NndException;

/**
 * Nearest neighbours by the cosine of prefixes, in steps (Kusupati et al. 2022, section 4.3): the
 * first compares a query with the whole database on a few features and keeps a shortlist, each
 * further one compares only what is left, on more features, and keeps fewer. Two steps are adaptive
 * retrieval (AR), several funnel retrieval. All of it is computed on the device.
 */
public record PrefixSearch(List<Step> steps) {
  /** Compares the first {@code width} features and keeps the {@code kept} nearest. */
  public record Step(int width, int kept) {
    public Step {
      Check.positive("search", "the width", width);
      Check.positive("search", "the number of neighbours kept", kept);
    }
  }

  /**
   * What was found, nearest first.
   *
   * @param indices i32 {@code [queries, kept]}, rows of the database
   * @param similarities {@code [queries, kept]}, cosines on the last step's prefix
   */
  public record Found(Tensor indices, Tensor similarities) {}

  public PrefixSearch {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw Check.error("search: no steps given");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).kept() > steps.get(i - 1).kept()
          || steps.get(i).width() < steps.get(i - 1).width()) {
        throw Check.error(
            "search: a later step compares no fewer features and keeps no more neighbours; got %s",
            steps);
      }
    }
  }

  /** {@return this with another step, which keeps fewer by more features} */
  public PrefixSearch then(int width, int kept) {
    List<Step> longer = new ArrayList<>(steps);
    longer.add(new Step(width, kept));
    return new PrefixSearch(longer);
  }

  /**
   * {@return a funnel: so many steps, each with twice the features of the one before and half the
   * neighbours}
   */
  static PrefixSearch funnel(int width, int kept, int steps) {
    Check.positive("funnel", "the number of steps", steps);
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      all.add(new Step(width << i, Math.max(1, kept >> i)));
    }
    return new PrefixSearch(all);
  }

  /**
   * {@return the nearest rows of the database for each query}
   *
   * @param database f32 {@code [rows, D]}
   * @param queries f32 {@code [queries, D]}
   */
  public Found neighbours(Tensor database, Tensor queries) {
    check(database, queries);
    Step first = steps.get(0);
    Tensor scores =
        Prefixes.unit(queries.slice(1, 0, first.width()))
            .matmul(Prefixes.unit(database.slice(1, 0, first.width())).transpose());
    Tensor best = scores.topK(first.kept());
    Found found = new Found(best, scores.takeAlong(best, 1));
    for (Step step : steps.subList(1, steps.size())) {
      found = rerank(step, found.indices(), database, queries);
    }
    return found;
  }

  private static Found rerank(Step step, Tensor shortlist, Tensor database, Tensor queries) {
    Tensor rows = Prefixes.unit(database.slice(1, 0, step.width()).gather(shortlist, 0));
    Tensor query = Prefixes.unit(queries.slice(1, 0, step.width())).unsqueeze(-1);
    Tensor scores = rows.matmul(query).squeeze(-1);
    Tensor best = scores.topK(step.kept());
    return new Found(shortlist.takeAlong(best, 1), scores.takeAlong(best, 1));
  }

  private void check(Tensor database, Tensor queries) {
    if (database.rank() != 2
        || queries.rank() != 2
        || !database.dim(1).equals(queries.dim(1))
        || database.dtype() != queries.dtype()) {
      throw new NndException(
          "search: the database [rows, features] and the queries [queries, features] must have the"
              + " same features, got %s and %s".formatted(database.type(), queries.type()));
    }
    int width = steps.get(steps.size() - 1).width();
    if (width > database.size(1)) {
      throw new NndException(
          "search: a step compares %d features, the vectors have %d"
              .formatted(width, database.size(1)));
    }
    if (steps.get(0).kept() > database.size(0)) {
      throw new NndException(
          "search: the first step keeps %d neighbours of a database of %d rows"
              .formatted(steps.get(0).kept(), database.size(0)));
    }
  }

  /** {@return the multiply-adds of one query: what adaptive retrieval saves} */
  public long multiplyAdds(long rows) {
    long sum = rows * steps.get(0).width();
    for (int i = 1; i < steps.size(); i++) {
      sum += (long) steps.get(i - 1).kept() * steps.get(i).width();
    }
    return sum;
  }
}
