package org.nnd.opencl.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.ir.Op;
import org.nnd.ir.Shape;
import org.nnd.ir.Window;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The input of a dense convolution with its padding written out by a kernel of its own, so that
 * packing a panel needs no bounds: each element is packed once for every tap and block of rows.
 * Where the window moves in strides, columns are split by phase (see {@link Plane}).
 *
 * @param node the padded input {@code [.., rows, columns]} as the contraction reads it
 */
record PaddedInput(Node input, Node node, Window window, KernelCall.Scratch scratch, Plane plane) {
  private static final String NAME = "padded";

  /** {@return the padded input of a convolution that gains by it} */
  static Optional<PaddedInput> of(Node convolution, Node padded, int width) {
    Window window = ((Op.Convolution) convolution.op()).window();
    Node input = convolution.operand(0);
    int rank = window.rank();
    boolean onePoint =
        convolution.operand(1).shape().dims().subList(2, rank + 2).stream().allMatch(d -> d.is(1));
    boolean sizesKnown = input.shape().dims().subList(2, rank + 2).stream().allMatch(Dim::isFixed);
    boolean crops =
        window.low().stream().anyMatch(low -> low < 0)
            || window.high().stream().anyMatch(high -> high < 0);
    // Elements of 16 bits are converted one by one as they are read.
    if (rank > 2 || onePoint || !sizesKnown || crops || Emitter.isNarrow(padded.dtype())) {
      return Optional.empty();
    }
    Shape shape = padded.shape();
    int stride = window.stride().get(rank - 1);
    int rows = rank == 1 ? 1 : shape.size(2);
    int columns = Math.ceilDiv(shape.size(rank + 1), stride);
    Array nowhere = Array.argument(NAME, padded.dtype(), Array.Space.READ);
    Plane plane = Plane.in(nowhere, rows, columns, stride, width);
    Dim planes = shape.dim(0).times(shape.dim(1));
    KernelCall.Scratch scratch =
        new KernelCall.Scratch(NAME, padded.dtype(), planes.times((long) rows * plane.pitch()));
    return Optional.of(new PaddedInput(input, padded, window, scratch, plane));
  }

  /** {@return the kernel that writes it, one work-item for each picture} */
  KernelCall fill(Task task) {
    Task filling = task.part(node);
    Body top = Body.top();
    Task.Arguments arguments = filling.arguments(top);
    Plane target = plane.in(arguments.scratch(top, NAME, scratch));
    Emitter emitter = new Emitter(arguments.loads);
    Dim pictures = node.shape().dim(0).times(node.shape().dim(1));
    Kernel.GroupCount groups = new Kernel.GroupCount(pictures, 1);
    Index picture = Kernel.group(0, groups);
    Index firstRow = picture.times(plane.rows());
    int rank = window.rank();
    int rows = rank == 1 ? 1 : input.shape().size(2);
    int columns = input.shape().size(rank + 1);
    target.clear(top, firstRow.times(plane.pitch()), plane.rows() * plane.pitch());
    List<Index> outer = Index.unflatten(picture, node.shape().dims().subList(0, 2));
    target.fill(
        top,
        emitter,
        input,
        (row, column) -> {
          List<Index> at = new ArrayList<>(outer);
          if (rank == 2) {
            at.add(row);
          }
          at.add(column);
          return at;
        },
        Index.ZERO,
        Index.of(rows),
        rows,
        columns,
        firstRow.plus(rank == 1 ? 0 : window.low().get(0)),
        rank == 1 ? 1 : window.inputDilation().get(0),
        new Plane.Spread(window.low().get(rank - 1), window.inputDilation().get(rank - 1)));
    return filling.call(
        "pad",
        List.of("schedule cpu"),
        arguments,
        List.of(groups),
        List.of(1),
        top.statements(),
        Dim.BATCH);
  }

  /** Lets an emitter read the padded input where the first kernel has written it. */
  void bind(Body top, Task.Arguments arguments, Emitter emitter) {
    Array array = arguments.scratch(top, NAME, scratch);
    emitter.bind(node, (body, at, lanes) -> emitter.load(body, array, place(at), lanes));
  }

  private Index place(List<Index> at) {
    int last = at.size() - 1;
    Index picture = Index.flatten(at.subList(0, 2), node.shape().dims().subList(0, 2));
    Index row = picture.times(plane.rows()).plus(last == 2 ? Index.ZERO : at.get(2));
    return row.times(plane.pitch()).plus(plane.position(at.get(last)));
  }
}
