package dev.steward.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.web.Ping.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that the docs of healthchecks.io tell people to use, as they are. */
@Timeout(60)
class PingClientsTest {
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

    /** What a shell gives back: output and exit status. */
    private record Done(int status, String output) {}

    private Done shell(String script) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        builder.environment().put("STEWARD_PING_URL", url);
        builder.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.directory(home.toFile());
        var process = builder.start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return new Done(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void needs(String program) {
        var there = List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(there, program + " is not installed");
    }

    private List<Kind> kinds() {
        var kinds = new ArrayList<Kind>();
        node.heard.forEach(heard -> kinds.add(heard.ping().kind()));
        return kinds;
    }

    @Test
    void curl_pings() throws Exception {
        needs("curl");

        var done = shell("curl -fsS -m 10 --retry 5 -o /dev/null \"$STEWARD_PING_URL\"");

        assertThat(done).isEqualTo(new Done(0, ""));
        assertThat(kinds()).containsExactly(Kind.BEAT);
    }

    @Test
    void curl_tells_an_exit_status_and_what_was_written() throws Exception {
        needs("curl");

        var done = shell("m=$(echo no such table; exit 3); curl -fsS -m 10 --retry 5 --data-raw \"$m\" "
                + "\"$STEWARD_PING_URL/$?\"");

        assertThat(done).isEqualTo(new Done(0, "OK"));
        assertThat(node.last().kind()).isEqualTo(Kind.FAIL);
        assertThat(node.last().exitStatus()).hasValue(3);
        assertThat(node.last().body()).isEqualTo("no such table");
    }

    @Test
    void curl_asks_for_the_head_alone() throws Exception {
        needs("curl");

        assertThat(shell("curl -fsSI -m 10 \"$STEWARD_PING_URL/start\"").status())
                .isZero();
        assertThat(kinds()).containsExactly(Kind.START);
    }

    @Test
    void curl_sends_a_file_that_is_far_too_long_and_is_content() throws Exception {
        needs("curl");
        Files.write(home.resolve("log"), new byte[8_000_000]);

        for (var way : new String[] {"--data-binary @log", "-T log", "-H 'Transfer-Encoding: chunked' -T log"}) {
            var done = shell("curl -fsS -m 10 -X POST " + way + " \"$STEWARD_PING_URL/fail\"");

            assertThat(done).as(way).isEqualTo(new Done(0, "OK"));
        }
        assertThat(kinds()).containsExactly(Kind.FAIL, Kind.FAIL, Kind.FAIL);
    }

    @Test
    void curl_fails_at_an_address_that_no_longer_counts() throws Exception {
        needs("curl");
        node.pings.register("cls", "two");

        assertThat(shell("curl -fsS -m 10 --retry 5 \"$STEWARD_PING_URL\"").status())
                .isEqualTo(22);
    }

    @Test
    void wget_pings() throws Exception {
        needs("wget");

        var done = shell("wget \"$STEWARD_PING_URL\" -T 10 -t 5 -q -O /dev/null");

        assertThat(done).isEqualTo(new Done(0, ""));
        assertThat(kinds()).containsExactly(Kind.BEAT);
    }

    @Test
    void python_pings_with_its_standard_library() throws Exception {
        needs("python3");

        var done = shell("""
                python3 -c 'import os, urllib.request as r
                u = os.environ["STEWARD_PING_URL"]
                print(r.urlopen(u, timeout=10).read())
                print(r.urlopen(u + "/fail", data=b"why", timeout=10).status)'""");

        assertThat(done).isEqualTo(new Done(0, "b'OK'\n200\n"));
        assertThat(kinds()).containsExactly(Kind.BEAT, Kind.FAIL);
        assertThat(node.last().body()).isEqualTo("why");
    }

    @Test
    void pythons_requests_ping_also_on_one_connection() throws Exception {
        needs("python3");
        assumeTrue(shell("python3 -c 'import requests'").status() == 0, "requests is not installed");

        var done = shell("""
                python3 -c 'import os, requests
                u = os.environ["STEWARD_PING_URL"]
                s = requests.Session()
                print([s.get(u + "/start", timeout=10).text, s.post(u, timeout=10, data="done").text])'""");

        assertThat(done).isEqualTo(new Done(0, "['OK', 'OK']\n"));
        assertThat(kinds()).containsExactly(Kind.START, Kind.BEAT);
    }

    @Test
    void bash_pings_without_any_client() throws Exception {
        needs("bash");

        var done = shell("bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + PingNode.port(url) + "; printf \"GET "
                + PingNode.path(url) + " HTTP/1.0\\r\\n\\r\\n\" >&3; head -c 12 <&3'");

        assertThat(done.output()).endsWith(" 200");
        assertThat(kinds()).containsExactly(Kind.BEAT);
    }
}
