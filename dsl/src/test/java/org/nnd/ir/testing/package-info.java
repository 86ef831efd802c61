/** Seeded random graphs, for the tests of this module and of the backends. */
package org.nnd.ir.testing;
