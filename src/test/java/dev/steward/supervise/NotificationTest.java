package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTest {
    private static List<Sign> signs(String text) {
        return Notification.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void it_knows_what_sd_notify_documents() {
        assertThat(signs("READY=1\nSTATUS=serving 3 clients\nMAINPID=4711\n"))
                .containsExactly(new Sign.Ready(), new Sign.Status("serving 3 clients"), new Sign.MainPid(4711));
        assertThat(signs("RELOADING=1\nMONOTONIC_USEC=17")).containsExactly(new Sign.Reloading());
        assertThat(signs("STOPPING=1")).containsExactly(new Sign.Stopping());
        assertThat(signs("WATCHDOG=1")).containsExactly(new Sign.Beat());
        assertThat(signs("WATCHDOG=trigger")).containsExactly(new Sign.Trigger());
        assertThat(signs("WATCHDOG_USEC=2500000")).containsExactly(new Sign.BeatsWithin(Duration.ofMillis(2500)));
        assertThat(signs("EXTEND_TIMEOUT_USEC=1000000")).containsExactly(new Sign.Extend(Duration.ofSeconds(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "READY",
                "READY=0",
                "READY=11",
                " READY=1",
                "ready=1",
                "=1",
                "WATCHDOG=",
                "MAINPID=0",
                "MAINPID=-1",
                "MAINPID=x",
                "WATCHDOG_USEC=0",
                "WATCHDOG_USEC=99999999999999999999",
                "EXTEND_TIMEOUT_USEC=-5",
                "BARRIER=1",
                "FDSTORE=1",
                "ERRNO=2",
                "X_MINE=1"
            })
    void what_is_senseless_or_unknown_means_nothing(String text) {
        assertThat(signs(text)).isEmpty();
    }

    @Test
    void no_wish_for_time_is_longer_than_a_day() {
        assertThat(signs("EXTEND_TIMEOUT_USEC=" + Long.MAX_VALUE)).containsExactly(new Sign.Extend(Duration.ofDays(1)));
    }

    @Test
    void a_status_is_one_short_line_that_moves_no_cursor() {
        assertThat(signs("STATUS=\u001b[2Jhi\u0007there" + "x".repeat(4000)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Sign.Status.class,
                        status -> assertThat(status.text())
                                .startsWith("[2Jhi there")
                                .hasSizeLessThanOrEqualTo(200));
    }

    @Property
    void no_bytes_do_any_harm(@ForAll byte[] content) {
        assertThatCode(() -> Notification.parse(content)).doesNotThrowAnyException();
    }
}
