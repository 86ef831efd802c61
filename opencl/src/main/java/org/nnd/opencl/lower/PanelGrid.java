package org.nnd.opencl.lower;

/**
 * How the rows and panels of a product are shared out to work-items. Every work-item packs its
 * panels anew, so it should have many rows; and all cores should be done at the same time.
 *
 * @param outside products of this kind; 0 where that depends on the batch size
 * @param panels whole panels
 * @param ragged whether the last work-item has one panel more
 * @param packing what packing a panel takes, in rows of results
 */
record PanelGrid(long outside, int rows, int panels, boolean ragged, int packing, int cores) {
  /** Work-items per core from which on cores are done at the same time, whatever they do. */
  private static final int MANY = 32;

  /** What longer stretches of memory are worth. */
  private static final double WORTH = 1.03;

  /**
   * {@return rows per work-item, a multiple of {@code tile} or all of them}
   *
   * @param most of them that are allowed
   */
  int rowBlock(int tile, int most) {
    int best = Math.min(rows, most);
    double least = Double.MAX_VALUE;
    for (int count = Math.ceilDiv(rows, most); count <= Math.ceilDiv(rows, 2 * tile); count++) {
      int block = Math.min(most, Math.ceilDiv(Math.ceilDiv(rows, count), tile) * tile);
      double time = time(block, 1);
      if (time < least) {
        least = time;
        best = block;
      }
    }
    return best;
  }

  /** {@return panels per work-item: as many as may be up to {@code most}} */
  int span(int block, int most) {
    double least = Double.MAX_VALUE;
    for (int span = 1; span <= Math.min(most, panels); span++) {
      least = Math.min(least, time(block, span));
    }
    int span = Math.min(most, panels);
    while (span > 1 && time(block, span) > WORTH * least) {
      span--;
    }
    return span;
  }

  /** Until the last core is done, each taking the next work-item when it has finished one. */
  private double time(int block, int span) {
    int rowGroups = Math.ceilDiv(rows, block);
    int panelGroups = Math.ceilDiv(panels, span);
    double one = (double) (panels + (ragged ? 1 : 0)) * (rows + (double) rowGroups * packing);
    if (outside == 0 || outside * rowGroups * panelGroups > (long) MANY * cores) {
      return Math.max(1, outside) * one / cores;
    }
    double[] busy = new double[cores];
    for (long o = 0; o < outside; o++) {
      for (int r = 0; r < rows; r += block) {
        for (int p = 0; p < panels; p += span) {
          boolean last = p + span >= panels;
          int some = last ? panels - p + (ragged ? 1 : 0) : span;
          int first = 0;
          for (int core = 1; core < cores; core++) {
            first = busy[core] < busy[first] ? core : first;
          }
          busy[first] += some * (Math.min(block, rows - r) + (double) packing);
        }
      }
    }
    double until = 0;
    for (double core : busy) {
      until = Math.max(until, core);
    }
    return until;
  }
}
