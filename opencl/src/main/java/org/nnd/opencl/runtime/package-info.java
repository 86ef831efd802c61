/**
 * Level 4: plans and their execution. An {@link org.nnd.opencl.runtime.Executable} holds the
 * compiled kernels of a graph; for each batch size it meets it lays out the values in one arena,
 * which all batch sizes share, sets every argument once, and from then on only launches. Parameters
 * live in {@link org.nnd.opencl.runtime.Variables} on the device and are updated in place.
 *
 * <h2>Semantics</h2>
 *
 * <ul>
 *   <li>A run reads the variables as they were before it; what it returns and what other variables
 *       are set to are those values, also where a variable is updated in the same run.
 *   <li>Runs are submitted one after the other, from whichever threads; two runs that use the same
 *       variables never mix.
 *   <li>{@link org.nnd.opencl.runtime.Results} stay those of their run: what has not been read when
 *       the executable runs again is copied aside on the device.
 *   <li>A value lies in one buffer; the arena is several buffers where a device allows none so
 *       large. No kernel reads what nobody wrote: tests fill the arena with not-a-number.
 *   <li>After an error of the driver everything can be used again. A refused launch may leave some
 *       variables updated and others not.
 * </ul>
 */
package org.nnd.opencl.runtime;
