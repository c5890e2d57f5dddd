package dev.steward.logs;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of one log when it was to be rotated.
 *
 * @param way how it was, or would be, done; empty if that was not found out
 * @param bytes taken out of the live log, or to be taken
 * @param dropped bytes of these, beside what retention removes for its age or number, that no archive has: there was no room for them
 * @param archive the newest, as it was named at the end; empty if none was made
 * @param reason why nothing was done, or what has to be said of it, for people; else empty
 */
public record Outcome(
        Path log,
        Result result,
        Optional<Way> way,
        long bytes,
        long dropped,
        Optional<Path> archive,
        Instant at,
        Duration took,
        String reason) {

    /** One that dropped nothing. */
    public Outcome(
            Path log,
            Result result,
            Optional<Way> way,
            long bytes,
            Optional<Path> archive,
            Instant at,
            Duration took,
            String reason) {
        this(log, result, way, bytes, 0, archive, at, took, reason);
    }

    /** Whether lines were lost, or may have been, that retention would have kept: {@code no}, {@code possible} or {@code yes}. */
    public String lossy() {
        if (dropped > 0) {
            return "yes";
        }
        return way.filter(Way::isLossy).isPresent() ? "possible" : "no";
    }

    /** What became of it. The words stand in JSON and in the store in lower case, with dashes. */
    public enum Result {
        ROTATED,
        /** As asked for by a dry run. */
        WOULD_ROTATE,
        /** Neither large nor old enough, or nothing in it. */
        NOT_DUE,
        /** Somebody else is rotating it. */
        BUSY,
        /** Must not be touched; {@code reason} says why, and what to do. */
        LEFT_ALONE,
        /** Was tried; the live log holds what it held. */
        FAILED;

        /** Whether a rotation should have happened and did not. */
        public boolean isTrouble() {
            return switch (this) {
                case ROTATED, WOULD_ROTATE, NOT_DUE, BUSY -> false;
                case LEFT_ALONE, FAILED -> true;
            };
        }

        /** As it is written for programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** How. */
    public enum Way {
        CUT,
        PUNCH,
        RENAME,
        COPY_TRUNCATE,
        /** Cut, and nothing archived: {@code keep: 0}. */
        DISCARD;

        /** Whether lines may be lost that retention would have kept. */
        public boolean isLossy() {
            return this == COPY_TRUNCATE;
        }

        /** As it is written for programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
