/**
 * What a device can do at most, measured: the yardstick that kernels are compared with. Figures are
 * the best of several repetitions, because the machine may be doing other things as well.
 */
package org.nnd.opencl.measure;
