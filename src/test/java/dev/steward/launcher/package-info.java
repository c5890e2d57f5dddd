/** The launcher, run as a user runs it, with a JDK and a Maven that only write down what they were asked. */
@NullMarked
package dev.steward.launcher;

import org.jspecify.annotations.NullMarked;
