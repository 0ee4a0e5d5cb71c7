/**
 * What a board pays (semantics 8.2 and 8.3): from rules and scores in rank order to the prize of
 * each place. Pure functions of whole numbers: no state, no clock, no floating point, any thread.
 * What is paid and what returns to the budget always make up the pool to the last unit.
 */
package io.laurel.engine.reward;
