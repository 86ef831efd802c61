/**
 * Published networks, with the names, sizes and initial values of their official implementations.
 * Each is a {@link org.nnd.dsl.Recipe}: a layer whose options are withers, and that shows what it
 * consists of when it meets its input, a picture {@code [N, C, H, W]}.
 */
package org.nnd.zoo;
