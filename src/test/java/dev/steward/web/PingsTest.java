package dev.steward.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.web.Ping.Kind;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PingsTest {
    @TempDir
    Path home;

    private PingNode node;
    private String url;

    @BeforeEach
    void serve() throws Exception {
        node = new PingNode(home);
        url = node.pings.register("cls", "one");
        node.pings.serve();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void the_address_is_on_loopback_and_cannot_be_guessed() {
        assertThat(url).matches("http://127\\.0\\.0\\.1:[0-9]+/ping/[A-Za-z0-9_-]{43}");
        assertThat(node.pings.address("cls", "one")).isEqualTo(url);
        assertThat(node.pings.address("cls", "two")).isNotEqualTo(url);
        assertThat(node.pings.address("clc", "one")).isNotEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT"})
    void a_ping_is_answered_with_ok_and_nothing_more_than_needed(String method) throws Exception {
        var answer = node.send(url, method, BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
        assertThat(answer.headers().map().keySet())
                .containsExactlyInAnyOrder("content-type", "content-length", "connection");
        assertThat(node.heard)
                .containsExactly(new PingNode.Heard(
                        "cls", "one", new Ping(Kind.BEAT, OptionalInt.empty(), Optional.empty(), "", false)));
    }

    @Test
    void head_is_a_beat_whose_answer_has_no_body() throws Exception {
        var answer =
                PingNode.raw(PingNode.port(url), "HEAD " + PingNode.path(url) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n").containsIgnoringCase("content-length: 2");
        assertThat(node.last().kind()).isEqualTo(Kind.BEAT);
    }

    @ParameterizedTest
    @CsvSource({"/,BEAT,", "/start,START,", "/fail,FAIL,", "/0,BEAT,0", "/1,FAIL,1", "/255,FAIL,255", "/007,FAIL,7"})
    void what_follows_the_secret_says_what_happened(String suffix, Kind kind, Integer status) throws Exception {
        assertThat(node.get(url + suffix).statusCode()).isEqualTo(200);

        assertThat(node.last().kind()).isEqualTo(kind);
        assertThat(node.last().exitStatus()).isEqualTo(status == null ? OptionalInt.empty() : OptionalInt.of(status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/256",
                "/-1",
                "/0000",
                "/log",
                "/START",
                "/start/",
                "//",
                "/start/1",
                "/%73tart",
                ";x",
                "x",
                "/1.0"
            })
    void what_means_nothing_is_not_found(String suffix) throws Exception {
        assertThat(node.get(url + suffix).statusCode()).isEqualTo(404);
        assertThat(node.heard).isEmpty();
    }

    @Test
    void the_body_is_kept_as_it_came() throws Exception {
        node.send(url + "/fail", "POST", BodyPublishers.ofString("disk full\n\u001b[31mред\0"));

        assertThat(node.last().body()).isEqualTo("disk full\n\u001b[31mред\0");
        assertThat(node.last().bodyCut()).isFalse();
    }

    @Test
    void a_body_that_comes_in_chunks_is_kept() throws Exception {
        var bytes = "x".repeat(9_999).getBytes(StandardCharsets.UTF_8);

        node.send(url, "PUT", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));

        assertThat(node.last().body()).hasSize(9_999).matches("x*");
    }

    @Test
    void of_a_body_its_first_ten_kilobytes_are_kept() throws Exception {
        assertThat(node.send(url, "POST", BodyPublishers.ofString("x".repeat(99_000)))
                        .statusCode())
                .isEqualTo(200);

        assertThat(node.last().body()).hasSize(Ping.BODY_BYTES);
        assertThat(node.last().bodyCut()).isTrue();
    }

    @Test
    void a_body_of_any_bytes_is_kept_as_far_as_it_is_text() throws Exception {
        node.send(url, "POST", BodyPublishers.ofByteArray(new byte[] {'a', (byte) 0xff, 0, (byte) 0xc3, 'b'}));

        assertThat(node.last().body()).isEqualTo("a\ufffd\0\ufffdb");
    }

    @Test
    void a_ping_whose_body_comes_in_half_is_none() throws Exception {
        try (var socket = PingNode.connect(PingNode.port(url))) {
            PingNode.write(
                    socket,
                    "POST " + PingNode.path(url) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf");
            socket.shutdownOutput();

            assertThat(PingNode.rest(socket)).doesNotContain(" 200 ");
        }
        assertThat(node.heard).isEmpty();
    }

    @Test
    void a_run_id_is_kept_with_the_ping() throws Exception {
        node.get(url + "/start?a=b&rid=6F9619FF-8B86-D011-B42D-00CF4FC964FF");

        assertThat(node.last().rid()).contains("6f9619ff-8b86-d011-b42d-00cf4fc964ff");
    }

    @Test
    void a_run_id_that_is_no_uuid_is_refused() throws Exception {
        assertThat(node.get(url + "?rid=1").statusCode()).isEqualTo(400);
        assertThat(node.heard).isEmpty();
    }

    @Test
    void an_unknown_secret_a_malformed_one_and_any_other_path_are_answered_alike() throws Exception {
        var unknown = url.substring(0, url.length() - 1) + (url.endsWith("A") ? "E" : "A");
        var shortened = url.substring(0, url.length() - 1);
        var other = "http://127.0.0.1:" + PingNode.port(url) + "/";

        for (var wrong :
                new String[] {unknown, unknown + "/fail", unknown + "?rid=1", shortened, other, other + "ping/"}) {
            var answer = node.get(wrong);

            assertThat(answer.statusCode()).as(wrong).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("not found");
        }
        assertThat(node.heard).isEmpty();
        assertThat(node.pings.refused()).isEqualTo(6);
    }

    @Test
    void an_earlier_incarnation_no_longer_counts() throws Exception {
        var second = node.pings.register("cls", "two");

        assertThat(node.get(url).statusCode()).isEqualTo(404);
        assertThat(node.get(second).statusCode()).isEqualTo(200);
        assertThat(node.heard).extracting(PingNode.Heard::incarnation).containsExactly("two");
    }

    @Test
    void a_forgotten_agent_no_longer_counts_and_others_do() throws Exception {
        var other = node.pings.register("clc", "one");

        node.pings.forget("cls");
        node.pings.forget("nobody");

        assertThat(node.get(url).statusCode()).isEqualTo(404);
        assertThat(node.get(other).statusCode()).isEqualTo(200);
    }

    @Test
    void another_method_is_refused() throws Exception {
        assertThat(node.send(url, "DELETE", BodyPublishers.noBody()).statusCode())
                .isEqualTo(405);
        assertThat(node.heard).isEmpty();
    }

    @Test
    void of_a_flood_of_beats_some_reach_the_daemon_and_all_are_answered() throws Exception {
        for (var i = 0; i < 50; i++) {
            assertThat(node.get(url).statusCode()).isEqualTo(200);
        }
        assertThat(node.heard).hasSize(11);

        assertThat(node.get(url + "/fail").statusCode()).isEqualTo(200);
        assertThat(node.last().kind()).isEqualTo(Kind.FAIL);

        node.nanos.addAndGet(1_000_000_000L);
        node.heard.clear();
        for (var i = 0; i < 50; i++) {
            node.get(url);
        }
        assertThat(node.heard).hasSize(11);
    }

    @Test
    void a_failure_too_many_is_told_so_and_not_lost_in_silence() throws Exception {
        for (var i = 0; i < 10; i++) {
            assertThat(node.get(url + "/fail").statusCode()).isEqualTo(200);
        }

        assertThat(node.get(url + "/fail").statusCode()).isEqualTo(429);
        assertThat(node.heard).hasSize(10);
    }

    @Test
    void a_ping_that_cannot_be_taken_is_to_be_sent_again() throws Exception {
        var broken = Pings.open(
                home.resolve("other"),
                (_, _, _) -> {
                    throw new IllegalStateException("no room");
                },
                System::nanoTime);
        try (broken) {
            broken.serve();

            assertThat(node.get(broken.register("cls", "one")).statusCode()).isEqualTo(500);
        }
    }
}
