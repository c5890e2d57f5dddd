package dev.steward.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the JDK that runs the tests: what is printed is data, whatever the state of the AOT cache. */
class LauncherCacheTest {
    private static final String VERSION = System.getProperty("java.version");

    @TempDir
    Path temp;

    Checkout checkout;
    Path folder;

    @BeforeEach
    void make_a_package() throws Exception {
        checkout = Checkout.in(temp);
        folder = Files.createDirectory(checkout.machine().resolve("a package"));
        Files.copy(checkout.launcher(), folder.resolve("steward"));
        greeter(folder.resolve("steward.jar"));
    }

    private static void greeter(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Greeter.class.getName());
        var entry = Greeter.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var in = Greeter.class.getResourceAsStream("/" + entry)) {
            if (in == null) {
                throw new IOException("no class file of " + Greeter.class);
            }
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
            out.closeEntry();
        }
    }

    private Launch greet() throws IOException {
        return checkout.bare("status")
                .as(folder.resolve("steward").toString())
                .without("STEWARD_NO_AOT")
                .with("STEWARD_JAVA_HOME", System.getProperty("java.home"));
    }

    private void expect_only_the_greeting(Launch launch) throws Exception {
        var ended = launch.run();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).isEqualTo("hello status\n");
        assertThat(ended.status()).isZero();
    }

    @Test
    void a_cache_made_by_training_is_used_in_silence() throws Exception {
        expect_only_the_greeting(greet());
        for (String role : new String[] {"cli", "daemon", "agent"}) {
            Await.until("the cache of " + role, () -> Files.exists(cache(role)));
        }
        Await.until("the end of the training", () -> !Files.isSymbolicLink(folder.resolve("training")));

        expect_only_the_greeting(greet());
        // The JVM says itself whether it took it: this mode refuses to start without.
        expect_only_the_greeting(greet().with("STEWARD_JAVA_OPTS", "-XX:AOTMode=on"));
    }

    @Test
    void a_corrupt_cache_is_passed_over_in_silence() throws Exception {
        Files.write(cache("cli"), new byte[100_000]);

        expect_only_the_greeting(greet());
    }

    @Test
    void an_empty_cache_is_passed_over_in_silence() throws Exception {
        Files.createFile(cache("cli"));

        expect_only_the_greeting(greet());
    }

    private Path cache(String role) {
        return folder.resolve(role + "-" + VERSION + ".aot");
    }
}
