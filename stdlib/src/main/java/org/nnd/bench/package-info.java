/**
 * Benchmarks: how long NND takes, what share of the device's limit that is, and how long others
 * take.
 *
 * <p>A {@link org.nnd.bench.Case} is a {@link org.nnd.bench.Work}: a forward computation and what
 * is wanted of it, its outputs, gradients, or a step of training. NND compiles the whole graph; a
 * {@link org.nnd.bench.Peer} makes of it what it likes, on the same values, and takes turns with
 * NND ({@link org.nnd.bench.Rounds}). What it gives is compared once before that.
 *
 * <p>The operations of a case are those of its graph ({@link org.nnd.model.Flops}); its bytes are
 * those of the tensors that it is given, returns and changes, each crossing the memory bus once
 * ({@link org.nnd.bench.Traffic}). The <em>limit</em> is the longer of the two times that the
 * device needs for them at its peak rate of multiply-adds and at the rate at which it copies
 * memory. The former is measured at the beginning; the latter changes while others use the memory,
 * and is measured again in turns with each case that it limits. What fits the caches may exceed it.
 *
 * <p>Times are seconds here and milliseconds where they are shown. Cases are in {@code suites}.
 */
package org.nnd.bench;
