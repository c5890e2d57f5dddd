/** One command a class; talks to the daemon, or works on the home when it is down. */
@NullMarked
package dev.steward.cli;

import org.jspecify.annotations.NullMarked;
