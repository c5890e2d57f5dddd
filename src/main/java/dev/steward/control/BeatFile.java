package dev.steward.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads the file that an agent beats by. Its content is an agent's, so nothing in it is trusted. */
final class BeatFile {
    private static final Logger LOG = LoggerFactory.getLogger(BeatFile.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int LARGEST = 64 * 1024;

    private BeatFile() {}

    /** The last beat of the incarnation that started then. The file's seconds are whole ones, so a start is taken so too. */
    static Beat read(Path file, Instant started, Instant now) {
        try {
            return content(file).map(content -> parse(content, started, now)).orElse(Beat.UNKNOWN);
        } catch (NoSuchFileException e) {
            return Beat.UNKNOWN;
        } catch (IOException e) {
            LOG.debug("heartbeat {} cannot be read", file, e);
            return Beat.UNKNOWN;
        }
    }

    private static Optional<byte[]> content(Path file) throws IOException {
        // Looked at before it is opened: opening a FIFO would wait for its writer.
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var content = in.readNBytes(LARGEST + 1);
            return content.length > LARGEST ? Optional.empty() : Optional.of(content);
        }
    }

    private static Beat parse(byte[] content, Instant started, Instant now) {
        var ts = OptionalLong.empty();
        var iter = OptionalLong.empty();
        try (var json = JSON.createParser(ObjectReadContext.empty(), content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Beat.UNKNOWN;
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                var number = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
                if (number && name.equals("ts")) {
                    ts = OptionalLong.of(json.getLongValue());
                } else if (number && name.equals("iter")) {
                    iter = OptionalLong.of(json.getLongValue());
                }
                json.skipChildren();
            }
        } catch (JacksonException e) {
            LOG.debug("a heartbeat is not JSON", e);
            return Beat.UNKNOWN;
        }
        if (ts.isEmpty() || ts.getAsLong() < started.getEpochSecond() || ts.getAsLong() > now.getEpochSecond()) {
            return Beat.UNKNOWN;
        }
        return new Beat(OptionalLong.of(now.getEpochSecond() - ts.getAsLong()), iter);
    }
}
