package dev.steward.posix;

import java.lang.reflect.Proxy;

/**
 * Hears signals that are sent to this JVM. The JDK can do it, but only {@code sun.misc.Signal} says so, which javac warns of
 * whenever it is named in a program; so it is named at run time.
 */
public final class OsSignals {
    private OsSignals() {}

    /**
     * From now on a signal no longer does what it does by default, but this, on a thread of the JVM's.
     *
     * @throws UnsupportedSystem if this JVM cannot do so
     */
    public static void on(Signal signal, Runnable action) {
        try {
            var kind = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    OsSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "equals" -> {
                                return System.identityHashCode(self) == System.identityHashCode(arguments[0]);
                            }
                            case "hashCode" -> {
                                return System.identityHashCode(self);
                            }
                            default -> {
                                return "a handler of " + signal;
                            }
                        }
                        return null;
                    });
            kind.getMethod("handle", kind, handler)
                    .invoke(null, kind.getConstructor(String.class).newInstance(signal.name()), proxy);
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedSystem("This JVM cannot hear " + Signal.nameOf(signal.number()) + ": " + e);
        }
    }
}
