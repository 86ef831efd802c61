package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The template of dense 3x3 convolutions by Winograd's minimal filtering (Lavin and Gray 2016,
 * "Fast Algorithms for Convolutional Neural Networks", equation 10), CPU schedule: 4 or 2.25 times
 * fewer multiplications than the direct way, for tiles of 4x4 or 2x2 results.
 *
 * <pre>
 * u[p] = G g Gᵀ               // weights; they stand: computed again only when they have changed
 * v[p] = Bᵀ d B               // tiles of the padded input, lanes along the tiles of a row
 * m[p] = u[p] v[p]            // for each point p a matrix product over the channels
 * result = epilogue(Aᵀ m A)
 * </pre>
 */
final class Winograd {
  private static final LinearMap G2 =
      LinearMap.of(
          new double[] {1, 0, 0},
          new double[] {0.5, 0.5, 0.5},
          new double[] {0.5, -0.5, 0.5},
          new double[] {0, 0, 1});
  private static final LinearMap B2 =
      LinearMap.of(
          new double[] {1, 0, -1, 0},
          new double[] {0, 1, 1, 0},
          new double[] {0, -1, 1, 0},
          new double[] {0, 1, 0, -1});
  private static final LinearMap A2 =
      LinearMap.of(new double[] {1, 1, 1, 0}, new double[] {0, 1, -1, -1});
  private static final LinearMap G4 =
      LinearMap.of(
          new double[] {1 / 4., 0, 0},
          new double[] {-1 / 6., -1 / 6., -1 / 6.},
          new double[] {-1 / 6., 1 / 6., -1 / 6.},
          new double[] {1 / 24., 1 / 12., 1 / 6.},
          new double[] {1 / 24., -1 / 12., 1 / 6.},
          new double[] {0, 0, 1});
  private static final LinearMap B4 =
      LinearMap.of(
          new double[] {4, 0, -5, 0, 1, 0},
          new double[] {0, -4, -4, 1, 1, 0},
          new double[] {0, 4, -4, -1, 1, 0},
          new double[] {0, -2, -1, 2, 1, 0},
          new double[] {0, 2, -1, -2, 1, 0},
          new double[] {0, 4, 0, -5, 0, 1});
  private static final LinearMap A4 =
      LinearMap.of(
          new double[] {1, 1, 1, 1, 1, 0},
          new double[] {0, 1, -1, 2, -2, 0},
          new double[] {0, 1, 1, 4, 4, 0},
          new double[] {0, 1, -1, 8, -8, 1});

  private final Task task;
  private final Target target;
  private final WinogradTiles tiles;
  private final Node input;
  private final Node kernel;
  private final Window window;
  private final KernelCall.Scratch weights;
  private final KernelCall.Scratch inputs;
  private final KernelCall.Scratch products;

  private Winograd(Task task, Target target, WinogradTiles tiles) {
    Node anchor = task.group().anchor();
    this.task = task;
    this.target = target;
    this.tiles = tiles;
    this.input = anchor.operand(0);
    this.kernel = anchor.operand(1);
    this.window = ((Op.Convolution) anchor.op()).window();
    this.weights = scratch("weights", tiles.weightElements());
    this.inputs = scratch("inputs", tiles.elements(tiles.in()));
    this.products = scratch("products", tiles.elements(tiles.out()));
  }

  private KernelCall.Scratch scratch(String name, Dim elements) {
    Node anchor = task.group().anchor();
    return new KernelCall.Scratch(name + anchor.serial(), anchor.dtype(), elements);
  }

  /** {@return the kernels, where this way takes less than the direct one} */
  static Optional<List<Step>> tryLower(Task task, Target target) {
    Node anchor = task.group().anchor();
    if (!task.stands(anchor.operand(1))) {
      return Optional.empty();
    }
    return WinogradTiles.of(anchor, target)
        .map(tiles -> new Winograd(task, target, tiles))
        .map(Winograd::steps);
  }

  private List<Step> steps() {
    return List.of(
        weights(),
        inputs(),
        WinogradProducts.write(task, tiles, target, weights, inputs, products),
        results());
  }

  private LinearMap map(LinearMap two, LinearMap four) {
    return tiles.size() == 2 ? two : four;
  }

  private KernelCall weights() {
    Task part = task.part(kernel);
    Body top = Body.top();
    Task.Arguments arguments = part.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Array u = arguments.scratch(top, "u", weights);
    Kernel.GroupCount rows = new Kernel.GroupCount(Dim.of(tiles.out()), 1);
    Index row = Kernel.group(0, rows);
    top.loop(
        "channel",
        Dim.of(tiles.in()),
        (body, channel) -> {
          List<Expr> taps = new ArrayList<>();
          for (int tap = 0; tap < 9; tap++) {
            List<Index> at = List.of(row, channel, Index.of(tap / 3), Index.of(tap % 3));
            taps.add(emitter.value(body, kernel, at, Lanes.NONE));
          }
          List<Expr> points = map(G2, G4).applyTwice(body, taps);
          Dim perBlock = Dim.of(tiles.rows());
          for (int p = 0; p < points.size(); p++) {
            Index at = tiles.weights(Index.of(p), row.dividedBy(perBlock), channel);
            body.store(u, at.plus(row.modulo(perBlock)), points.get(p));
          }
        });
    return part.call(
        "winograd_weights",
        schedule(),
        arguments,
        List.of(rows),
        List.of(1),
        top.statements(),
        Dim.BATCH);
  }

  private List<String> schedule() {
    return List.of(
        "schedule cpu, tiles of %1$d x %1$d, %2$d lanes".formatted(tiles.size(), tiles.lanes()));
  }

  private KernelCall inputs() {
    Task part = task.part(input);
    Body top = Body.top();
    Task.Arguments arguments = part.arguments(top);
    Array v = arguments.scratch(top, "v", inputs);
    Kernel.GroupCount planes = planes(tiles.in());
    Index plane = Kernel.group(0, planes);
    Index picture = plane.dividedBy(Dim.of(tiles.in()));
    Index channel = plane.modulo(Dim.of(tiles.in()));
    // The products read whole vectors: what lies behind the last tile must be numbers.
    int width = target.width();
    int filled = tiles.down() * tiles.across() / width * width;
    for (int p = 0; p < tiles.points(); p++) {
      for (int t = filled; t < tiles.pitch(); t += width) {
        Index at = tiles.inputs(picture, Index.of(p), channel).plus(t);
        top.store(v, at, Plane.zero(v.dtype(), width));
      }
    }
    Plane padded = padded(top, new Emitter(arguments.loads), List.of(picture, channel));
    top.loop(
        "down",
        Dim.of(tiles.down()),
        (block, down) -> {
          for (int step = 0; step < tiles.steps(); step++) {
            int first = step * tiles.lanes();
            List<Expr> square = square(block, padded, down, first);
            List<Expr> points = map(B2, B4).applyTwice(block, square);
            // Lanes behind the row's last tile: the next row's tiles come after and overwrite them.
            Index tile = down.times(tiles.across()).plus(first);
            for (int p = 0; p < points.size(); p++) {
              Index at = tiles.inputs(picture, Index.of(p), channel).plus(tile);
              block.store(v, at, points.get(p));
            }
          }
        });
    return part.call(
        "winograd_inputs",
        schedule(),
        arguments,
        List.of(planes),
        List.of(1),
        top.statements(),
        Dim.BATCH);
  }

  /** The plane with zeros around it, as far as whole vectors of tiles reach. */
  private Plane padded(Body top, Emitter emitter, List<Index> at) {
    int height = input.shape().size(2);
    int width = input.shape().size(3);
    Plane plane =
        Plane.declare(
            top,
            "plane",
            input.dtype(),
            tiles.down() * tiles.size() + 2,
            (tiles.steps() * tiles.lanes() + 1) * tiles.size(),
            1,
            target.width());
    plane.clear(top);
    plane.fill(
        top,
        emitter,
        input,
        (row, column) -> List.of(at.get(0), at.get(1), row, column),
        Index.ZERO,
        Index.of(height),
        height,
        width,
        Index.of(window.low().get(0)),
        1,
        new Plane.Spread(window.low().get(1), 1));
    return plane;
  }

  /** The elements that tiles depend on, a vector over the tiles for each, in row order. */
  private List<Expr> square(Body body, Plane padded, Index down, int first) {
    int size = tiles.size();
    int lanes = tiles.lanes();
    Array from = padded.array().aligned(1);
    List<Expr> square = new ArrayList<>();
    for (int i = 0; i < tiles.side(); i++) {
      Index line = down.times(size).plus(i).times(padded.pitch()).plus((long) first * size);
      for (int shift = 0; shift < tiles.side(); shift += size) {
        List<Expr> run = new ArrayList<>();
        for (int part = 0; part < size; part++) {
          run.add(
              body.let("d", new Expr.Load(from, line.plus(shift + (long) part * lanes), lanes)));
        }
        for (int j = shift; j < Math.min(shift + size, tiles.side()); j++) {
          square.add(body.let("d", everyOther(run, j - shift)));
        }
      }
    }
    return square;
  }

  /** {@return every size-th element of consecutive vectors, from {@code first} on} */
  private Expr everyOther(List<Expr> run, int first) {
    List<Expr> parts = new ArrayList<>();
    for (int lane = 0; lane < tiles.lanes(); lane++) {
      int at = lane * tiles.size() + first;
      parts.add(new Expr.Lane(run.get(at / tiles.lanes()), at % tiles.lanes()));
    }
    return new Expr.Pack(parts);
  }

  private Kernel.GroupCount planes(int channels) {
    return new Kernel.GroupCount(tiles.pictures().times(channels), 1);
  }

  private KernelCall results() {
    Body top = Body.top();
    Task.Arguments arguments = task.arguments(top);
    Emitter emitter = new Emitter(arguments.loads);
    Array m = arguments.left(top, "m", products);
    Kernel.GroupCount planes = planes(tiles.out());
    Index plane = Kernel.group(0, planes);
    Index picture = plane.dividedBy(Dim.of(tiles.out()));
    Index channel = plane.modulo(Dim.of(tiles.out()));
    top.loop(
        "down",
        Dim.of(tiles.down()),
        (body, down) -> {
          for (int step = 0; step < tiles.steps(); step++) {
            int first = step * tiles.lanes();
            Index tile = down.times(tiles.across()).plus(first);
            List<Expr> points = new ArrayList<>();
            for (int p = 0; p < tiles.points(); p++) {
              Index at = tiles.products(picture, Index.of(p), channel).plus(tile);
              points.add(body.let("m", new Expr.Load(m, at, tiles.lanes())));
            }
            List<Expr> square = map(A2, A4).applyTwice(body, points);
            for (int i = 0; i < tiles.size(); i++) {
              Index row = down.times(tiles.size()).plus(i);
              List<Expr> line = square.subList(i * tiles.size(), (i + 1) * tiles.size());
              int column = first * tiles.size();
              Consumer<Body> write =
                  block ->
                      store(
                          block, arguments, emitter, List.of(picture, channel, row), column, line);
              boolean always = (tiles.down() - 1) * tiles.size() + i < tiles.height();
              if (always) {
                write.accept(body);
              } else {
                body.when(Body.below(row, Index.of(tiles.height())), write);
              }
            }
          }
        });
    return task.call(
            "winograd",
            schedule(),
            arguments,
            List.of(planes),
            List.of(1),
            top.statements(),
            Dim.BATCH)
        .followUp(task);
  }

  /** Stores a row of results of some tiles: the tiles' first, second, … columns take turns. */
  private void store(
      Body body,
      Task.Arguments arguments,
      Emitter emitter,
      List<Index> line,
      int column,
      List<Expr> turns) {
    int lanes = tiles.lanes();
    for (int part = 0; part < tiles.size(); part++) {
      int start = column + part * lanes;
      int inside = Math.min(lanes, tiles.width() - start);
      if (inside <= 0) {
        return;
      }
      List<Expr> parts = new ArrayList<>();
      for (int lane = 0; lane < lanes; lane++) {
        int at = part * lanes + lane;
        parts.add(new Expr.Lane(turns.get(at % tiles.size()), at / tiles.size()));
      }
      if (inside == lanes) {
        Expr whole = body.let("y", new Expr.Pack(parts));
        write(body, arguments, emitter, line, start, lanes, whole);
      } else {
        for (int lane = 0; lane < inside; lane++) {
          write(body, arguments, emitter, line, start + lane, 1, parts.get(lane));
        }
      }
    }
  }

  private void write(
      Body body,
      Task.Arguments arguments,
      Emitter emitter,
      List<Index> line,
      int column,
      int lanes,
      Expr value) {
    Index start = body.axis("column", Index.of(column), Dim.of(tiles.width()));
    List<Index> at = new ArrayList<>(line);
    at.add(start);
    Epilogue.write(task, arguments, emitter, body, at, Lanes.along(start, lanes), value);
  }
}
