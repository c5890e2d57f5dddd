package dev.steward.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a text file of bounded size. Only regular files: a FIFO would block for ever, a device may never end. What is wrong
 * is said without the file's name, and never with its content.
 */
final class SmallFile {
    private SmallFile() {}

    static Parsed<String> read(Path file, int mostBytes) {
        if (Files.isDirectory(file)) {
            return Parsed.bad("is a folder, not a file", "");
        }
        if (!Files.exists(file)) {
            return Parsed.bad("no such file", "");
        }
        if (!Files.isRegularFile(file)) {
            return Parsed.bad("is not a regular file", "");
        }
        if (!Files.isReadable(file)) {
            return Parsed.bad("may not be read by this user", "see ls -l for its rights");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(mostBytes + 1);
            return bytes.length > mostBytes
                    ? Parsed.bad("is larger than " + new DataSize(mostBytes), "")
                    : decode(bytes);
        } catch (IOException e) {
            return Parsed.bad("cannot be read: " + e.getMessage(), "");
        }
    }

    private static Parsed<String> decode(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return Parsed.good(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < buffer.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            return Parsed.bad("is not UTF-8 text: see line " + line, "convert it, for example with iconv");
        }
    }
}
