package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import org.nnd.ir.Dim;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;

/**
 * Writes the stages of a Fourier transform from one half of a work area to the other:
 *
 * <pre>
 * stage of radix r after stages of product p, over butterflies i = j p + k, k below p:
 *   v[q] = in[i + q n / r] * twiddle[q][k]       for q below r
 *   out[j p r + k + q p] = sum over s of v[s] exp(-2 pi i q s / r)
 * </pre>
 */
final class FourierStages {
  /**
   * A work area: real and imaginary parts, twice; an element is {@code lanes} numbers.
   *
   * @param base where each of the four starts in its array
   */
  record Area(List<Array> arrays, List<Index> base, int lanes) {
    Complex load(int half, Index at) {
      return new Complex(part(2 * half, at), part(2 * half + 1, at));
    }

    private Expr part(int i, Index at) {
      return new Expr.Load(arrays.get(i), base.get(i).plus(at.times(lanes)), lanes);
    }

    void store(Body body, int half, Index at, Complex value) {
      body.store(arrays.get(2 * half), base.get(2 * half).plus(at.times(lanes)), value.re());
      body.store(
          arrays.get(2 * half + 1), base.get(2 * half + 1).plus(at.times(lanes)), value.im());
    }
  }

  /** How the work-items share a loop, and wait for each other after it. */
  interface Crew {
    void loop(Body body, String name, int extent, Body.LoopBody write);

    void wait(Body body);
  }

  private final FourierPlan plan;
  private final Array table;
  private final Area area;
  private final Crew crew;

  FourierStages(FourierPlan plan, Array table, Area area, Crew crew) {
    this.plan = plan;
    this.table = table;
    this.area = area;
    this.crew = crew;
  }

  Complex fromTable(Body body, Index at) {
    Expr re = body.let("cos", new Expr.Load(table, at.times(2), 1));
    Expr im = body.let("sin", new Expr.Load(table, at.times(2).plus(1), 1));
    int lanes = area.lanes;
    return lanes == 1
        ? new Complex(re, im)
        : new Complex(new Expr.Splat(re, lanes), new Expr.Splat(im, lanes));
  }

  /**
   * @param half the half of the area that holds the input
   * @return the half that holds the result
   */
  int write(Body body, int half, boolean inverse) {
    int p = 1;
    int from = half;
    for (int stage = 0; stage < plan.radices().size(); stage++) {
      int radix = plan.radices().get(stage);
      stage(body, from, radix, p, plan.twiddles(stage), inverse);
      crew.wait(body);
      p *= radix;
      from = 1 - from;
    }
    return from;
  }

  private void stage(Body body, int half, int radix, int p, int twiddles, boolean inverse) {
    int stride = plan.size() / radix;
    body.comment("radix %d, stride %d".formatted(radix, p));
    crew.loop(
        body,
        "i",
        stride,
        (block, i) -> {
          Index k = i.modulo(Dim.of(p));
          Index j = i.dividedBy(Dim.of(p));
          List<Complex> v = new ArrayList<>();
          for (int q = 0; q < radix; q++) {
            Complex value = area.load(half, i.plus((long) q * stride)).named(block, "v" + q);
            if (q > 0 && p > 1) {
              Complex factor = fromTable(block, k.plus(twiddles + (long) (q - 1) * p));
              value = value.times(inverse ? factor.conjugate() : factor).named(block, "t" + q);
            }
            v.add(value);
          }
          List<Complex> out = butterfly(block, v, inverse);
          for (int q = 0; q < radix; q++) {
            Index at = j.times((long) p * radix).plus(k).plus((long) q * p);
            area.store(block, 1 - half, at, out.get(q));
          }
        });
  }

  /** The transform of a few values. */
  private static List<Complex> butterfly(Body body, List<Complex> v, boolean inverse) {
    return switch (v.size()) {
      case 2 -> List.of(v.get(0).plus(v.get(1)), v.get(0).minus(v.get(1)));
      case 4 -> {
        Complex a = v.get(0).plus(v.get(2)).named(body, "a");
        Complex b = v.get(0).minus(v.get(2)).named(body, "b");
        Complex c = v.get(1).plus(v.get(3)).named(body, "c");
        Complex d = v.get(1).minus(v.get(3)).turned(inverse).named(body, "d");
        yield List.of(a.plus(c), b.plus(d), a.minus(c), b.minus(d));
      }
      default -> {
        int n = v.size();
        List<Complex> out = new ArrayList<>();
        for (int s = 0; s < n; s++) {
          Complex sum = v.get(0);
          for (int q = 1; q < n; q++) {
            double angle = (inverse ? 2 : -2) * Math.PI * (q * s % n) / n;
            Complex term = s == 0 ? v.get(q) : v.get(q).times(Math.cos(angle), Math.sin(angle));
            sum = sum.plus(term).named(body, "sum");
          }
          out.add(sum);
        }
        yield out;
      }
    };
  }
}
