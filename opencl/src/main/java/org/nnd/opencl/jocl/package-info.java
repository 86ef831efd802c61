/**
 * The OpenCL host layer: devices, buffers, programs and kernels. The only package that meets JOCL,
 * so that another binding can take its place.
 *
 * <h2>Semantics</h2>
 *
 * <ul>
 *   <li>A {@link org.nnd.opencl.jocl.Device} owns one context and one in-order queue. Commands run
 *       in the order of their submission; submission may happen on any thread and is serialised by
 *       the device. No command waits on an event.
 *   <li>{@code launch}, {@code fill} and {@code copyTo} return at once. {@code read} and {@code
 *       write} return when the data has been copied, hence after everything submitted before.
 *   <li>{@code close()} on anything may be called at any time, also while commands that use it are
 *       pending: the driver keeps what a pending command needs. Using a closed object is an {@link
 *       java.lang.IllegalStateException}, never a crash. Buffers, programs and kernels that nobody
 *       closes are freed after they have become unreachable.
 *   <li>What a user can act on (no driver, no such device, out of memory, a kernel that does not
 *       build or launch) is an {@link org.nnd.ir.NndException}.
 * </ul>
 */
package org.nnd.opencl.jocl;
