package org.nnd.layers.linear;

import static org.nnd.dsl.Combinators.inline;
import static org.nnd.dsl.Combinators.named;
import static org.nnd.dsl.Combinators.sequential;

import java.util.List;
import org.nnd.dsl.Block;
import org.nnd.dsl.Check;
import org.nnd.dsl.Initializer;
import org.nnd.dsl.Layer;
import org.nnd.dsl.Lowering;
import org.nnd.dsl.Site;
import org.nnd.dsl.Tensor;
import org.nnd.dsl.Tensors;
import org.nnd.ir.Dim;
import org.nnd.ir.Literal;
import org.nnd.ir.Operations;
import org.nnd.ir.Window;
import org.nnd.layers.Expect;
import org.nnd.layers.Layers;

/**
 * A lambda layer (Bello 2021): every position of {@code [N, C, H, W]} applies a linear function of
 * its own to its query; it is made of the content of all positions, and of their values by relative
 * position. Variables as in lambda-networks: {@code to_q.weight}, {@code to_k.weight}, {@code
 * to_v.weight}, {@code norm_q}, {@code norm_v} (batch norms), and {@code pos_conv.weight [k, u, 1,
 * r, r]}, {@code pos_conv.bias} or {@code rel_pos_emb [2 n - 1, 2 n - 1, k, u]}.
 *
 * @param dimKey k, the features of a query
 * @param dimOut the number of output channels; 0: as many as come in
 * @param dimIntra u, the intra-depth
 * @param context what the positions are relative to
 */
public record LambdaLayer(
    int dimKey, int heads, int dimOut, int dimIntra, Context context, Site site) implements Block {
  private static final String NAME = "lambdaLayer";

  /** Which positions a position sees. */
  public sealed interface Context {
    /** Those within an odd window of {@code size} by {@code size}, by a convolution. */
    record Local(int size) implements Context {
      public Local {
        Check.odd(NAME, "the size of the local context", size);
      }
    }

    /** All of a picture of {@code size} by {@code size}. */
    record Global(int size) implements Context {
      public Global {
        Check.positive(NAME, "the size of the global context", size);
      }
    }
  }

  public LambdaLayer {
    Check.positive(NAME, "the dimension of keys", dimKey);
    Check.positive(NAME, "the number of heads", heads);
    Check.notNegative(NAME, "the number of output channels", dimOut);
    Check.positive(NAME, "the intra-depth", dimIntra);
  }

  static LambdaLayer of(int dimKey, Context context, Site site) {
    return new LambdaLayer(dimKey, 4, 0, 1, context, site);
  }

  /** {@return this with so many queries at each position, whose results lie side by side} */
  public LambdaLayer heads(int count) {
    return new LambdaLayer(dimKey, count, dimOut, dimIntra, context, site);
  }

  /** {@return this with another number of output channels than comes in} */
  public LambdaLayer out(int channels) {
    Check.positive(NAME, "the number of output channels", channels);
    return new LambdaLayer(dimKey, heads, channels, dimIntra, context, site);
  }

  /** {@return this with another number u of keys and values for each position} */
  public LambdaLayer intraDepth(int u) {
    return new LambdaLayer(dimKey, heads, dimOut, u, context, site);
  }

  @Override
  public Tensors lower(Lowering at, Tensors inputs) {
    Tensor x = inputs.one();
    Expect.rank(at, NAME, x, 4, "[N, C, H, W]");
    Expect.floats(at, NAME, x);
    int channels = Expect.fixed(at, NAME, x, 1, "channels");
    int rows = Expect.fixed(at, NAME, x, 2, "rows");
    int columns = Expect.fixed(at, NAME, x, 3, "columns");
    int out = dimOut == 0 ? channels : dimOut;
    Expect.divides(at, NAME, heads, "heads", out, "output channels");
    int values = out / heads;
    Dim n = x.dim(0);
    Dim m = Dim.of((long) rows * columns);
    Dim u = Dim.of(dimIntra);
    Dim k = Dim.of(dimKey);
    Tensor q = at.call("", projection("q", dimKey * heads, true), x);
    Tensor query = q.reshape(n, Dim.of(heads), k, m).transpose();
    Tensor key =
        at.call("", projection("k", dimKey * dimIntra, false), x).reshape(n, u, k, m).softmax(-1);
    Tensor value =
        at.call("", projection("v", values * dimIntra, true), x).reshape(n, u, Dim.of(values), m);
    Tensor content = key.matmul(value.transpose()).sum(1);
    Tensor byContent = query.matmul(content.unsqueeze(1));
    Tensor lambdas =
        switch (context) {
          case Context.Local local -> local(at, value, local.size(), rows, columns);
          case Context.Global global -> global(at, value, global.size(), rows, columns);
        };
    // A matrix [k, v] for each position: [N, m, heads, k] times [N, m, k, v].
    Tensor byPosition = query.transpose(1, 2).matmul(lambdas).transpose(1, 2);
    Tensor y = byContent.add(byPosition).transpose();
    return Tensors.of(y.reshape(n, Dim.of(out), Dim.of(rows), Dim.of(columns)))
        .with(inputs.masks());
  }

  private static Layer projection(String name, int channels, boolean norm) {
    Layer conv = named("to_" + name, Layers.conv(channels).kernel(1).bias(false));
    return inline(
        norm ? sequential(conv, named("norm_" + name, Layers.batchNorm())) : sequential(conv));
  }

  /** {@code [N, u, v, m]} to {@code [N, m, k, v]}: every value feature convolved alike. */
  private Tensor local(Lowering at, Tensor value, int size, int rows, int columns) {
    int values = value.size(2);
    Initializer start = Initializer.kaimingUniform(Math.sqrt(5));
    Tensor weight =
        at.parameter("pos_conv.weight", start, dimKey, dimIntra, 1, size, size)
            .reshape(dimKey, dimIntra, size, size);
    long fan = (long) dimIntra * size * size;
    Tensor bias =
        at.parameter("pos_conv.bias", Initializer.kaimingUniform(Math.sqrt(5), fan), dimKey);
    Tensor pictures =
        value
            .transpose(1, 2)
            .reshape(value.dim(0).times(values), Dim.of(dimIntra), Dim.of(rows), Dim.of(columns));
    List<Integer> half = List.of(size / 2, size / 2);
    Window window = Window.of(List.of(size, size)).padding(half, half);
    Tensor maps =
        Tensor.of(Operations.convolution(pictures.node(), weight.node(), window, Dim.ONE, Dim.ONE))
            .add(bias.reshape(dimKey, 1, 1));
    return maps.reshape(value.dim(0), value.dim(2), Dim.of(dimKey), value.dim(3))
        .permute(0, 3, 2, 1);
  }

  /** {@code [N, u, v, m]} to {@code [N, m, k, v]}, by an embedding of every relative position. */
  private Tensor global(Lowering at, Tensor value, int n, int rows, int columns) {
    if (rows != n || columns != n) {
      throw at.error(
          "%s: the global context is %dx%d, got a picture of %dx%d", NAME, n, n, rows, columns);
    }
    long lengths = 2L * n - 1;
    Tensor table =
        at.parameter("rel_pos_emb", Initializer.normal(0, 1), lengths, lengths, dimKey, dimIntra);
    int m = n * n;
    int[] places = new int[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        int row = j / n - i / n + n - 1;
        int column = j % n - i % n + n - 1;
        places[i * m + j] = row * (2 * n - 1) + column;
      }
    }
    Tensor index = Tensor.of(Operations.constant(Literal.of(places, m, m)));
    // [m, m', k, u] to [m, k, m' u]; values to [N, m' u, v].
    Tensor embeddings =
        table
            .reshape(lengths * lengths, dimKey, dimIntra)
            .gather(index, 0)
            .permute(0, 2, 1, 3)
            .reshape((long) m * dimKey, (long) m * dimIntra);
    Tensor read =
        value.permute(0, 3, 1, 2).reshape(value.dim(0), Dim.of((long) m * dimIntra), value.dim(2));
    // Broadcasting the table over the batch would copy it: one product over N v instead.
    Tensor flat = read.permute(0, 2, 1).matmul(embeddings.transpose());
    return flat.reshape(value.dim(0), value.dim(2), Dim.of(m), Dim.of(dimKey)).permute(0, 2, 3, 1);
  }

  @Override
  public String toString() {
    String head =
        switch (context) {
          case Context.Local local -> "lambdaLayer(" + dimKey + ", " + local.size() + ")";
          case Context.Global global -> "globalLambdaLayer(" + dimKey + ", " + global.size() + ")";
        };
    return head
        + (heads == 4 ? "" : ".heads(" + heads + ")")
        + (dimOut == 0 ? "" : ".out(" + dimOut + ")")
        + (dimIntra == 1 ? "" : ".intraDepth(" + dimIntra + ")");
  }
}
