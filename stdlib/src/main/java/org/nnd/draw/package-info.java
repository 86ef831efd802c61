/**
 * What values look like: a network as a drawing, a tensor as a heat map, a history as curves, and
 * so on. Every picture has a plain text for terminals; further forms are complete in themselves:
 * nothing is loaded from anywhere and no script is needed, so that they work offline, in exported
 * notebooks and as files.
 */
package org.nnd.draw;
