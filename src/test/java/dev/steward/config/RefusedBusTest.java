package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedBusTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "embeded               | is neither embedded nor an address of Redis — did you mean embedded?",
                "localhost:6379        | is neither embedded nor an address of Redis — write, for example, redis://localhost:6379",
                "redis:localhost       | is neither embedded nor an address of Redis",
                "http://localhost:6379 | 'http://' does not lead to Redis — write redis://, or rediss:// for TLS",
                "redis+tls://h         | 'redis+tls://' does not lead to Redis",
                "REDIS://h             | 'REDIS://' does not lead to Redis — write redis://",
                "redis://              | names no host — write, for example, redis://localhost:6379",
                "redis:///0            | names no host",
                "redis://:6379         | names no host",
                "'redis://:${env:P}@'  | names no host",
                "redis://h:0           | the port 0 does not exist — ports are 1 to 65535",
                "redis://h:65536       | the port 65536 does not exist",
                "redis://h:6379/10000  | the database 10000 does not exist — possible: 0 to 9999",
                "redis://h:port        | names no host with a port and the number of a database — write, for example, redis://localhost:6379/0",
                "redis://h:1/zero      | names no host with a port and the number of a database",
                "redis://h/0/1         | names no host with a port and the number of a database",
                "redis://h?protocol=3  | names no host with a port and the number of a database",
                "redis://a,b           | names no host with a port and the number of a database",
                "redis://a b           | names no host with a port and the number of a database",
                "redis://alice@h       | the user has no password — write redis://user:${file:secrets/redis}@host, or the key password",
                "'redis://${env:P}@h'  | what stands before the @ is no user with a password by reference — write redis://user:${file:secrets/redis}@host",
                "redis://al%40ice@h    | what stands before the @ is no user with a password by reference — write redis://user:${file:secrets/redis}@host; a user with other characters is the key user of a section",
                "'redis://u:${foo:b}@h' | '${foo:b}' is not a reference — possible: ${env:NAME} and ${file:path}",
                "'redis://${env:HOST}' | a reference can stand in the place of the password only",
                "'${env:REDIS_URL}'    | is neither embedded nor an address of Redis",
                "                      | has no value; it must be embedded, an address of Redis, or a section",
                "[redis://h]           | is a list; it must be embedded, an address of Redis, or a section",
                "{}                    | says nothing — write embedded, or redis://localhost:6379",
                "{redis: }             | redis: names no server — write url: redis://localhost:6379, sentinels or nodes",
                "{redis: 'redis://h'}  | redis: is a single value; it must be a section — possible keys: url, sentinels",
            })
    void it_refuses_a_bad_bus_and_says_what_to_write(String bus, String problem) throws Exception {
        var written = bus == null ? "" : bus;
        assertThat(folder.problems("bus: " + written))
                .singleElement()
                .asString()
                .contains(": bus" + (problem.startsWith("redis: ") ? "." : ": ") + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "master: m                     | redis: names no server",
                "url: http://h                 | redis.url: 'http://' does not lead to Redis",
                "url: embedded                 | redis.url: is neither embedded nor an address of Redis",
                "url: 'redis://h', nodes: [h:1] | redis: url and nodes exclude each other — keep one of them",
                "sentinels: [h:1], master: m, nodes: [h:1] | redis: sentinels and nodes exclude each other — keep one of them",
                "sentinels: [h:1]              | redis: master is missing — add, for example, master: mymaster",
                "sentinels: [], master: m      | redis.sentinels: names no server — write, for example, [\"localhost:26379\"]",
                "nodes: []                     | redis.nodes: names no server — write, for example, [\"localhost:6379\"]",
                "nodes: h:1                    | redis.nodes: is a single value; it must be a list",
                "nodes: [h]                    | redis.nodes[0]: 'h' is no host and port — write, for example, localhost:6379",
                "nodes: ['h:0']                | redis.nodes[0]: the port 0 does not exist",
                "sentinels: [http://h], master: m | redis.sentinels[0]: 'http://h' is no host and port",
                "nodes: [h:1], master: m       | redis.master: goes with sentinels only — remove it",
                "nodes: [h:1], database: 1     | redis.database: goes with sentinels only — remove it: a Redis Cluster has the database 0 alone",
                "url: 'redis://h', database: 1 | redis.database: goes with sentinels only — remove it, and end the url with it: redis://localhost:6379/2",
                "url: 'redis://h', sentinel_password: '${env:P}' | redis.sentinel_password: goes with sentinels only",
                "sentinels: [h:1], master: m, database: -1 | redis.database: -1 is out of range — possible: 0 to 9999",
                "sentinels: [h:1], master: 'a b' | redis.master: 'a b' is not possible here — use up to 128 letters",
                "url: 'redis://h', tls: true   | redis.tls: goes with sentinels and nodes only — remove it; rediss:// in the url is TLS",
                "url: 'redis://h', ca: ca.pem  | redis.ca: goes with TLS only — write rediss:// in the url",
                "nodes: [h:1], ca: ca.pem      | redis.ca: goes with TLS only — add tls: true, or remove it",
                "nodes: [h:1], user: alice     | redis: the user has no password",
                "nodes: [h:1], user: 'a b', password: '${env:P}' | redis.user: 'a b' is not possible here",
                "url: 'redis://a:${env:P}@h', user: b | redis.user: stands in the url, too — keep one of them",
                "url: 'redis://a:${env:P}@h', password: '${env:Q}' | redis.password: stands in the url, too — keep one of them",
            })
    void it_refuses_a_bad_section(String keys, String problem) throws Exception {
        assertThat(folder.problems("bus: {redis: {" + keys + "}}"))
                .singleElement()
                .asString()
                .contains(": bus." + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'redis://alice:hunter2@h'",
                "'redis://:hunter2@h:6379/0'",
                "'redis://alice:hunter2${env:P}@h'",
                "'redis://alice:${env:P}hunter2@h'",
                "'redis://alice:hun@ter2@h'",
                "'redis://alice:hunter2'",
                "'redis:alice:hunter2@h'",
                "'alice:hunter2@h'",
                "hunter2",
                "{redis: {url: 'rediss://alice:hunter2@h'}}",
                "{redis: {url: 'redis://h', password: hunter2}}",
                "{redis: {url: 'redis://h', password: 'hunter2${env:P}'}}",
                "{redis: {url: 'redis://h', password: '${env:P}hunter2'}}",
                "{redis: {url: 'redis://h', password: ['hunter2']}}",
                "{redis: {url: 'redis://h', password: '${env:P}${file:hunter2'}}",
                "{redis: {sentinels: [h:1], master: m, sentinel_password: hunter2}}",
            })
    void a_password_in_clear_is_refused_and_not_repeated(String bus) throws Exception {
        assertThat(folder.problems("bus: " + bus)).singleElement().asString().doesNotContain("hunter", "ter2");
    }

    @Test
    void a_password_in_clear_is_told_where_it_belongs() throws Exception {
        assertThat(folder.problems("bus: redis://alice:hunter2@h"))
                .containsExactly(
                        "1:6: bus: a password stands there in clear — write redis://user:${file:secrets/redis}@host");
        assertThat(folder.problems("bus: {redis: {url: 'redis://h', password: 5}}"))
                .containsExactly(
                        "1:43: bus.redis.password: stands there in clear, or is more than one reference — put it into"
                                + " a file that Steward alone can read, and write \"${file:secrets/redis}\"; or"
                                + " \"${env:REDIS_PASSWORD}\"");
    }

    @Test
    void a_bus_that_is_refused_does_not_make_a_heartbeat_wrong() throws Exception {
        var agents = "agents: {a: {command: x, heartbeat: {via: redis}}}\nbus: ";

        assertThat(folder.problems(agents + "redis://h:0"))
                .singleElement()
                .asString()
                .contains("the port 0");
        assertThat(folder.problems(agents + "{redis: 5}"))
                .singleElement()
                .asString()
                .contains("bus.redis: is a");
    }
}
