package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Heading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxLogTest {
    private static final Instant AT = Instant.parse("2025-10-29T22:49:11.9Z");
    private static final ZoneId BANGKOK = ZoneId.of("Asia/Bangkok");

    @TempDir
    Path folder;

    private static InboxEvent delivered(String title) {
        var heading = new Heading("WO-1", "CLC", "CLS", "P3", title, "", Orders.CREATED);
        return new InboxEvent.Delivered(heading, new Acknowledgement("WO-1", "CLC", "x", "n", "", AT, 1, "a", "b"));
    }

    private static InboxLog log(Path file, List<String> troubles) {
        return new InboxLog(file, InstantSource.fixed(AT), BANGKOK, troubles::add);
    }

    @Test
    void a_delivered_order_is_a_line_in_local_time_that_can_be_searched_for() {
        assertThat(InboxLog.line(delivered("CLS Self-Test"), AT, BANGKOK))
                .isEqualTo("2025-10-30 05:49:11 [OK] WO-1 from CLS: CLS Self-Test");
    }

    @Test
    void an_order_that_was_left_to_others_is_a_line() {
        assertThat(InboxLog.line(new InboxEvent.NotOurs("WO-1"), AT, BANGKOK))
                .isEqualTo("2025-10-30 05:49:11 [OK] WO-1 is not delivered here: another receiver has it, or its sender"
                        + " withdrew it");
    }

    @Test
    void a_folder_that_the_bus_refuses_is_a_line() {
        assertThat(InboxLog.line(new InboxEvent.Refused(Path.of("/inbox/wo-1"), "its id is taken"), AT, BANGKOK))
                .isEqualTo("2025-10-30 05:49:11 [FAIL] /inbox/wo-1 is not taken: its id is taken");
    }

    @Test
    void nothing_in_it_breaks_the_line_or_rules_a_terminal() {
        assertThat(InboxLog.line(delivered("a\nb\u001b[31m\u202e\u2028 \ud83d\ude80"), AT, BANGKOK))
                .isEqualTo("2025-10-30 05:49:11 [OK] WO-1 from CLS: a?b?[31m?? \ud83d\ude80");
    }

    @Test
    void each_event_is_appended_as_a_line_and_a_log_that_was_moved_away_begins_anew() throws Exception {
        var file = folder.resolve("deep/clc.log");
        var troubles = new ArrayList<String>();
        var log = log(file, troubles);

        log.accept(delivered("one"));
        log.accept(new InboxEvent.Trouble("no room"));
        Files.move(file, folder.resolve("clc.log.1"));
        log.accept(new InboxEvent.Over());

        assertThat(folder.resolve("clc.log.1"))
                .hasContent("2025-10-30 05:49:11 [OK] WO-1 from CLS: one\n2025-10-30 05:49:11 [FAIL] no room\n");
        assertThat(file).hasContent("2025-10-30 05:49:11 [OK] the trouble is over\n");
        assertThat(troubles).isEmpty();
    }

    @Test
    void a_log_that_cannot_be_written_is_told_and_blocks_nobody() throws Exception {
        var troubles = new ArrayList<String>();
        Tools.run(folder, new byte[0], "mkfifo", "fifo");

        log(folder, troubles).accept(delivered("x"));
        log(folder.resolve("fifo"), troubles).accept(delivered("x"));

        assertThat(troubles).hasSize(2).allMatch(trouble -> trouble.endsWith("is not a regular file"));
    }
}
