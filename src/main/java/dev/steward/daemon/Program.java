package dev.steward.daemon;

import dev.steward.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What this program knows of itself and of where it runs. */
public final class Program {
    private Program() {}

    /** For example {@code 0.1.0}. */
    public static String version() {
        return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** The launcher that was used, absolute: {@code steward} as a program in a command. */
    public static Path launcher() {
        return Path.of(System.getProperty("steward.launcher", "steward")).toAbsolutePath();
    }

    /** A loader as daemon and commands both need it. */
    public static ConfigLoader loader(Map<String, String> environment) {
        return new ConfigLoader(environment, Program::host, launcher());
    }

    /** This machine's name without its domain. Linux is asked first: the JDK asks the network. */
    public static String host() {
        var name = kernelsName().orElseGet(Program::networksName);
        var dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static Optional<String> kernelsName() {
        var file = Path.of("/proc/sys/kernel/hostname");
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String networksName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
