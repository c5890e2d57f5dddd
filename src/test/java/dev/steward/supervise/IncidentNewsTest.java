package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditEvent;
import dev.steward.store.IncidentChange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncidentNewsTest {
    private final IncidentNews news = new IncidentNews();

    private static IncidentChange open(String subject, String cause, String detail) {
        return new IncidentChange.Open(subject, cause, detail, Instant.EPOCH);
    }

    private static IncidentChange resolve(String subject, String cause) {
        return new IncidentChange.Resolve(subject, cause, Instant.EPOCH);
    }

    @Test
    void an_incident_is_told_of_when_it_is_opened_and_when_it_is_resolved() {
        assertThat(news.of(open("bus", "bus-away", "no answer")))
                .contains(new AuditEvent(
                        "incident_opened", Map.of("subject", "bus", "cause", "bus-away", "detail", "no answer")));
        assertThat(news.of(resolve("bus", "bus-away")))
                .contains(new AuditEvent("incident_resolved", Map.of("subject", "bus", "cause", "bus-away")));
    }

    @Test
    void one_that_is_seen_once_more_is_no_news_nor_is_the_end_of_one_that_was_not_open() {
        news.of(open("bus", "bus-away", "no answer"));
        assertThat(news.of(open("bus", "bus-away", "still none"))).isEmpty();
        assertThat(news.of(resolve("daemon", "bus-away"))).isEmpty();
        assertThat(news.of(resolve("bus", "store-missing"))).isEmpty();
        assertThat(news.of(resolve("bus", "bus-away"))).isPresent();
        assertThat(news.of(resolve("bus", "bus-away"))).isEmpty();
        assertThat(news.of(open("bus", "bus-away", "again"))).isPresent();
    }

    @Test
    void one_that_was_open_before_is_not_opened_again_and_its_end_is_told_of() {
        assertThat(news.opens("a.log", "not-rotated")).isTrue();
        assertThat(news.of(open("a.log", "not-rotated", "the disk is full"))).isEmpty();
        assertThat(news.of(resolve("a.log", "not-rotated"))).isPresent();
    }
}
