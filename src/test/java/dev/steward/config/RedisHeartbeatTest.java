package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisHeartbeatTest {
    private static final String BUS = "bus: redis://localhost\n";

    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @Test
    void its_key_is_named_after_node_and_agent() throws Exception {
        var heartbeat = "agents: {a: {command: x, heartbeat: {via: redis, every: 5s}}}\n";

        assertThat(folder.agent(BUS + heartbeat).heartbeat())
                .contains(new Heartbeat(
                        new Via.Stored("steward:heartbeat:" + Folder.HOST + ":a"),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Heartbeat.OnStale.RESTART));
        assertThat(folder.agent(BUS + "node: studio\n" + heartbeat).heartbeat().map(Heartbeat::via))
                .contains(new Via.Stored("steward:heartbeat:studio:a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app:heartbeat", "{slot}:hb", "7"})
    void another_key_may_be_given(String key) throws Exception {
        assertThat(folder.agent(BUS + "agents: {a: {command: x, heartbeat: {via: redis, key: '" + key + "'}}}")
                        .heartbeat()
                        .map(Heartbeat::via))
                .contains(new Via.Stored(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bus: embedded\n"})
    void it_is_refused_where_the_bus_is_not_redis(String bus) throws Exception {
        assertThat(folder.problems("agents:\n  a: {command: x, heartbeat: {via: redis, key: k}}\n" + bus))
                .containsExactly("2:36: agents.a.heartbeat.via: the bus is not Redis, so nobody could see the key k"
                        + " — write bus: redis://localhost:6379, or beat in another way");
    }

    @Test
    void a_key_goes_with_this_way_alone_and_a_path_does_not() throws Exception {
        assertThat(folder.problems("agents: {a: {command: x, heartbeat: {via: ping, key: k}}}"))
                .containsExactly(
                        "1:54: agents.a.heartbeat.key: goes with via: redis only — remove it, or write via: redis");
        assertThat(folder.problems("agents: {a: {command: x, heartbeat: {path: p, key: k}}}"))
                .singleElement()
                .asString()
                .contains("agents.a.heartbeat.key: goes with via: redis only");
        assertThat(folder.problems(BUS + "agents: {a: {command: x, heartbeat: {via: redis, path: p}}}"))
                .singleElement()
                .asString()
                .contains("agents.a.heartbeat.path: goes with via: file only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "a b", "ä", "\"a\\nb\""})
    void it_refuses_a_key_that_is_no_word(String key) throws Exception {
        assertThat(folder.problems(BUS + "agents: {a: {command: x, heartbeat: {via: redis, key: " + key + "}}}"))
                .singleElement()
                .asString()
                .contains("agents.a.heartbeat.key: ", "use up to 256 characters of ASCII, no spaces");
    }

    @Test
    void two_agents_cannot_share_a_key() throws Exception {
        assertThat(folder.problems(BUS + """
                        agents:
                          a: {command: x, heartbeat: {via: redis, key: k}}
                          b: {command: x, heartbeat: {via: redis, key: k}}
                        """))
                .containsExactly("4:48: agents.b.heartbeat.key: k is the heartbeat of a too — give b a key of its own");
    }

    @Test
    void the_variable_with_the_key_is_stewards_own() throws Exception {
        assertThat(folder.problems("agents: {a: {command: x, env: {STEWARD_HEARTBEAT_KEY: k}}}"))
                .singleElement()
                .asString()
                .contains("env.STEWARD_HEARTBEAT_KEY: Steward sets this variable itself");
    }
}
