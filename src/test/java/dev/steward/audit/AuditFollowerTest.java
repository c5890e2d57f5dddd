package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFollowerTest {
    @TempDir
    Path home;

    private Path file;
    private final List<String> seen = new ArrayList<>();

    @BeforeEach
    void name() {
        file = home.resolve("audit.jsonl");
    }

    private void append(String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> news(AuditFollower follower) throws AuditException {
        seen.clear();
        assertThat(follower.news(seen::add)).isFalse();
        return seen;
    }

    @Test
    void it_goes_on_where_the_tail_ended_and_gives_whole_lines_once() throws Exception {
        append("one\ntwo\nthr");
        var follower = AuditReader.tail(file, 1, seen::add);
        assertThat(seen).containsExactly("two");
        assertThat(news(follower)).isEmpty();
        append("ee");
        assertThat(news(follower)).isEmpty();
        append("\nfour\nfi");
        assertThat(news(follower)).containsExactly("three", "four");
        append("ve\n");
        assertThat(news(follower)).containsExactly("five");
        assertThat(news(follower)).isEmpty();
    }

    @Test
    void a_torn_line_that_a_repair_cuts_is_not_given() throws Exception {
        Trails.write(file, 1);
        append("{\"seq\":2,\"ts");
        var follower = AuditReader.tail(file, 0, seen::add);
        Trails.open(file).append(List.of(Trails.event(2)));
        assertThat(news(follower))
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.getFirst()).contains("audit_repaired"));
    }

    @Test
    void a_file_that_became_shorter_or_is_another_one_is_given_from_its_begin() throws Exception {
        append("one\ntwo\n");
        var follower = AuditReader.tail(file, 0, seen::add);
        Files.writeString(file, "1\n");
        assertThat(follower.news(seen::add)).isTrue();
        assertThat(seen).containsExactly("1");

        Files.move(file, home.resolve("elsewhere"));
        assertThat(news(follower)).as("while there is none").isEmpty();
        Files.writeString(file, "three\nfour\nfive\n");
        assertThat(follower.news(seen::add)).isTrue();
        assertThat(seen).containsExactly("three", "four", "five");
        assertThat(news(follower)).isEmpty();
    }
}
