/**
 * The peers of the benchmark: ONNX Runtime, which runs a case's graph as NND exports it, and
 * PyTorch, for which the forward computation is written as a program ({@link
 * org.nnd.tests.peers.TorchProgram}) and which differentiates it by itself. No part of NND's
 * distribution.
 */
package org.nnd.tests.peers;
