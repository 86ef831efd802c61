/** Whole training steps on the device: what they cost, and that they survive failures. */
package org.nnd.tests.runtime;
