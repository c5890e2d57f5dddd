package dev.steward.daemon;

import dev.steward.posix.DatagramSender;
import dev.steward.posix.Posix;
import dev.steward.posix.SocketName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the service manager that started this daemon how it is, as sd_notify(3) and sd_watchdog_enabled(3) have it. Where nobody
 * wants to know, nothing is sent. Any thread.
 */
final class Parent {
    private static final Logger LOG = LoggerFactory.getLogger(Parent.class);

    private final Optional<SocketName> socket;
    private final Optional<Duration> watchdog;
    private final LongSupplier nanos;
    private final DatagramSender sender = Posix.datagramSender();
    private final AtomicReference<String> lastFailure = new AtomicReference<>("");

    private Parent(Optional<SocketName> socket, Optional<Duration> watchdog, LongSupplier nanos) {
        this.socket = socket;
        this.watchdog = watchdog;
        this.nanos = nanos;
    }

    /**
     * As the environment tells.
     *
     * @param nanos the monotonic clock
     */
    static Parent of(Map<String, String> environment, LongSupplier nanos) {
        var socket = Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
                .filter(name -> !name.isEmpty())
                .flatMap(Parent::name);
        return new Parent(socket, socket.flatMap(_ -> watchdog(environment)), nanos);
    }

    private static Optional<SocketName> name(String written) {
        try {
            return Optional.of(SocketName.parse(written));
        } catch (SocketName.Refused e) {
            LOG.warn("NOTIFY_SOCKET={}: {}", written, e.getMessage());
            return Optional.empty();
        }
    }

    /** Meant for this process alone, if it names one. */
    private static Optional<Duration> watchdog(Map<String, String> environment) {
        var pid = environment.getOrDefault("WATCHDOG_PID", "");
        var micros = environment.getOrDefault("WATCHDOG_USEC", "");
        var ours = pid.isEmpty()
                || pid.equals(String.valueOf(ProcessHandle.current().pid()));
        return ours && micros.matches("[1-9][0-9]{0,15}")
                ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * 1_000))
                : Optional.empty();
    }

    /** How often it wants to hear that this daemon works; after twice that time it ends it. */
    Optional<Duration> every() {
        return watchdog.map(time -> time.dividedBy(2));
    }

    void ready(String status) {
        send("READY=1\nMAINPID=" + ProcessHandle.current().pid() + "\nSTATUS=" + status);
    }

    /** Until {@link #ready} is said again. */
    void reloading(String status) {
        send("RELOADING=1\nMONOTONIC_USEC=" + nanos.getAsLong() / 1_000 + "\nSTATUS=" + status);
    }

    void works() {
        send("WATCHDOG=1");
    }

    void stopping() {
        send("STOPPING=1\nSTATUS=going down");
    }

    private void send(String text) {
        var failure = socket.flatMap(to -> sender.send(to, text + "\n")).orElse("");
        if (!failure.equals(lastFailure.getAndSet(failure)) && !failure.isEmpty()) {
            LOG.warn("The service manager is not told how this daemon is: {}", failure);
        }
    }
}
