package dev.steward.orders;

/** A JSON string (RFC 8259, chapter 7), without a library: the small JVM of an agent writes manifests too. Pure. */
final class JsonString {
    private JsonString() {}

    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(unit -> {
            if (unit == '"' || unit == '\\') {
                out.append('\\').append((char) unit);
            } else if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || Character.isSurrogate((char) unit)) {
                // Two escapes are one character beyond 0xffff; half of one stays readable.
                out.append(String.format("\\u%04x", unit));
            } else {
                out.append((char) unit);
            }
        });
        return out.append('"').toString();
    }
}
