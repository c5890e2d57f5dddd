package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EntranceTest {
    private final IOException noDescriptor = new IOException("Too many open files");

    private final Logger logger = (Logger) LoggerFactory.getLogger(Entrance.class);
    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    @BeforeEach
    void listen() {
        told.start();
        logger.addAppender(told);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(told);
    }

    @Test
    void it_goes_on_after_having_had_no_descriptor_and_tells_so_once() throws Exception {
        try (var one = SocketChannel.open();
                var two = SocketChannel.open()) {
            var coming = new ArrayDeque<Object>(List.of(
                    noDescriptor, noDescriptor, noDescriptor, one, noDescriptor, two, new ClosedChannelException()));
            var clients = new ArrayList<SocketChannel>();
            new Entrance(() -> next(coming), _ -> false).letIn(clients::add);
            assertThat(clients).containsExactly(one, two);
        }
        assertThat(told.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .filteredOn(message -> message.contains("Too many open files"))
                .as("once for each time it began")
                .hasSize(2);
    }

    private static SocketChannel next(ArrayDeque<Object> coming) throws IOException {
        return switch (coming.remove()) {
            case SocketChannel client -> client;
            case IOException failure -> throw failure;
            case Object other -> throw new AssertionError(other);
        };
    }

    @Test
    void it_does_not_try_again_once_all_is_closed() throws Exception {
        var clients = new ArrayList<SocketChannel>();
        new Entrance(
                        () -> {
                            throw noDescriptor;
                        },
                        _ -> true)
                .letIn(clients::add);
        assertThat(clients).isEmpty();
    }
}
