/**
 * The cases of the benchmark, as data: {@link org.nnd.bench.suites.Suites} lists them, and {@code
 * docs/benchmark-cases.tsv} is that list, for people and for comparing versions.
 */
package org.nnd.bench.suites;
