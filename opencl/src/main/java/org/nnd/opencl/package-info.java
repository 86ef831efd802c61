/** See package documentation in docs/architecture.md. */
package org.nnd.opencl;
