package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.config.BusConfig.Embedded;
import dev.steward.config.BusConfig.Login;
import dev.steward.config.BusConfig.Redis;
import dev.steward.config.BusConfig.Servers;
import dev.steward.config.BusConfig.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    private BusConfig bus(String written) throws Exception {
        return folder.load("bus: " + written).bus();
    }

    private static Redis single(String host, int port, int database) {
        var server = new Servers.Single(new Endpoint(host, port), database);
        return new Redis(server, Optional.empty(), Optional.empty());
    }

    private Secret secret(String file) {
        return new Secret(new Text("${file:" + path.resolve(file) + "}"));
    }

    @Test
    void it_is_embedded_unless_something_else_is_said() throws Exception {
        assertThat(folder.load("agents: {}").bus()).isEqualTo(new Embedded());
        assertThat(bus("embedded")).isEqualTo(new Embedded());
    }

    @ParameterizedTest
    @CsvSource({
        "redis://localhost, localhost, 6379, 0",
        "redis://localhost/, localhost, 6379, 0",
        "redis://redis.example.com:6380/5, redis.example.com, 6380, 5",
        "'redis://[::1]:7000', ::1, 7000, 0",
        "redis://@10.0.0.1:1, 10.0.0.1, 1, 0",
        "redis://h:65535/9999, h, 65535, 9999",
    })
    void an_address_names_one_server(String written, String host, int port, int database) throws Exception {
        assertThat(bus("'" + written + "'")).isEqualTo(single(host, port, database));
        assertThat(bus("{redis: {url: '" + written + "'}}")).isEqualTo(single(host, port, database));
    }

    @Test
    void an_address_may_ask_for_tls() throws Exception {
        assertThat(((Redis) bus("rediss://h")).tls()).contains(new Tls(Optional.empty()));
        assertThat(((Redis) bus("redis://h")).tls()).isEmpty();
    }

    @Test
    void a_password_in_an_address_is_a_reference_relative_to_the_file() throws Exception {
        assertThat(((Redis) bus("'redis://alice:${file:secrets/redis}@h:1/2'")))
                .isEqualTo(new Redis(
                        new Servers.Single(new Endpoint("h", 1), 2),
                        Optional.of(new Login(Optional.of("alice"), secret("secrets/redis"))),
                        Optional.empty()));
        assertThat(((Redis) bus("'redis://:${env:PASSWORD}@h'")).login())
                .contains(new Login(Optional.empty(), new Secret(new Text("${env:PASSWORD}"))));
        assertThat(((Redis) bus("'rediss://:${file:a@b:c/d}@h'")).login())
                .contains(new Login(Optional.empty(), secret("a@b:c/d")));
    }

    @Test
    void a_section_says_what_an_address_cannot() throws Exception {
        folder.write("ca.pem", CertificatesTest.CERTIFICATE);

        assertThat(bus("{redis: {url: 'rediss://h', user: 'al:ice@x', password: '${file:pw}', ca: ca.pem}}"))
                .isEqualTo(new Redis(
                        new Servers.Single(new Endpoint("h", 6379), 0),
                        Optional.of(new Login(Optional.of("al:ice@x"), secret("pw"))),
                        Optional.of(new Tls(Optional.of(path.resolve("ca.pem"))))));
        assertThat(((Redis) bus("{redis: {url: 'redis://alice@h', password: '${file:pw}'}}")).login())
                .contains(new Login(Optional.of("alice"), secret("pw")));
    }

    @Test
    void sentinels_name_the_master() throws Exception {
        var configuration = folder.load("""
                bus:
                  redis:
                    sentinels: ["s1:26379", "[::1]:26380", 26381]
                    master: my-master
                    database: 3
                    password: "${env:PW}"
                    sentinel_password: "${file:spw}"
                    tls: true
                """);

        assertThat(configuration.bus())
                .isEqualTo(new Redis(
                        new Servers.Sentinels(
                                "my-master",
                                List.of(
                                        new Endpoint("s1", 26_379),
                                        new Endpoint("::1", 26_380),
                                        new Endpoint("127.0.0.1", 26_381)),
                                Optional.of(secret("spw")),
                                3),
                        Optional.of(new Login(Optional.empty(), new Secret(new Text("${env:PW}")))),
                        Optional.of(new Tls(Optional.empty()))));
    }

    @Test
    void nodes_lead_to_a_cluster() throws Exception {
        assertThat(bus("{redis: {nodes: [a:7000, b:7001], tls: false}}"))
                .isEqualTo(new Redis(
                        new Servers.Cluster(List.of(new Endpoint("a", 7_000), new Endpoint("b", 7_001))),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void a_server_is_shown_as_it_is_written() {
        assertThat(new Endpoint("h", 1)).hasToString("h:1");
        assertThat(new Endpoint("::1", 1)).hasToString("[::1]:1");
    }

    @Test
    void a_secret_is_looked_up_at_each_use_and_never_shown() throws Exception {
        var redis = (Redis) bus("'redis://:${file:pw}@h'");
        var password = redis.login().orElseThrow().password();
        assertThatThrownBy(() -> password.resolve(Map.of()))
                .isInstanceOf(Text.UnresolvedReference.class)
                .hasMessageContaining("no such file");

        folder.write("pw", "hunter2\n");
        assertThat(password.resolve(Map.of())).isEqualTo("hunter2");
        folder.write("pw", "hunter3");
        assertThat(password.resolve(Map.of())).isEqualTo("hunter3");

        assertThat(redis.toString())
                .contains("password=${file:" + path.resolve("pw") + "}")
                .doesNotContain("hunter");
        assertThat(new Secret(new Text("hunter2"))).hasToString("(not shown)");
        assertThat(new Secret(new Text("${env:A}hunter2"))).hasToString("(not shown)");
    }
}
