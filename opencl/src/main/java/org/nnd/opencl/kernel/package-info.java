/**
 * Level 3: kernel programs. A {@link org.nnd.opencl.kernel.Kernel} is one loop nest over arrays in
 * global, local or private memory: few statements, few expressions, sizes and strides as constants
 * but for the batch size {@code N}, which is an argument.
 *
 * <p>Semantics:
 *
 * <ul>
 *   <li>Values are scalars or vectors of 2, 4, 8 or 16 lanes of a {@link org.nnd.ir.DType}. A bool
 *       value is an {@code int}, 0 or 1 as a scalar, 0 or -1 in each lane of a vector.
 *   <li>Integer positions are {@link org.nnd.opencl.kernel.Index}es: linear forms over axes with
 *       quotients and remainders as further atoms, kept in a normal form so that equal positions
 *       are equal objects.
 *   <li>{@code fma} rounds once; everything else follows {@link org.nnd.ir}.
 *   <li>A work-item runs its statements in order. Work-groups are independent: no kernel relies on
 *       the order of groups, and none uses atomics, so results do not depend on scheduling.
 *   <li>A kernel written by hand is one statement, {@link org.nnd.opencl.kernel.Stmt.Source}; what
 *       it promises of this is its author's word.
 * </ul>
 *
 * {@link org.nnd.opencl.kernel.ClWriter} prints a kernel as OpenCL C 1.2.
 */
package org.nnd.opencl.kernel;
