/**
 * The four levels of a network as text: the description, the tensor graph, the kernel programs, and
 * the plan with its OpenCL C. Everything is made as for running, but nothing is compiled by a
 * driver and no device is needed.
 */
package org.nnd.explain;
