package dev.steward.supervise;

import dev.steward.posix.Glance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The file that an agent beats by: {@code {"ts":1761865045,"iter":2045}}, or any file at all whose time of modification is the
 * beat. What stands in it is an agent's, so nothing of it is trusted. Thread-safe.
 */
final class BeatFile {
    /** What is longer is not read: of such a file its time alone counts, unless it is meant to be JSON. */
    private static final int LARGEST = 64 * 1024;

    private static final JsonFactory JSON = new JsonFactory();
    /** From here on a number of seconds is taken for one of milliseconds: as seconds it would be in the year 5138. */
    private static final double MILLIS_FROM = 1e11;

    private BeatFile() {}

    /** What was found. */
    sealed interface Look {
        /** No beat: why, for people, after "its heartbeat …". */
        record Nothing(String why) implements Look {}

        /** Nobody knows whether there is one, since what keeps them can't be asked: why, in the same way. */
        record Unknown(String why) implements Look {}

        /**
         * A beat of somebody at some time; whether it counts is for others to judge.
         *
         * @param at when, by the wall clock of its writer
         * @param iter its number, if it has one
         * @param incarnation whose it says that it is, if it does
         */
        record Found(Instant at, OptionalLong iter, Optional<String> incarnation, Stamp stamp) implements Look {}
    }

    /** Reads the file now. Never waits for a writer, and reads no more than 64 KiB. */
    static Look read(Path file, Glance glance) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                return new Look.Nothing("file is " + kind(attributes) + ", not a regular file");
            }
            return content(glance.read(file, LARGEST + 1), Stamp.of(attributes));
        } catch (NoSuchFileException e) {
            return new Look.Nothing("file is not there");
        } catch (IOException e) {
            return new Look.Nothing("file cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static String kind(BasicFileAttributes attributes) {
        return attributes.isSymbolicLink()
                ? "a symbolic link"
                : attributes.isDirectory() ? "a folder" : "a special file";
    }

    private static Look content(byte[] content, Stamp stamp) {
        var touched = new Look.Found(stamp.modified().toInstant(), OptionalLong.empty(), Optional.empty(), stamp);
        if (!beginsAnObject(content)) {
            return touched;
        }
        return content.length > LARGEST
                ? new Look.Nothing("file holds more than " + LARGEST / 1024 + " KiB of JSON")
                : parse(content, touched);
    }

    private static boolean beginsAnObject(byte[] content) {
        for (var character : content) {
            if (!Character.isWhitespace(character)) {
                return character == '{';
            }
        }
        return false;
    }

    private static Look parse(byte[] content, Look.Found touched) {
        var at = Optional.<Instant>empty();
        var iter = OptionalLong.empty();
        var incarnation = Optional.<String>empty();
        try (var json = JSON.createParser(ObjectReadContext.empty(), content)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                var name = json.currentName();
                var value = json.nextToken();
                switch (name) {
                    case "ts" -> at = value.isNumeric() ? time(json.getDoubleValue(), touched.at) : at;
                    case "iter" ->
                        iter = value == JsonToken.VALUE_NUMBER_INT ? OptionalLong.of(json.getLongValue()) : iter;
                    case "incarnation" -> incarnation = Optional.ofNullable(json.getValueAsString());
                    default -> {}
                }
                json.skipChildren();
            }
        } catch (JacksonException e) {
            return new Look.Nothing("file is not whole JSON");
        }
        return new Look.Found(at.orElse(touched.at), iter, incarnation, touched.stamp);
    }

    /** Whole seconds say no more than the second: where the file was written within it, that is the time. */
    private static Optional<Instant> time(double number, Instant modified) {
        return instant(number).map(at -> {
            var within = Duration.between(at, modified);
            var whole = at.toEpochMilli() % 1000 == 0;
            return whole && !within.isNegative() && within.toSeconds() == 0 ? modified : at;
        });
    }

    /** Seconds or milliseconds since 1970, whichever the number must be; empty if it is neither. */
    static Optional<Instant> instant(double number) {
        if (!(number >= 0 && number < MILLIS_FROM * 1000)) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli((long) (number < MILLIS_FROM ? number * 1000 : number)));
    }
}
