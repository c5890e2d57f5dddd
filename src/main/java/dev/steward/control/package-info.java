/** JSON-RPC 2.0, one object a line, on a Unix domain socket in the home. */
@NullMarked
package dev.steward.control;

import org.jspecify.annotations.NullMarked;
