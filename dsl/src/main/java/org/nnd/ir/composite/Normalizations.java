package org.nnd.ir.composite;

import static org.nnd.ir.Operations.add;
import static org.nnd.ir.Operations.axes;
import static org.nnd.ir.Operations.broadcast;
import static org.nnd.ir.Operations.divide;
import static org.nnd.ir.Operations.expand;
import static org.nnd.ir.Operations.maximum;
import static org.nnd.ir.Operations.mean;
import static org.nnd.ir.Operations.multiply;
import static org.nnd.ir.Operations.reshape;
import static org.nnd.ir.Operations.rsqrt;
import static org.nnd.ir.Operations.square;
import static org.nnd.ir.Operations.subtract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nnd.ir.Dim;
import org.nnd.ir.Graph;
import org.nnd.ir.NndException;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Operations;
import org.nnd.ir.Shape;

/**
 * Normalisations. Variances are two-pass: the mean of the squared distances from the mean.
 * Attribute {@code eps} is added to the variance.
 */
public final class Normalizations {
  private Normalizations() {}

  /** What a batch normalisation in training gives. */
  public record BatchStatistics(Node output, Node mean, Node unbiasedVariance) {}

  /** (x - mean) / √(var + eps) over the given axes. */
  private static Node standardize(Node x, List<Integer> removed, double eps) {
    Node centred = subtract(x, expand(mean(x, removed), x.shape(), removed));
    Node variance = mean(square(centred), removed);
    return multiply(centred, expand(rsqrt(add(variance, eps)), x.shape(), removed));
  }

  /** x · scale + shift with vectors lying at {@code axes}. */
  private static Node affine(Node x, Node scale, Node shift, List<Integer> at) {
    Node scaled = multiply(x, broadcast(scale, x.shape(), at));
    return add(scaled, broadcast(shift, x.shape(), at));
  }

  /**
   * Layer normalisation (Ba, Kiros and Hinton 2016).
   *
   * @param axes over which each example is normalised; attribute {@code axes}
   * @param scale of the shape of those axes
   * @param shift likewise
   */
  public static Node layerNorm(Node x, Node scale, Node shift, List<Integer> axes, double eps) {
    return Operations.composite(
        "layerNorm",
        Map.of("axes", List.copyOf(axes), "eps", eps),
        List.of(x, scale, shift),
        a -> affine(standardize(a.get(0), axes, eps), a.get(1), a.get(2), axes));
  }

  /** {@return x / √(mean x² + eps) · scale over the given axes (Zhang and Sennrich 2019)} */
  public static Node rmsNorm(Node x, Node scale, List<Integer> axes, double eps) {
    return Operations.composite(
        "rmsNorm",
        Map.of("axes", List.copyOf(axes), "eps", eps),
        List.of(x, scale),
        a -> {
          Node rms = rsqrt(add(mean(square(a.get(0)), axes), eps));
          Node normal = multiply(a.get(0), expand(rms, x.shape(), axes));
          return multiply(normal, broadcast(a.get(1), x.shape(), axes));
        });
  }

  /**
   * Batch normalisation in training (Ioffe and Szegedy 2015): normalises {@code x [N, C, …]} by the
   * mean and the biased variance of the batch.
   *
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   */
  public static BatchStatistics batchNorm(Node x, Node scale, Node shift, double eps) {
    List<Integer> others = new ArrayList<>(axes(x.rank()));
    others.remove(1);
    Graph body =
        Operations.trace(
            List.of(x.type(), scale.type(), shift.type()),
            a -> {
              Node batch = a.get(0);
              Node mean = mean(batch, others);
              Node centred = subtract(batch, expand(mean, x.shape(), others));
              Node variance = mean(square(centred), others);
              Node normal = multiply(centred, expand(rsqrt(add(variance, eps)), x.shape(), others));
              Node output = affine(normal, a.get(1), a.get(2), List.of(1));
              return List.of(output, mean, multiply(variance, correction(batch, others)));
            });
    Node composite =
        Node.of(new Op.Composite("batchNorm", Map.of("eps", eps), body), x, scale, shift);
    List<Node> results = Operations.results(composite);
    return new BatchStatistics(results.get(0), results.get(1), results.get(2));
  }

  /** n / (n - 1) for n elements per channel, {@code [C]}; 1 for a single element. */
  private static Node correction(Node x, List<Integer> others) {
    Dim count = others.stream().map(axis -> x.shape().dim(axis)).reduce(Dim.ONE, Dim::times);
    Node n = Operations.size(x.dtype(), count);
    Node ratio = divide(n, maximum(add(n, -1), 1));
    return broadcast(ratio, Shape.of(x.shape().dim(1)), List.of());
  }

  /**
   * {@return (x - mean) / √(variance + eps) · scale + shift for {@code x [N, C, …]} and vectors
   * {@code [C]}: batch normalisation by given statistics}
   */
  public static Node batchNormInference(
      Node x, Node scale, Node shift, Node mean, Node variance, double eps) {
    return Operations.composite(
        "batchNormInference",
        Map.of("eps", eps),
        List.of(x, scale, shift, mean, variance),
        a -> {
          Node factor = multiply(a.get(1), rsqrt(add(a.get(4), eps)));
          Node centred = subtract(a.get(0), broadcast(a.get(3), x.shape(), List.of(1)));
          return affine(centred, factor, a.get(2), List.of(1));
        });
  }

  /**
   * Group normalisation (Wu and He 2018) of {@code x [N, C, …]}: each example's channels in {@code
   * groups} groups (attribute).
   *
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   */
  public static Node groupNorm(Node x, Node scale, Node shift, int groups, double eps) {
    Dim channels = x.shape().dim(1);
    if (groups < 1 || !channels.isDivisibleBy(Dim.of(groups))) {
      throw new NndException(
          "group normalisation of %s channels in %d groups: the groups must divide the channels"
              .formatted(channels, groups));
    }
    return Operations.composite(
        "groupNorm",
        Map.of("groups", groups, "eps", eps),
        List.of(x, scale, shift),
        a -> {
          Shape split = x.shape().with(1, channels.dividedBy(groups)).insert(1, Dim.of(groups));
          List<Integer> inside = IntStream.range(2, split.rank()).boxed().toList();
          Node normal = standardize(reshape(a.get(0), split), inside, eps);
          return affine(reshape(normal, x.shape()), a.get(1), a.get(2), List.of(1));
        });
  }

  /**
   * Instance normalisation (Ulyanov et al. 2016) of {@code x [N, C, …]}: each channel of each
   * example.
   *
   * @param scale {@code [C]}
   * @param shift {@code [C]}
   */
  public static Node instanceNorm(Node x, Node scale, Node shift, double eps) {
    return Operations.composite(
        "instanceNorm",
        Map.of("eps", eps),
        List.of(x, scale, shift),
        a -> {
          List<Integer> spatial = IntStream.range(2, x.rank()).boxed().toList();
          return affine(standardize(a.get(0), spatial, eps), a.get(1), a.get(2), List.of(1));
        });
  }
}
