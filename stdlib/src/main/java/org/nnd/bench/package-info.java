/**
 * Benchmarks: how long NND's kernels take and what share of the device's limit that is.
 *
 * <p>A {@link org.nnd.bench.Case} is a graph with the floating-point operations that its
 * mathematics needs; its bytes are those of the tensors that it is given and that it returns, each
 * crossing the memory bus once. The <em>limit</em> of a case is the longer of the two times that
 * the device needs for them at its peak rates, which are measured in the same run. A convolution
 * counts every tap of its kernel at every position of its output, taps on the padding too, as is
 * usual.
 *
 * <p>Times are seconds here and milliseconds where they are shown.
 */
package org.nnd.bench;
