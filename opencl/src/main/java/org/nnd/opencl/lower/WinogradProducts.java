package org.nnd.opencl.lower;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nnd.ir.Dim;
import org.nnd.ir.Node;
import org.nnd.opencl.kernel.Array;
import org.nnd.opencl.kernel.Body;
import org.nnd.opencl.kernel.Expr;
import org.nnd.opencl.kernel.Index;
import org.nnd.opencl.kernel.Kernel;

/**
 * The products of {@link Winograd}, one matrix product for each picture and point.
 *
 * <pre>
 * work-item = (picture and point, some blocks of rows, panel of columns)
 * for each block of R rows:
 *   acc[R][V vectors] = sum over channels of u[row] (broadcast) * v[V vectors]
 * </pre>
 */
final class WinogradProducts {
  private WinogradProducts() {}

  static KernelCall write(
      Task whole,
      WinogradTiles tiles,
      Target target,
      KernelCall.Scratch weights,
      KernelCall.Scratch inputs,
      KernelCall.Scratch products) {
    Node anchor = whole.group().anchor();
    Group group = new Group(anchor.shape(), List.of());
    group.add(new Group.Member(anchor, Group.Kind.ANCHOR, Group.axes(anchor.shape())));
    Task task =
        new Task(group, whole.reads(), Set.of(), Map.of(), whole.changed(), Optional.empty());
    Body top = Body.top();
    Task.Arguments arguments = new Task.Arguments();
    Array u = arguments.left(top, "u", weights);
    Array v = arguments.left(top, "v", inputs);
    Array m = arguments.scratch(top, "m", products);
    int width = target.width();
    int panel = tiles.vectors() * width;
    int panels = tiles.pitch() / panel;
    int perItem = blocksPerItem(tiles, panels, target);
    Kernel.GroupCount panelGroups = new Kernel.GroupCount(Dim.of(panels), 1);
    Kernel.GroupCount rowGroups = new Kernel.GroupCount(Dim.of(tiles.blocks()), perItem);
    Kernel.GroupCount pointGroups =
        new Kernel.GroupCount(tiles.pictures().times(tiles.points()), 1);
    Index column = Kernel.group(0, panelGroups).times(panel);
    Index where = Kernel.group(2, pointGroups);
    Index picture = where.dividedBy(Dim.of(tiles.points()));
    Index point = where.modulo(Dim.of(tiles.points()));
    Index start = Kernel.group(1, rowGroups).times(perItem);
    Dim blocks = Dim.of(tiles.blocks());
    Index end =
        top.letIndex("end", Index.least(start.plus(perItem), Index.of(blocks)), blocks.plus(1));
    top.loop(
        "block",
        start,
        end,
        1,
        1,
        blocks,
        (body, block) -> {
          Expr.Variable[][] acc = new Expr.Variable[tiles.rows()][tiles.vectors()];
          for (int r = 0; r < tiles.rows(); r++) {
            for (int c = 0; c < tiles.vectors(); c++) {
              acc[r][c] = body.mutable("acc_%d_%d".formatted(r, c), Plane.zero(m.dtype(), width));
            }
          }
          body.loop(
              "channel",
              Dim.of(tiles.in()),
              (inner, channel) -> {
                Expr[] columns = new Expr[tiles.vectors()];
                for (int c = 0; c < tiles.vectors(); c++) {
                  Index at =
                      tiles.inputs(picture, point, channel).plus(column).plus((long) c * width);
                  columns[c] = inner.let("v_" + c, new Expr.Load(v, at, width));
                }
                for (int r = 0; r < tiles.rows(); r++) {
                  Index at = tiles.weights(point, block, channel).plus(r);
                  Expr weight = new Expr.Splat(new Expr.Load(u, at, 1), width);
                  for (int c = 0; c < tiles.vectors(); c++) {
                    inner.assign(acc[r][c], new Expr.Fma(weight, columns[c], acc[r][c]));
                  }
                }
              });
          for (int r = 0; r < tiles.rows(); r++) {
            Index row = block.times(tiles.rows()).plus(r);
            for (int c = 0; c < tiles.vectors(); c++) {
              Index at = tiles.products(picture, point, row).plus(column).plus((long) c * width);
              body.store(m, at, acc[r][c]);
            }
          }
        });
    return task.call(
        "winograd_products",
        List.of(
            "schedule cpu, tile %d x %d lanes x %d, %d blocks of rows per item"
                .formatted(tiles.rows(), width, tiles.vectors(), perItem)),
        arguments,
        List.of(panelGroups, rowGroups, pointGroups),
        List.of(1, 1, 1),
        top.statements(),
        Dim.BATCH);
  }

  /** All of them, unless that leaves too few work-items for a single picture. */
  private static int blocksPerItem(WinogradTiles tiles, int panels, Target target) {
    int perItem = tiles.blocks();
    while (perItem > 1
        && (long) panels * tiles.points() * Math.ceilDiv(tiles.blocks(), perItem)
            < 16L * target.computeUnits()) {
      perItem = Math.ceilDiv(perItem, 2);
    }
    return perItem;
  }
}
