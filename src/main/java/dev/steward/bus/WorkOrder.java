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
}
