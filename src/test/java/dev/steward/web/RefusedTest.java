package dev.steward.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusedTest {
    private final Logger log = (Logger) LoggerFactory.getLogger(Refused.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void leave() {
        log.detachAppender(lines);
    }

    @Test
    void of_any_number_one_line_a_minute_is_told() {
        var refused = new Refused(nanos::get);

        for (var i = 0; i < 1000; i++) {
            refused.note();
        }
        nanos.addAndGet(60_000_000_000L);
        refused.note();

        assertThat(refused.count()).isEqualTo(1001);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "HTTP requests that are no agent's ping were refused, 1 since this was last told",
                        "HTTP requests that are no agent's ping were refused, 1000 since this was last told");
    }
}
