package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Calls into the C library. Every function is called with one shape, six words in and one word out: each further shape that
 * the JVM links costs about 0.7 MB, and in the calling conventions of Linux and macOS on x86-64 and AArch64 an
 * {@code int} or a pointer travels as a word, while words that a function doesn't take are not looked at. The exception
 * are variadic functions on Apple's AArch64, which take their extra arguments from the stack: {@link #variadic}.
 *
 * <p>Results follow the kernel's own convention: a failure is the negated errno, so no call needs a second look.
 * Thread-safe: errno is captured per call.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final FunctionDescriptor WORDS =
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CALL = LINKER.downcallHandle(WORDS, ERRNO);

    private final SymbolLookup symbols = LINKER.defaultLookup();
    private final MethodHandle variadic;
    /** Where a call leaves its errno: one a thread, since an arena a call would take longer than most calls. */
    private final ThreadLocal<MemorySegment> states =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    Libc(Os os) {
        variadic = os == Os.MACOS
                ? LINKER.downcallHandle(
                        FunctionDescriptor.of(
                                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                        ERRNO,
                        Linker.Option.firstVariadicArg(2))
                : CALL;
    }

    /** The function of that name. */
    MemorySegment function(String name) {
        return find(name)
                .orElseThrow(() -> new UnsupportedSystem("The C library of this system has no " + name + "()."));
    }

    /** The function of that name, if this C library has it. */
    Optional<MemorySegment> find(String name) {
        return symbols.find(name);
    }

    /** Calls a function that returns an {@code int}; −1 becomes the negated errno. */
    int call(MemorySegment function, long... words) {
        var state = states.get();
        var result = (int) invoke(CALL, function, state, words);
        return result == -1 ? -state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
    }

    /** Calls a function that returns a {@code long}, an {@code off_t} or an {@code ssize_t}; −1 becomes the negated errno. */
    long callLong(MemorySegment function, long... words) {
        var state = states.get();
        var result = invoke(CALL, function, state, words);
        return result == -1 ? -state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
    }

    /** The same as {@link #call} for a function declared with {@code …} after its second argument, such as open(2) and fcntl(2). */
    int variadic(MemorySegment function, long... words) {
        var state = states.get();
        var result = (int) invoke(variadic, function, state, words);
        return result == -1 ? -state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET) : result;
    }

    /** What the C library says of an errno, for example {@code No such file or directory}. */
    String describe(int errno) {
        var text = invoke(CALL, function("strerror"), states.get(), errno);
        return MemorySegment.ofAddress(text).reinterpret(1024).getString(0);
    }

    private static long invoke(MethodHandle shape, MemorySegment function, MemorySegment state, long... w) {
        try {
            return (long) shape.invokeExact(
                    function, state, word(w, 0), word(w, 1), word(w, 2), word(w, 3), word(w, 4), word(w, 5));
        } catch (Throwable e) {
            throw new IllegalStateException("A call into the C library failed inside the JVM", e);
        }
    }

    private static long word(long[] words, int index) {
        return index < words.length ? words[index] : 0;
    }
}
