/** What the structure of the code promises, held by ArchUnit: see {@code docs/architecture.md}. */
package org.nnd.tests.architecture;
