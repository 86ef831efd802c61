/**
 * Level 4: plans and their execution. An {@link org.nnd.opencl.runtime.Executable} holds the
 * compiled kernels of a graph; for each batch size it meets it lays out one arena, sets every
 * argument once, and from then on only launches. Parameters live in {@link
 * org.nnd.opencl.runtime.Variables} on the device and are updated in place.
 */
package org.nnd.opencl.runtime;
