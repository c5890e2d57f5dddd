package dev.steward.store;

/**
 * What came of one log when it was to be rotated. To be written for each that was rotated or should have been; of a log that did not
 * need it only if it may have failed before.
 *
 * @param path of the live file
 */
public record RotationChange(String path, Meaning meaning, RotationRow.Last last) {
    /** What that says of the log. */
    public enum Meaning {
        /** It was rotated; failures before are over. */
        DONE,
        /** It should have been rotated and was not. */
        FAILED,
        /** It is neither large nor old enough: failures before are over, and nothing else changes. */
        NOT_NEEDED,
        /** Somebody else holds it, so that nothing is known of its failures. */
        UNDECIDED
    }
}
