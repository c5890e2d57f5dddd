package dev.steward.faults;

import dev.steward.Main;
import dev.steward.control.Answer;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import dev.steward.testing.Await;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A home, and one daemon after the other on it: to be killed. */
final class LiveNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Path home;
    private Optional<Process> daemon = Optional.empty();

    LiveNode(Path home) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("logs"));
    }

    void configure(String yaml) throws IOException {
        Files.writeString(home.resolve("steward.yaml"), yaml);
    }

    /** Starts a daemon, which may not answer yet. */
    void start() throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xmx64m", "-XX:-MaxFDLimit"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "--home", home.toString(), "daemon"));
        var builder = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.appendTo(log().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("STEWARD_"));
        daemon = Optional.of(builder.start());
    }

    /** Starts a daemon, and returns once it has looked at every agent. */
    void up() throws Exception {
        start();
        awaitReady();
    }

    void awaitReady() throws Exception {
        Await.until("the daemon answers, see " + log(), () -> {
            if (!lives()) {
                throw new AssertionError("the daemon ended:\n" + Files.readString(log()));
            }
            return isReady();
        });
    }

    boolean isReady() {
        return ask(Question.of("ping")).filter(answer -> answer.flag("ready")).isPresent();
    }

    boolean lives() {
        return daemon.filter(Process::isAlive).isPresent();
    }

    long pid() {
        return daemon.orElseThrow().pid();
    }

    /** The daemon alone, by SIGKILL. */
    void kill() {
        daemon.ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }

    /** Everything stops, and the daemon ends. */
    void down() {
        daemon.ifPresent(process -> {
            process.destroy();
            process.onExit().join();
        });
    }

    /** The answer; empty if the daemon died before it gave one. A refusal is a mistake of the test's. */
    Optional<Answer> ask(Question question) {
        try (var client = ControlClient.connect(home).within(PATIENCE)) {
            return Optional.of(client.ask(question));
        } catch (ControlException e) {
            if (e.isUnanswered() || e.kind() == Kind.BUSY) {
                return Optional.empty();
            }
            throw new AssertionError(e);
        }
    }

    JsonNode status() {
        var answer = ask(Question.of("status").with("format", "json")).orElseThrow();
        return JsonMapper.shared().readTree(answer.json());
    }

    JsonNode agent(String name) {
        for (var agent : status().get("agents")) {
            if (agent.get("name").asString().equals(name)) {
                return agent;
            }
        }
        throw new AssertionError("no agent " + name);
    }

    String state(String name) {
        return agent(name).get("state").asString();
    }

    /** What the daemon says that is wrong. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        status().get("daemon").get("problems").forEach(problem -> problems.add(problem.asString()));
        return problems;
    }

    long pidOf(String agent) {
        return agent(agent).get("pid").asLong();
    }

    void request(String method, String agent) {
        var _ = ask(Question.of(method).with("agents", List.of(agent))).orElseThrow();
    }

    void await(String agent, String state) throws Exception {
        Await.until(agent + " is " + state, () -> state(agent).equals(state));
    }

    private Path log() {
        return home.resolve("logs/steward.log");
    }

    /** The daemon, and whatever names the home among its arguments. */
    @Override
    public void close() throws IOException {
        kill();
        for (var left : Machine.with(home.toString())) {
            Machine.kill(left.pid());
        }
    }
}
