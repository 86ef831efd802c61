package org.nnd.opencl.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nnd.ir.Dim;

/**
 * An integer position: {@code constant + sum of coefficient * atom}, coefficients being {@link
 * Dim}s. The factories keep it simplified: a quotient or remainder that the ranges of its parts
 * decide disappears, and {@code (x / d) * d + x % d} becomes {@code x}.
 */
public final class Index {
  /** What a position is made of. */
  public sealed interface Atom permits Axis, Value, Quotient, Remainder, Least {}

  /** A loop or work-item variable with {@code 0 <= value < extent}. */
  public record Axis(String name, Dim extent) implements Atom {}

  /** An integer variable of unknown range, such as one loaded from memory. */
  public record Value(String name) implements Atom {}

  public record Quotient(Index dividend, Dim divisor) implements Atom {}

  public record Remainder(Index dividend, Dim divisor) implements Atom {}

  /** The smaller of two positions. */
  public record Least(Index x, Index y) implements Atom {}

  public static final Index ZERO = of(0);

  /** A summand; {@code key} is the atom's text, which orders the terms and stands for equality. */
  private record Term(String key, Atom atom, Dim coefficient) {
    Term times(Dim factor) {
      return new Term(key, atom, coefficient.times(factor));
    }
  }

  private final List<Term> terms;
  private final Dim constant;
  private final int hash;

  private Index(List<Term> terms, Dim constant) {
    this.terms = terms;
    this.constant = constant;
    int sum = constant.hashCode();
    for (Term term : terms) {
      sum = 31 * sum + term.key.hashCode() * 31 + term.coefficient.hashCode();
    }
    this.hash = sum;
  }

  public static Index of(Dim value) {
    return new Index(List.of(), value);
  }

  public static Index of(long value) {
    return of(Dim.of(value));
  }

  public static Index of(Atom atom) {
    return new Index(List.of(new Term(print(atom), atom, Dim.ONE)), Dim.ZERO);
  }

  /** {@return a variable that runs from 0 to below {@code extent}} An extent of 1 needs none. */
  public static Index axis(String name, Dim extent) {
    return extent.is(1) ? ZERO : of(new Axis(name, extent));
  }

  /** {@return the smaller of two positions that are not negative} */
  public static Index least(Index x, Index y) {
    if (x.isConstant() && y.isConstant() && x.constant.isFixed() && y.constant.isFixed()) {
      return x.constant.fixed() < y.constant.fixed() ? x : y;
    }
    return of(new Least(x, y));
  }

  /** {@return the atoms of the sum, in order of their text} */
  public List<Atom> atoms() {
    return terms.stream().map(Term::atom).toList();
  }

  public Dim constant() {
    return constant;
  }

  public boolean isConstant() {
    return terms.isEmpty();
  }

  public boolean is(long value) {
    return terms.isEmpty() && constant.is(value);
  }

  /** {@return the factor of {@code atom} outside quotients and remainders} */
  public Dim coefficient(Atom atom) {
    return terms.stream()
        .filter(term -> term.atom.equals(atom))
        .findFirst()
        .map(Term::coefficient)
        .orElse(Dim.ZERO);
  }

  /** {@return whether {@code atom} occurs anywhere, inside quotients and remainders too} */
  public boolean mentions(Atom atom) {
    return terms.stream().anyMatch(term -> term.atom.equals(atom) || inner(term.atom, atom));
  }

  /** {@return whether {@code atom} occurs inside a quotient or remainder} */
  public boolean buries(Atom atom) {
    return terms.stream().anyMatch(term -> inner(term.atom, atom));
  }

  private static boolean inner(Atom a, Atom atom) {
    return switch (a) {
      case Axis axis -> false;
      case Value value -> false;
      case Quotient q -> q.dividend.mentions(atom);
      case Remainder r -> r.dividend.mentions(atom);
      case Least least -> least.x.mentions(atom) || least.y.mentions(atom);
    };
  }

  public Index plus(Index other) {
    if (other.terms.isEmpty()) {
      return new Index(terms, constant.plus(other.constant));
    }
    if (terms.isEmpty()) {
      return new Index(other.terms, constant.plus(other.constant));
    }
    return recombine(merge(terms, other.terms), constant.plus(other.constant));
  }

  public Index plus(long other) {
    return new Index(terms, constant.plus(other));
  }

  public Index minus(Index other) {
    return plus(other.times(-1));
  }

  public Index times(Dim factor) {
    List<Term> product =
        factor.is(0) ? List.of() : terms.stream().map(term -> term.times(factor)).toList();
    return new Index(product, constant.times(factor));
  }

  public Index times(long factor) {
    return times(Dim.of(factor));
  }

  /** {@return the quotient, rounded down; this position must not be negative} */
  public Index dividedBy(Dim divisor) {
    if (divisor.is(1)) {
      return this;
    }
    if (divisor.is(0)) {
      return ZERO; // Inside a loop over nothing.
    }
    Split split = split(divisor);
    if (within(split.rest, divisor)) {
      return split.whole;
    }
    return split.whole.plus(of(new Quotient(split.rest, divisor)));
  }

  public Index modulo(Dim divisor) {
    if (divisor.is(1) || divisor.is(0)) {
      return ZERO;
    }
    Index rest = split(divisor).rest;
    return within(rest, divisor) ? rest : of(new Remainder(rest, divisor));
  }

  private record Split(Index whole, Index rest) {}

  /** This as {@code whole * divisor + rest}, taking out what is visibly a multiple. */
  private Split split(Dim divisor) {
    Index whole = ZERO;
    Index rest = ZERO;
    for (Term term : terms) {
      if (term.coefficient.isDivisibleBy(divisor)) {
        Index atom = new Index(List.of(new Term(term.key, term.atom, Dim.ONE)), Dim.ZERO);
        whole = whole.plus(atom.times(term.coefficient.dividedBy(divisor)));
      } else {
        rest = rest.plus(new Index(List.of(term), Dim.ZERO));
      }
    }
    if (constant.isDivisibleBy(divisor)) {
      whole = whole.plus(of(constant.dividedBy(divisor)));
    } else if (constant.isFixed() && divisor.isFixed()) {
      long q = Math.floorDiv((long) constant.fixed(), (long) divisor.fixed());
      whole = whole.plus(of(q));
      rest = rest.plus(of(constant.fixed() - q * divisor.fixed()));
    } else {
      rest = rest.plus(of(constant));
    }
    // Division truncates: a rest below zero would be rounded up where the whole is rounded down.
    Dim least = rest.bound(false);
    return least != null && nonNegative(least) ? new Split(whole, rest) : new Split(ZERO, this);
  }

  /** Whether {@code 0 <= index < bound} is certain for every batch size from 1 up. */
  public static boolean within(Index index, Dim bound) {
    Dim low = index.bound(false);
    Dim high = index.bound(true);
    return low != null
        && high != null
        && nonNegative(low)
        && nonNegative(bound.minus(1).minus(high));
  }

  private static boolean nonNegative(Dim dim) {
    // Sufficient for N >= 1: move each negative coefficient under the next higher power.
    long carry = 0;
    for (int power = dim.degree(); power >= 0; power--) {
      carry += dim.coefficient(power);
      if (carry < 0) {
        return false;
      }
    }
    return true;
  }

  /** The least or greatest value; null where unknown. */
  private Dim bound(boolean greatest) {
    Dim bound = constant;
    for (Term term : terms) {
      Dim last = last(term.atom);
      if (last == null) {
        return null;
      }
      boolean positive = nonNegative(term.coefficient);
      if (!positive && !nonNegative(term.coefficient.times(-1))) {
        return null;
      }
      if (positive == greatest) {
        bound = bound.plus(term.coefficient.times(last));
      }
    }
    return bound;
  }

  /** The greatest value of an atom whose least is 0; null where unknown. */
  private static Dim last(Atom atom) {
    return switch (atom) {
      case Axis axis -> axis.extent.minus(1);
      case Value value -> null;
      case Least least -> least.x.isConstant() ? least.x.constant : least.y.bound(true);
      case Remainder remainder -> remainder.divisor.minus(1);
      case Quotient quotient -> {
        Dim high = quotient.dividend.bound(true);
        if (high == null) {
          yield null;
        }
        if (high.plus(1).isDivisibleBy(quotient.divisor)) {
          yield high.plus(1).dividedBy(quotient.divisor).minus(1);
        }
        yield high.isFixed() && quotient.divisor.isFixed()
            ? Dim.of(high.fixed() / quotient.divisor.fixed())
            : null;
      }
    };
  }

  /** Replaces an atom everywhere. */
  public Index substitute(Atom atom, Index replacement) {
    if (!mentions(atom)) {
      return this;
    }
    return map(a -> a.equals(atom) ? replacement : of(a));
  }

  /** Rebuilds this position with every innermost atom replaced. */
  public Index map(Function<Atom, Index> leaf) {
    Index result = of(constant);
    for (Term term : terms) {
      Index atom =
          switch (term.atom) {
            case Quotient q -> q.dividend.map(leaf).dividedBy(q.divisor);
            case Remainder r -> r.dividend.map(leaf).modulo(r.divisor);
            case Least least -> least(least.x.map(leaf), least.y.map(leaf));
            case Axis axis -> leaf.apply(axis);
            case Value value -> leaf.apply(value);
          };
      result = result.plus(atom.times(term.coefficient));
    }
    return result;
  }

  /** The sum of two ordered lists of terms. */
  private static List<Term> merge(List<Term> x, List<Term> y) {
    List<Term> sum = new ArrayList<>(x.size() + y.size());
    int i = 0;
    int j = 0;
    while (i < x.size() || j < y.size()) {
      int order = i == x.size() ? 1 : j == y.size() ? -1 : x.get(i).key.compareTo(y.get(j).key);
      if (order < 0) {
        sum.add(x.get(i++));
      } else if (order > 0) {
        sum.add(y.get(j++));
      } else {
        Term term = x.get(i++);
        Dim coefficient = term.coefficient.plus(y.get(j++).coefficient);
        if (!coefficient.is(0)) {
          sum.add(new Term(term.key, term.atom, coefficient));
        }
      }
    }
    return sum;
  }

  /** Applies {@code k d (x / d) + k (x % d) = k x} until nothing changes. */
  private static Index recombine(List<Term> terms, Dim constant) {
    for (Term term : terms) {
      if (term.atom instanceof Remainder remainder) {
        Quotient quotient = new Quotient(remainder.dividend, remainder.divisor);
        Dim factor = term.coefficient;
        Dim wanted = factor.times(remainder.divisor);
        for (Term other : terms) {
          if (other.coefficient.equals(wanted) && other.atom.equals(quotient)) {
            List<Term> rest = new ArrayList<>(terms);
            rest.remove(term);
            rest.remove(other);
            return new Index(rest, constant).plus(remainder.dividend.times(factor));
          }
        }
      }
    }
    return new Index(terms, constant);
  }

  /** {@return the row-major position of coordinates in a shape} */
  public static Index flatten(List<Index> coordinates, List<Dim> dims) {
    Index flat = ZERO;
    Dim stride = Dim.ONE;
    for (int i = dims.size() - 1; i >= 0; i--) {
      flat = flat.plus(coordinates.get(i).times(stride));
      stride = stride.times(dims.get(i));
    }
    return flat;
  }

  /** {@return the coordinates of a row-major position in a shape} */
  public static List<Index> unflatten(Index flat, List<Dim> dims) {
    Index[] coordinates = new Index[dims.size()];
    for (int i = dims.size() - 1; i >= 0; i--) {
      coordinates[i] = i == 0 ? flat : flat.modulo(dims.get(i));
      flat = flat.dividedBy(dims.get(i));
    }
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = dims.get(i).is(1) ? ZERO : coordinates[i];
    }
    return List.of(coordinates);
  }

  /** {@return the value for given values of the innermost atoms, by name, and batch size} */
  public long evaluate(Map<String, Long> variables, long n) {
    long sum = constant.at(n);
    for (Term term : terms) {
      long atom =
          switch (term.atom) {
            case Axis axis -> variables.get(axis.name);
            case Value value -> variables.get(value.name);
            case Quotient q -> q.dividend.evaluate(variables, n) / q.divisor.at(n);
            case Remainder r -> r.dividend.evaluate(variables, n) % r.divisor.at(n);
            case Least least ->
                Math.min(least.x.evaluate(variables, n), least.y.evaluate(variables, n));
          };
      sum += term.coefficient.at(n) * atom;
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Index that) || hash != that.hash || terms.size() != that.terms.size()) {
      return false;
    }
    for (int i = 0; i < terms.size(); i++) {
      Term mine = terms.get(i);
      Term theirs = that.terms.get(i);
      if (!mine.key.equals(theirs.key)
          || !mine.coefficient.equals(theirs.coefficient)
          || !mine.atom.equals(theirs.atom)) {
        return false;
      }
    }
    return constant.equals(that.constant);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  private static String print(Atom atom) {
    return switch (atom) {
      case Axis axis -> axis.name;
      case Value value -> value.name;
      case Quotient q -> "(" + q.dividend + ") / " + ClWriter.size(q.divisor);
      case Remainder r -> "(" + r.dividend + ") % " + ClWriter.size(r.divisor);
      case Least least -> "min((long)(" + least.x + "), (long)(" + least.y + "))";
    };
  }

  /** {@return the text of this position in OpenCL C} */
  @Override
  public String toString() {
    if (terms.isEmpty()) {
      return ClWriter.size(constant);
    }
    String sum =
        terms.stream()
            .map(
                term -> {
                  boolean plain = term.atom instanceof Axis || term.atom instanceof Value;
                  String atom = plain ? term.key : "(" + term.key + ")";
                  return term.coefficient.is(1)
                      ? atom
                      : ClWriter.size(term.coefficient) + " * " + atom;
                })
            .collect(Collectors.joining(" + "));
    return constant.is(0) ? sum : sum + " + " + ClWriter.size(constant);
  }
}
