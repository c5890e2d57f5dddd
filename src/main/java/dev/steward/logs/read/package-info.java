/**
 * Which lines of a log somebody wants to see: the times that lines begin with, the times that people ask for, and patterns. Pure: of
 * bytes, an instant and a zone that are given.
 */
@NullMarked
package dev.steward.logs.read;

import org.jspecify.annotations.NullMarked;
