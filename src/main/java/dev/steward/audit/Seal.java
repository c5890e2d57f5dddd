package dev.steward.audit;

/**
 * The number and the hash of a record, of which whoever needs it makes a {@link Head}: not the one thread for which all others wait.
 *
 * @param hash that nobody changes
 */
record Seal(long seq, byte[] hash) {
    Head head() {
        return new Head(seq, Hashes.hex(hash));
    }
}
