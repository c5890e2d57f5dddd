package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The extended attributes of an open file, see xattr(7). The functions of macOS take more arguments, which are 0 here and which those
 * of Linux don't look at.
 */
record Attributes(FileCalls calls, Path file, int descriptor) {
    /** XATTR_SIZE_MAX. */
    private static final int MOST = 65_536;

    Optional<String> get(String name) throws SystemFailure {
        try (var arena = Arena.ofConfined()) {
            var value = arena.allocate(MOST);
            var called = arena.allocateFrom(name).address();
            var size = FileCalls.patientlyLong(
                    () -> calls.libc.callLong(calls.getAttribute, descriptor, called, value.address(), MOST));
            if (size == -Errno.noAttribute(calls.os)) {
                return Optional.empty();
            }
            calls.need(file, "does not tell its attribute " + name, size);
            return Optional.of(new String(value.asSlice(0, size).toArray(JAVA_BYTE), StandardCharsets.UTF_8));
        }
    }

    void set(String name, String text) throws SystemFailure {
        try (var arena = Arena.ofConfined()) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var value = arena.allocate(bytes.length + 1L).asSlice(0, bytes.length);
            value.copyFrom(MemorySegment.ofArray(bytes));
            var called = arena.allocateFrom(name).address();
            var result = FileCalls.patiently(
                    () -> calls.libc.call(calls.setAttribute, descriptor, called, value.address(), bytes.length));
            calls.need(file, "does not take the attribute " + name, result);
        }
    }

    void remove(String name) throws SystemFailure {
        try (var arena = Arena.ofConfined()) {
            var called = arena.allocateFrom(name).address();
            var result = FileCalls.patiently(() -> calls.libc.call(calls.removeAttribute, descriptor, called));
            if (result != -Errno.noAttribute(calls.os)) {
                calls.need(file, "does not give up the attribute " + name, result);
            }
        }
    }
}
