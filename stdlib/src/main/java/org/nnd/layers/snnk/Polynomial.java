package org.nnd.layers.snnk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.dsl.Check;
import org.nnd.dsl.Tensor;
import org.nnd.ir.Dim;

/**
 * A polynomial {@code sum c_n z^n} of the product: {@code z^n} is the mean of a product of {@code
 * n} independent projections of input and weights (Kar and Karnick 2012, "Random feature maps for
 * dot product kernels", with normal directions). The projections are shared out evenly among the
 * degrees from 1 on; the constant is one more feature. Coefficients are those of degree 0, 1, ….
 */
public record Polynomial(List<Double> coefficients) implements FeaturePair {
  public Polynomial {
    coefficients = List.copyOf(coefficients);
    if (coefficients.stream().skip(1).allMatch(c -> c == 0)
        || coefficients.stream().anyMatch(c -> !Double.isFinite(c))) {
      throw Check.error(
          "snnk: a polynomial needs finite coefficients of degree 0, 1, … and one of degree 1 or"
              + " more that is not 0, got %s",
          coefficients);
    }
  }

  private record Term(int degree, int projections, Augmented[] products) {}

  @Override
  public Features draw(Source source, int in, int m, boolean bias) {
    List<Term> terms = new ArrayList<>();
    List<Integer> degrees = degrees();
    for (int i = 0; i < degrees.size(); i++) {
      int degree = degrees.get(i);
      int share = m / degrees.size() + (i < m % degrees.size() ? 1 : 0);
      String name = degrees.size() == 1 && degree == 1 ? "" : "_" + degree;
      Tensor g =
          source.directions("projection_matrix" + name, degree, share, Augmented.width(in, bias));
      Augmented[] products = new Augmented[degree];
      for (int k = 0; k < degree; k++) {
        products[k] = new Augmented(g.select(0, k), in);
      }
      terms.add(new Term(degree, share, products));
    }
    return new Features() {
      @Override
      public Tensor phi(Tensor x) {
        List<Tensor> parts = new ArrayList<>();
        if (coefficients.get(0) != 0) {
          parts.add(one(x));
        }
        for (Term term : terms) {
          Tensor product = null;
          for (Augmented g : term.products()) {
            Tensor h = g.ofInput(x);
            product = product == null ? h : product.mul(h);
          }
          parts.add(product.mul(1 / Math.sqrt(term.projections())));
        }
        return Tensor.concat(-1, parts);
      }

      @Override
      public Tensor psi(Tensor weight, Optional<Tensor> b) {
        List<Tensor> parts = new ArrayList<>();
        if (coefficients.get(0) != 0) {
          parts.add(one(weight).mul(coefficients.get(0)));
        }
        for (Term term : terms) {
          Tensor product = null;
          for (Augmented g : term.products()) {
            Tensor h = g.ofWeight(weight, b);
            product = product == null ? h : product.mul(h);
          }
          double c = coefficients.get(term.degree());
          parts.add(product.mul(c / Math.sqrt(term.projections())));
        }
        return Tensor.concat(-1, parts);
      }
    };
  }

  /** Ones of the shape {@code [..., 1]}. */
  private static Tensor one(Tensor x) {
    return Tensor.full(x.dtype(), x.shape().with(x.rank() - 1, Dim.ONE), 1);
  }

  /** The degrees from 1 on that have a coefficient. */
  private List<Integer> degrees() {
    List<Integer> degrees = new ArrayList<>();
    for (int n = 1; n < coefficients.size(); n++) {
      if (coefficients.get(n) != 0) {
        degrees.add(n);
      }
    }
    return degrees;
  }

  @Override
  public int width(int m) {
    return coefficients.get(0) == 0 ? m : m + 1;
  }

  @Override
  public int fewest() {
    return degrees().size();
  }

  @Override
  public String activation() {
    return "polynomial";
  }
}
