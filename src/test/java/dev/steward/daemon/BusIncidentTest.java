package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Presence;
import dev.steward.store.IncidentChange;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BusIncidentTest {
    private static final Instant NOW = Instant.parse("2025-10-30T05:29:04Z");
    private static final Presence CONNECTED = new Presence.Connected("redis");

    private final BusIncident incident = new BusIncident();

    private static Presence away(String reason) {
        return new Presence.Away("redis", reason);
    }

    @Test
    void one_that_is_away_for_another_reason_by_now_is_told_with_that_one() {
        assertThat(incident.look(away("no answer"), NOW))
                .contains(new IncidentChange.Open("bus", "bus-away", "no answer", NOW));
        assertThat(incident.look(away("no answer"), NOW)).isEmpty();
        assertThat(incident.look(away("WRONGPASS"), NOW))
                .contains(new IncidentChange.Open("bus", "bus-away", "WRONGPASS", NOW));
    }

    @Test
    void one_that_is_back_is_told_once_and_what_a_daemon_before_had_opened_is_resolved() {
        assertThat(incident.look(CONNECTED, NOW)).contains(new IncidentChange.Resolve("bus", "bus-away", NOW));
        assertThat(incident.look(CONNECTED, NOW)).isEmpty();
        assertThat(incident.look(away("no answer"), NOW)).isPresent();
        assertThat(incident.look(CONNECTED, NOW)).contains(new IncidentChange.Resolve("bus", "bus-away", NOW));
    }
}
