package org.nnd.bench;

/**
 * Another library that computes the same. Found by {@link java.util.ServiceLoader}; none is part of
 * NND.
 */
public interface Peer extends AutoCloseable {
  String name();

  /**
   * Makes a work ready to run, in the layout and mode that is fastest.
   *
   * @param threads how many it may use
   * @throws org.nnd.ir.NndException saying why it cannot
   */
  Contender prepare(Work work, int threads);

  @Override
  void close();
}
