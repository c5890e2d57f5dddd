package dev.steward.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address outlives the daemon. */
@Timeout(60)
class PingAddressTest {
    @TempDir
    Path home;

    private Path key() {
        return home.resolve("keys/ping.key");
    }

    private Path port() {
        return home.resolve("run/ping.port");
    }

    private String address() throws Exception {
        try (var node = new PingNode(home)) {
            return node.pings.register("cls", "one");
        }
    }

    private static String secret(String url) {
        return url.substring(url.lastIndexOf('/'));
    }

    @Test
    void the_next_daemon_takes_pings_at_the_same_address() throws Exception {
        var before = address();

        try (var node = new PingNode(home)) {
            assertThat(node.pings.register("cls", "one")).isEqualTo(before);
            assertThat(node.pings.troubles()).isEmpty();
            node.pings.serve();
            assertThat(node.get(before).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void the_next_daemon_gets_the_port_though_connections_of_the_last_are_still_closing() throws Exception {
        String before;
        try (var node = new PingNode(home)) {
            before = node.pings.register("cls", "one");
            node.pings.serve();
            // The server closes first, so the kernel keeps the connection for a while (TIME_WAIT).
            assertThat(node.get(before).statusCode()).isEqualTo(200);
        }

        assertThat(address()).isEqualTo(before);
    }

    @Test
    void another_home_has_other_secrets() throws Exception {
        var before = address();
        home = home.resolve("other");

        assertThat(secret(address())).isNotEqualTo(secret(before));
    }

    @Test
    void it_is_bound_to_loopback_and_below_the_ports_of_outgoing_connections() throws Exception {
        var port = PingNode.port(address());

        assertThat(port).isBetween(20_000, 29_999);
        assertThat(Files.readString(port())).isEqualTo(port + "\n");
        try (var _ = new PingNode(home);
                // Possible only while nobody listens on all addresses.
                var other = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.2"))) {
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void a_port_that_somebody_else_has_is_given_up_for_good_and_that_is_told() throws Exception {
        var before = PingNode.port(address());
        int after;
        try (var _ = new ServerSocket(before, 1, PingNode.LOOPBACK);
                var node = new PingNode(home)) {
            after = PingNode.port(node.pings.address("cls", "one"));

            assertThat(after).isNotEqualTo(before);
            assertThat(node.pings.troubles())
                    .singleElement()
                    .asString()
                    .contains("Port " + before, "taken by another program", "stale and replaced");
        }
        assertThat(PingNode.port(address())).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no port", "0", "99", "65536", "-20000", "20000 20001", "99999999999999999999999999999999"})
    void a_remembered_port_that_is_none_is_replaced_and_that_is_told(String damaged) throws Exception {
        address();
        Files.writeString(port(), damaged);

        try (var node = new PingNode(home)) {
            assertThat(node.pings.troubles()).singleElement().asString().contains("ping.port tells no port");
            assertThat(Files.readString(port())).isEqualTo(PingNode.port(node.pings.address("cls", "one")) + "\n");
        }
    }

    @Test
    void the_key_is_its_owners_alone() throws Exception {
        address();

        assertThat(key()).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_key_that_others_could_read_is_theirs_no_longer_and_that_is_told() throws Exception {
        var before = address();
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r--r--"));

        try (var node = new PingNode(home)) {
            assertThat(node.pings.address("cls", "one")).isEqualTo(before);
            assertThat(node.pings.troubles()).singleElement().asString().contains("could be read by other users");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 100_000})
    void a_key_of_another_size_is_replaced_and_that_is_told(int size) throws Exception {
        var before = address();
        Files.write(key(), new byte[size]);

        try (var node = new PingNode(home)) {
            assertThat(node.pings.troubles())
                    .singleElement()
                    .asString()
                    .contains("cannot be used", size + " bytes", "stale and replaced");
            assertThat(secret(node.pings.address("cls", "one"))).isNotEqualTo(secret(before));
        }
        assertThat(key()).hasSize(32);
    }

    @Test
    void a_key_that_is_a_link_is_replaced_and_what_it_leads_to_left_alone() throws Exception {
        address();
        var elsewhere = Files.write(home.resolve("elsewhere"), new byte[32]);
        Files.delete(key());
        Files.createSymbolicLink(key(), elsewhere);

        try (var node = new PingNode(home)) {
            assertThat(node.pings.troubles()).singleElement().asString().contains("no regular file");
        }
        assertThat(Files.isRegularFile(key(), LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(elsewhere).hasBinaryContent(new byte[32]);
    }

    @Test
    void where_nothing_can_be_saved_pings_are_taken_all_the_same_and_that_is_told() throws Exception {
        Files.writeString(home.resolve("keys"), "in the way");
        Files.writeString(home.resolve("run"), "in the way");

        try (var node = new PingNode(home)) {
            node.pings.serve();

            assertThat(node.get(node.pings.register("cls", "one")).statusCode()).isEqualTo(200);
            assertThat(node.pings.troubles())
                    .hasSize(2)
                    .anyMatch(trouble -> trouble.startsWith("The key for pings cannot be saved"))
                    .anyMatch(trouble -> trouble.startsWith("The port for pings cannot be remembered"));
        }
    }

    @Test
    void no_trouble_tells_a_secret() throws Exception {
        address();
        Files.write(key(), new byte[] {'s', 'e', 'c', 'r', 'e', 't'});

        try (var node = new PingNode(home)) {
            assertThat(node.pings.troubles().toString()).doesNotContain("secret");
        }
    }

    @Test
    void who_pings_before_anybody_answers_is_answered_later() throws Exception {
        try (var node = new PingNode(home)) {
            var url = node.pings.register("cls", "one");
            try (var early = PingNode.connect(PingNode.port(url))) {
                PingNode.write(early, "GET " + PingNode.path(url) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(node.heard).isEmpty();

                node.pings.serve();
                node.pings.serve();

                assertThat(PingNode.rest(early)).startsWith("HTTP/1.1 200 ");
                assertThat(node.heard).hasSize(1);
            }
        }
    }

    @Test
    void closed_before_it_was_served_it_frees_the_port() throws Exception {
        var node = new PingNode(home);
        var port = PingNode.port(node.pings.address("cls", "one"));
        node.close();
        node.pings.serve();

        try (var other = new ServerSocket(port, 1, PingNode.LOOPBACK)) {
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void closed_while_it_starts_it_frees_the_port() throws Exception {
        var node = new PingNode(home);
        var port = PingNode.port(node.pings.address("cls", "one"));
        node.pings.serve();
        node.close();

        Await.until("the port is free", () -> {
            try (var other = new ServerSocket(port, 1, PingNode.LOOPBACK)) {
                return other.isBound();
            } catch (BindException taken) {
                return false;
            }
        });
    }

    /** The whole of the class path but Jetty. */
    private static URLClassLoader withoutJetty() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!Path.of(entry).getFileName().toString().startsWith("jetty-")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @Test
    void nothing_of_the_http_server_is_loaded_before_it_serves_and_its_absence_is_told() throws Exception {
        try (var loader = withoutJetty()) {
            var type = loader.loadClass(Pings.class.getName());
            var listenerType = loader.loadClass(PingListener.class.getName());
            var listener = Proxy.newProxyInstance(loader, new Class<?>[] {listenerType}, (_, _, _) -> null);
            var clock = (LongSupplier) System::nanoTime;

            var pings = type.getMethod("open", Path.class, listenerType, LongSupplier.class)
                    .invoke(null, home, listener, clock);
            var url = (String)
                    type.getMethod("register", String.class, String.class).invoke(pings, "cls", "one");
            assertThat(url).startsWith("http://127.0.0.1:");
            type.getMethod("serve").invoke(pings);

            var troubles = type.getMethod("troubles");
            Await.until("the failure is told", () -> !((List<?>) troubles.invoke(pings)).isEmpty());
            assertThat(troubles.invoke(pings).toString()).contains("Pings cannot be answered");
            type.getMethod("close").invoke(pings);
        }
    }
}
