package dev.steward.bus;

/**
 * A work order as it travels. The evidence (manifest and checksums) follows from it.
 *
 * @param envelope the exact text of {@code <WO_ID>.yaml}, which is UTF-8
 * @param sha256 of the envelope's bytes, in lower-case hexadecimal
 * @param bodyFile the payload's name in the order's folder: one path element
 */
public record WorkOrder(Heading heading, String envelope, String sha256, String bodyFile, Body body) {
    /** The order's id. */
    public String id() {
        return heading.id();
    }

    /**
     * Whether this is the order that is known by its heading and hashes, dropped once more: it asks for the same, with the same
     * payload. The hash of the envelope doesn't count, since the envelope tells when it was written.
     */
    public boolean repeats(Heading known, OrderRow.Hashes hashes) {
        return heading.repeats(known) && body.sha256().equals(hashes.body());
    }
}
