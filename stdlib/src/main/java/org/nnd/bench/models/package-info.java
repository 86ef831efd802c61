/**
 * Small definitions of networks that the benchmark runs and the zoo does not have, with the names
 * of their PyTorch originals where these are well known.
 */
package org.nnd.bench.models;
