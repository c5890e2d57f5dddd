package dev.steward.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The value of {@code ready:}. */
@Doc("What proves that the agent is ready: one of after, file, tcp, http, log, notify.")
@OneOf({"after", "file", "tcp", "http", "log", "notify"})
record ReadySection(
        @Doc("Alive for this long.") @Otherwise("1s if nothing else is asked for and there is no heartbeat")
        Optional<Duration> after,

        @Doc("This file was written since the start.") @Otherwise("not asked")
        Optional<Path> file,

        @Doc("Something accepts connections there: host:port, or a port of this machine.") @Otherwise("not asked")
        Optional<Endpoint> tcp,

        @Doc("This address answers with a 2xx status.") @Otherwise("not asked")
        Optional<URI> http,

        @Doc("A line in which this regular expression is found was written to the log since the start.")
        @Otherwise("not asked")
        Optional<Pattern> log,

        @Key("notify") @Doc("It sends READY=1 to NOTIFY_SOCKET, see sd_notify(3).") @Otherwise("not asked")
        Optional<Boolean> notified,

        @Doc("Not ready after this long is a failure.") @Default("30s") @Positive
        Duration timeout)
        implements Section {

    @Override
    public void validate(Scope at) {
        if (after.isPresent() && after.get().compareTo(timeout) >= 0) {
            var longer = Durations.print(after.get().multipliedBy(2).plusSeconds(1));
            at.problem(
                    "after (" + Durations.print(after.get()) + ") must be shorter than timeout ("
                            + Durations.print(timeout) + "), or the agent never becomes ready",
                    "write, for example, timeout: " + longer);
        }
    }

    /** Without a key that says what proves it, the first heartbeat does. */
    Ready toReady(Optional<Heartbeat> heartbeat) {
        if (file.isPresent()) {
            return new Ready.FileWritten(file.get(), timeout);
        }
        if (tcp.isPresent()) {
            return new Ready.Tcp(tcp.get().host(), tcp.get().port(), timeout);
        }
        if (http.isPresent()) {
            return new Ready.Http(http.get(), timeout);
        }
        if (log.isPresent()) {
            return new Ready.LogLine(log.get(), timeout);
        }
        if (notified.isPresent() && notified.get()) {
            return new Ready.Notified(timeout);
        }
        if (after.isEmpty() && heartbeat.isPresent()) {
            return new Ready.FirstBeat(longer(timeout, heartbeat.get().staleAfter()));
        }
        return new Ready.After(after.orElse(Duration.ofSeconds(1)), timeout);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
