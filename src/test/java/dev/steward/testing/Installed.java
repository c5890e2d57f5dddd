package dev.steward.testing;

import dev.steward.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Steward as a package installs it: the real launcher, and beside it a jar that leads to the classes just compiled. */
public final class Installed {
    private static final Path LAUNCHER = Path.of(System.getProperty("steward.basedir", "."), "steward");

    private Installed() {}

    /** Puts it into a folder, which is made; gives the launcher. To be run with {@link #environment}. */
    public static Path in(Path folder) throws IOException {
        Files.createDirectories(folder);
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (var jar = new JarOutputStream(Files.newOutputStream(folder.resolve("steward.jar")), manifest)) {
            jar.finish();
        }
        return Files.copy(LAUNCHER, folder.resolve("steward"));
    }

    /** With this JDK, and without caches, whose training would go on behind a test. */
    public static Map<String, String> environment() {
        return Map.of("STEWARD_JAVA_HOME", System.getProperty("java.home"), "STEWARD_NO_AOT", "1");
    }
}
