/** HTTP on loopback: the pings with which agents say that they live. */
@NullMarked
package dev.steward.web;

import org.jspecify.annotations.NullMarked;
