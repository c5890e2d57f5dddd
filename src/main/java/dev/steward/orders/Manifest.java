package dev.steward.orders;

/**
 * What {@code evidence/manifest.json} says. Pure.
 *
 * @param created as the envelope writes it
 * @param agent who dropped the order
 */
record Manifest(String id, String created, Part envelope, Part body, String agent, String priority) {
    static final String FILE = "manifest.json";
    static final String PATH = Envelope.EVIDENCE + "/" + FILE;
    static final int MAX_BYTES = 64 * 1024;

    /**
     * A file of the order.
     *
     * @param sha256 in lower-case hexadecimal
     * @param size in bytes
     */
    record Part(String sha256, long size) {}

    /** The file's text, laid out as the system before this one did. */
    String text() {
        return """
                {
                  "wo_id": %s,
                  "created_at": %s,
                  "checksums": {
                    "wo_yaml": %s,
                    "body": %s
                  },
                  "sizes": {
                    "wo_yaml": %d,
                    "body": %d
                  },
                  "agent": %s,
                  "priority": %s
                }
                """.formatted(
                        JsonString.quoted(id),
                        JsonString.quoted(created),
                        JsonString.quoted(envelope.sha256()),
                        JsonString.quoted(body.sha256()),
                        envelope.size(),
                        body.size(),
                        JsonString.quoted(agent),
                        JsonString.quoted(priority));
    }
}
