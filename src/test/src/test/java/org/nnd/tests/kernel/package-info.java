/** Tests of the Jupyter kernel through Jupyter's own clients, nbconvert and a browser. */
package org.nnd.tests.kernel;
