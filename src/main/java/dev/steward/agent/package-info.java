/**
 * The reference agent: the smallest agent that does everything an agent should. It is a process of its own, so it uses the
 * JDK alone and starts fast.
 */
@NullMarked
package dev.steward.agent;

import org.jspecify.annotations.NullMarked;
