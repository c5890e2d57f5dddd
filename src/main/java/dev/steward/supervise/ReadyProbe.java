package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Ready;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks whether an incarnation is ready. Made before its process, so that nothing that an earlier one left behind counts.
 * To be asked by one thread at a time; an answer takes two seconds at most.
 */
sealed interface ReadyProbe {
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
            case Ready.LogLine line ->
                Optional.of(new LogProbe(config.log(), line.pattern(), LogProbe.size(config.log())));
        };
    }

    /** The probe for an incarnation that was there before this daemon: what its file and log hold already counts. */
    static Optional<ReadyProbe> ofAdopted(AgentConfig config) {
        return switch (config.ready()) {
            case Ready.FileWritten file -> Optional.of(new FileProbe(file.file(), Optional.empty()));
            case Ready.LogLine line -> Optional.of(new LogProbe(config.log(), line.pattern(), 0));
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

    /** Reads on from where it stopped; a line counts once it is whole, and its first 64 KiB are looked at. */
    final class LogProbe implements ReadyProbe {
        private static final int PIECE = 1 << 16;

        private final Path log;
        private final Pattern pattern;
        private long position;

        LogProbe(Path log, Pattern pattern, long position) {
            this.log = log;
            this.pattern = pattern;
            this.position = position;
        }

        static long size(Path log) {
            return Stamp.of(log).map(Stamp::size).orElse(0L);
        }

        @Override
        public boolean check() {
            try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
                var piece = ByteBuffer.allocate(PIECE);
                while (channel.read(piece.clear(), position) > 0) {
                    var whole = wholeLines(piece);
                    if (whole == 0) {
                        return false;
                    }
                    var text = new String(piece.array(), 0, whole, StandardCharsets.UTF_8);
                    if (text.lines().anyMatch(line -> pattern.matcher(line).find())) {
                        return true;
                    }
                    position += whole;
                }
                return false;
            } catch (IOException notYet) {
                return false;
            }
        }

        /** How many bytes to take: up to the last newline, or all if they are one line that is longer. */
        private static int wholeLines(ByteBuffer piece) {
            for (var end = piece.position(); end > 0; end--) {
                if (piece.get(end - 1) == '\n') {
                    return end;
                }
            }
            return piece.hasRemaining() ? 0 : piece.position();
        }
    }
}
