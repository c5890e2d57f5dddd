package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.supervise.Sign;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pings mean to an agent, over real HTTP. */
class PingDoorTest {
    @TempDir
    Path home;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Sign> signs = new CopyOnWriteArrayList<>();
    private PingDoor door;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(home.resolve("run"));
        door = new PingDoor(home, System::nanoTime);
        door.answer(this::hear);
    }

    @AfterEach
    void close() throws IOException {
        door.close();
    }

    private void hear(String agent, String incarnation, Sign sign) {
        heard.add(agent + " " + incarnation);
        signs.add(sign);
    }

    private static int post(String address, String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        return connection.getResponseCode();
    }

    @Test
    void a_ping_is_a_beat_of_the_incarnation_whose_address_it_is() throws IOException {
        var address = door.register("cls", "0190");
        assertThat(post(address, "all is well")).isEqualTo(200);
        assertThat(post(address + "/0", "")).isEqualTo(200);
        assertThat(heard).containsOnly("cls 0190");
        assertThat(signs).containsExactly(new Sign.Beat(), new Sign.Beat());
    }

    @Test
    void a_failure_is_told_with_its_status_and_the_beginning_of_its_body() throws IOException {
        var address = door.register("cls", "0190");
        post(address + "/3", "disk full\n\u001b[2J" + "x".repeat(5000));
        post(address + "/fail", "");
        assertThat(signs).hasSize(2);
        assertThat(((Sign.Failed) signs.getFirst()).detail())
                .startsWith("it pinged that it failed with status 3: disk full  [2Jxxx")
                .hasSizeLessThan(2100);
        assertThat(signs.getLast()).isEqualTo(new Sign.Failed("it pinged that it failed"));
    }

    @Test
    void that_it_begins_is_said_and_is_no_beat() throws IOException {
        post(door.register("cls", "0190") + "/start", "");
        assertThat(signs).containsExactly(new Sign.Begun());
    }

    @Test
    void an_agent_that_was_replaced_or_removed_is_not_heard() throws IOException {
        var first = door.register("cls", "0190");
        var second = door.register("cls", "0191");
        assertThat(post(first, "")).isEqualTo(404);
        door.forget("cls");
        assertThat(post(second, "")).isEqualTo(404);
        assertThat(heard).isEmpty();
    }

    @Test
    void without_an_agent_that_pings_no_port_is_open() {
        assertThat(home.resolve("run/ping.port")).doesNotExist();
        assertThat(door.troubles()).isEmpty();
    }
}
