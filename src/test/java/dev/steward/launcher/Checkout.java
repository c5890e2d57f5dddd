package dev.steward.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

/**
 * A checkout with the real launcher, and a machine around it: a folder of tools as the whole PATH, a Maven and JDKs
 * that are scripts, a home folder. Every path has spaces in it.
 */
final class Checkout {
    /** Tools of the system that the launcher may use; what is missing here it must do without. */
    private static final List<String> TOOLS = List.of(
            "cat",
            "date",
            "find",
            "head",
            "ln",
            "mkdir",
            "mv",
            "nice",
            "ps",
            "readlink",
            "rm",
            "sh",
            "sleep",
            "sync",
            "tr");

    private static final Path LAUNCHER = Path.of(System.getProperty("steward.basedir", "."), "steward");

    private final Path machine;

    private Checkout(Path machine) {
        this.machine = machine;
    }

    static Checkout in(Path temp) throws IOException {
        var checkout = new Checkout(temp.toRealPath().resolve("a machine"));
        Files.createDirectories(checkout.tools());
        Files.createDirectories(checkout.userHome());
        for (String tool : TOOLS) {
            checkout.tool(tool, "#!/bin/sh\nexec " + found(tool) + " \"$@\"\n");
        }
        Files.createDirectories(checkout.source().getParent());
        Files.writeString(checkout.source(), "class Main {}");
        Files.writeString(checkout.root().resolve("pom.xml"), "<project/>");
        Files.copy(LAUNCHER, checkout.launcher());
        checkout.age();
        checkout.tool("mvn", Scripts.MAVEN);
        return checkout;
    }

    private static Path found(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    Path machine() {
        return machine;
    }

    Path root() {
        return machine.resolve("a checkout");
    }

    Path launcher() {
        return root().resolve("steward");
    }

    Path source() {
        return root().resolve("src/main/java/Main.java");
    }

    Path tools() {
        return machine.resolve("tools");
    }

    Path userHome() {
        return machine.resolve("user home");
    }

    Path output() {
        return root().resolve(".build");
    }

    /** Where the scripts write down what they were asked. */
    Path journal() {
        return machine.resolve("journal");
    }

    /** Maven waits for this file where a run says so. */
    Path gate() {
        return machine.resolve("gate");
    }

    /** A run in the machine, with a JDK that is good enough. */
    Launch launch(String... arguments) throws IOException {
        return bare(arguments).with("STEWARD_JAVA_HOME", jdk("jdk 25", "25.0.1").toString());
    }

    /** A run in the machine, which has no JDK yet. */
    Launch bare(String... arguments) {
        return new Launch(this, launcher().toString(), arguments);
    }

    /** A JDK with a compiler, whose java prints what it was given. */
    Path jdk(String name, String version) throws IOException {
        return jdkIn(machine.resolve(name), version);
    }

    Path jdkIn(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), Scripts.JAVA);
        script(home.resolve("bin/javac"), "#!/bin/sh\nexit 1\n");
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nSOURCE=\"\"\n");
        return home;
    }

    void tool(String name, String text) throws IOException {
        script(tools().resolve(name), text);
    }

    static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Replaces a line of the launcher: for what a test machine cannot be without. */
    void patch(String line, String by) throws IOException {
        String text = Files.readString(launcher());
        if (!text.contains(line)) {
            throw new IllegalArgumentException("the launcher has no line " + line);
        }
        Files.writeString(launcher(), text.replace(line, by));
    }

    /** As after a checkout long ago, so that what a test changes is newer. */
    private void age() throws IOException {
        try (var files = Files.walk(root())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            }
        }
    }

    /** The builds that are kept, oldest first. */
    List<Path> builds() throws IOException {
        try (var entries = Files.list(output())) {
            return entries.filter(entry -> Files.exists(entry.resolve("steward.jar")))
                    .sorted()
                    .toList();
        }
    }

    /** The build in use. */
    Path current() throws IOException {
        return output().resolve(Files.readString(output().resolve("current")).strip());
    }

    /** What the scripts wrote down that begins with this word. */
    List<String> journal(String word) throws IOException {
        return Files.exists(journal())
                ? Files.readAllLines(journal()).stream()
                        .filter(line -> line.startsWith(word))
                        .toList()
                : List.of();
    }
}
