package org.nnd.data.tables;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.NndException;
import tech.tablesaw.api.Table;

/**
 * Which columns of a table are learnt from, which is learnt, and how they are prepared.
 *
 * <pre>{@code
 * var encoding = TableSpec.classify("species").features("length", "colour").standardise().fit(table);
 * var data = encoding.encode(table);
 * }</pre>
 *
 * @param target the column to be learnt
 * @param classes whether the target is a class, not a number
 * @param features the columns to learn from; empty for all but the target
 * @param codes the columns of categories that stay numbers, for embeddings
 */
public record TableSpec(
    String target,
    boolean classes,
    List<String> features,
    Set<String> codes,
    boolean standardised,
    Missing missing) {
  public TableSpec {
    features = List.copyOf(features);
    codes = Set.copyOf(codes);
  }

  /** The target is a class: a column of text, booleans or whole numbers. */
  public static TableSpec classify(String target) {
    return new TableSpec(target, true, List.of(), Set.of(), false, Missing.REFUSE);
  }

  /** The target is a number. */
  public static TableSpec regress(String target) {
    return new TableSpec(target, false, List.of(), Set.of(), false, Missing.REFUSE);
  }

  /** Learns from these columns only; from all but the target unless told. */
  public TableSpec features(String... names) {
    return new TableSpec(target, classes, List.of(names), codes, standardised, missing);
  }

  /** These columns of categories become i32 inputs of their own, for embeddings. */
  public TableSpec codes(String... names) {
    return new TableSpec(target, classes, features, Set.of(names), standardised, missing);
  }

  /** Columns of numbers get mean 0 and deviation 1 over the table that is fitted to. */
  public TableSpec standardise() {
    return new TableSpec(target, classes, features, codes, true, missing);
  }

  /** What becomes of missing numbers; {@link Missing#REFUSE} unless told. */
  public TableSpec missing(Missing value) {
    return new TableSpec(target, classes, features, codes, standardised, value);
  }

  /**
   * Learns categories, means and deviations from a table.
   *
   * @throws NndException where a column is not there, is of a type that cannot be learnt from, or
   *     has a value missing that may not
   */
  public Encoding fit(Table table) {
    Set<String> names = new LinkedHashSet<>(features.isEmpty() ? table.columnNames() : features);
    if (features.isEmpty()) {
      names.remove(target);
    } else if (features.contains(target)) {
      throw new NndException("the target '" + target + "' is among the features");
    }
    for (String code : codes) {
      if (!names.contains(code)) {
        throw new NndException("codes: '%s' is not among the features %s".formatted(code, names));
      }
    }
    List<Feature> fitted = new ArrayList<>();
    for (String name : names) {
      fitted.add(Cells.of(table, name).fit(codes.contains(name), standardised, missing));
    }
    if (fitted.isEmpty()) {
      throw new NndException("the table '%s' has no columns to learn from".formatted(table.name()));
    }
    Cells goal = Cells.of(table, target);
    Optional<List<String>> labels = classes ? Optional.of(goal.categories()) : Optional.empty();
    return new Encoding(fitted, target, labels, missing);
  }
}
