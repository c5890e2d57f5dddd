/**
 * The reference agent: the smallest agent that does everything an agent should. It is a process of its own, so it uses the JDK and
 * the daemon's bus alone, and starts fast.
 *
 * <p>One thread beats ({@link Beats}) and waits for nobody; what may take long is asked by others: the bus ({@link Link}),
 * acknowledgements ({@link Ears}), orders ({@link Receiving}). Nothing is put in order at its end: a process that is killed leaves no more
 * behind than one that was stopped.
 */
@NullMarked
package dev.steward.agent;

import org.jspecify.annotations.NullMarked;
