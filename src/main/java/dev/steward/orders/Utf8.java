package dev.steward.orders;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that a stranger wrote. */
final class Utf8 {
    private Utf8() {}

    /** Refuses what isn't UTF-8, instead of changing it; a byte order mark at the begin is left out. */
    static String decode(byte[] bytes) throws Unreadable {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Unreadable("is not UTF-8 text", e);
        }
    }
}
