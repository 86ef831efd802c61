/**
 * The peers of the benchmark compute what NND computes; where PyTorch is not to be had, that is
 * said.
 */
package org.nnd.tests.peers;
