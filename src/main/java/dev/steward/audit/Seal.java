package dev.steward.audit;

/** The number and the hash of a record, of which whoever needs it makes a {@link Head}: not the one thread for which all others wait. */
final class Seal {
    private final long seq;
    private final byte[] hash;

    /** @param hash that nobody changes */
    Seal(long seq, byte[] hash) {
        this.seq = seq;
        this.hash = hash;
    }

    Head head() {
        return new Head(seq, Hashes.hex(hash));
    }
}
