/** Due work in the one total order of (deadline, id); see semantics 1.5. */
package io.laurel.engine.timer;
