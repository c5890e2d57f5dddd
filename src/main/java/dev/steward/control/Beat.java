package dev.steward.control;

import java.util.OptionalLong;

/**
 * What is known of an agent's heartbeat. Nothing, unless it is of this incarnation: unknown is never healthy.
 *
 * @param ageSeconds since the last beat, by the wall clock
 * @param iter the beat's number, if it has one
 */
record Beat(OptionalLong ageSeconds, OptionalLong iter) {
    static final Beat UNKNOWN = new Beat(OptionalLong.empty(), OptionalLong.empty());
}
