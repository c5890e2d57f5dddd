package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Ready;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks whether an incarnation is ready. Made before its process, so that nothing that an earlier one left behind counts.
 * To be asked by one thread at a time; an answer takes two seconds at most.
 */
sealed interface ReadyProbe permits ReadyProbe.FileProbe, ReadyProbe.TcpProbe, ReadyProbe.HttpProbe, LogProbe {
    int PATIENCE_MILLIS = 2_000;

    /** Whether it is ready now. What cannot be found out is a no. */
    boolean check();

    /** The probe for the next incarnation of an agent; empty if time alone decides, or the agent itself says so. */
    static Optional<ReadyProbe> of(AgentConfig config) {
        return switch (config.ready()) {
            case Ready.After _, Ready.Notified _, Ready.FirstBeat _ -> Optional.empty();
            case Ready.FileWritten file -> Optional.of(new FileProbe(file.file(), Stamp.of(file.file())));
            case Ready.Tcp tcp -> Optional.of(new TcpProbe(tcp.host(), tcp.port()));
            case Ready.Http http -> Optional.of(new HttpProbe(http));
            case Ready.LogLine line -> Optional.of(LogProbe.fromNow(config.log(), line.pattern()));
        };
    }

    /**
     * The probe for an incarnation that was there before: what its file and log hold already counts, but not what was archived before
     * it started.
     */
    static Optional<ReadyProbe> ofAdopted(AgentConfig config, Instant started) {
        return switch (config.ready()) {
            case Ready.FileWritten file -> Optional.of(new FileProbe(file.file(), Optional.empty()));
            case Ready.LogLine line -> Optional.of(LogProbe.since(started, config.log(), line.pattern()));
            case Ready.After _, Ready.Tcp _, Ready.Http _, Ready.Notified _, Ready.FirstBeat _ -> of(config);
        };
    }

    record FileProbe(Path file, Optional<Stamp> before) implements ReadyProbe {
        @Override
        public boolean check() {
            var now = Stamp.of(file);
            return now.isPresent() && !now.equals(before);
        }
    }

    record TcpProbe(String host, int port) implements ReadyProbe {
        @Override
        public boolean check() {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        }
    }

    record HttpProbe(Ready.Http ready) implements ReadyProbe {
        @Override
        public boolean check() {
            try {
                var connection = (HttpURLConnection) ready.address().toURL().openConnection();
                connection.setConnectTimeout(PATIENCE_MILLIS / 2);
                connection.setReadTimeout(PATIENCE_MILLIS / 2);
                connection.setInstanceFollowRedirects(false);
                try {
                    return connection.getResponseCode() / 100 == 2;
                } finally {
                    connection.disconnect();
                }
            } catch (IOException | ClassCastException notYet) {
                return false;
            }
        }
    }
}
