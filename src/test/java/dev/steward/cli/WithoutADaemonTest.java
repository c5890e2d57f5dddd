package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.agent.ReferenceAgent;
import dev.steward.cli.Ran.Shell;
import dev.steward.posix.Posix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands do when there is nobody to ask, and what they say of mistakes. */
class WithoutADaemonTest {
    private static final String CONFIG = """
            agents:
              cls: {command: [/bin/sleep, "1000"], log: out/cls.log}
            """;

    @TempDir
    Path home;

    private Shell shell;

    @BeforeEach
    void make() {
        shell = Shell.at(home);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"start cls", "stop cls", "restart --all", "signal cls HUP", "reload", "call ping", "events -f"})
    void what_needs_a_daemon_says_how_to_start_one(String command) {
        var ran = shell.run(command.split(" "));
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err())
                .contains("no daemon runs on " + home, "steward up --detach")
                .doesNotContain("\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void down_has_nothing_to_stop() {
        var ran = shell.run("down");
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err()).isEqualTo("steward: nothing to stop: no daemon runs on " + home + "\n");
    }

    @Test
    void status_tells_which_agents_live_on() throws IOException {
        var life = Files.createDirectory(home.resolve("run")).resolve("web.life");
        try (var held = Posix.locksOnly().tryLock(life).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(shell.run("status").err())
                    .contains("no daemon runs on " + home + ", but agents live on: web. Start it: ");
        }
        assertThat(shell.run("status").err()).doesNotContain("web");
    }

    @Test
    void is_up_is_unknown() {
        assertThat(shell.run("is-up", "cls").status()).isEqualTo(4);
    }

    @Test
    void status_knows_nothing_of_a_home_that_never_had_a_daemon() {
        var ran = shell.run("status");
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err()).contains("Nothing is known of its agents");
        assertThat(shell.run("status", "--json").out())
                .isEqualTo("{\"daemon\":null,\"agents\":[],\"inboxes\":null,\"incidents\":[]}\n");
        assertThat(Shell.at(home.resolve("nowhere")).run("status").err()).contains("there is no home");
    }

    @Test
    void a_killed_daemons_socket_is_no_daemon() throws IOException {
        Files.createDirectory(home.resolve("run"));
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(home.resolve("run/steward.sock")));
        }
        assertThat(shell.run("status").status()).isEqualTo(69);
    }

    @Test
    void logs_finds_the_file_by_the_configuration() throws IOException {
        Files.writeString(home.resolve("steward.yaml"), CONFIG);
        Files.createDirectory(home.resolve("out"));
        Files.writeString(home.resolve("out/cls.log"), "one\ntwo");
        assertThat(shell.run("logs", "cls", "-n", "1")).isEqualTo(new Ran(0, "two", ""));
        assertThat(shell.run("logs", "nope").status()).isEqualTo(64);
    }

    @Test
    void validate_tells_what_is_wrong_and_where() throws IOException {
        Files.writeString(home.resolve("steward.yaml"), CONFIG);
        assertThat(shell.run("validate").out()).contains("steward.yaml is valid: 1 agent");
        Files.writeString(home.resolve("broken.yaml"), "agents: {cls: {comand: [/bin/true]}}\n");
        var ran = shell.run("validate", "broken.yaml");
        assertThat(ran.status()).isEqualTo(78);
        assertThat(ran.err()).contains("broken.yaml:1:").doesNotContain("\tat ");
    }

    @Test
    void init_writes_a_file_that_is_valid_and_never_over_another() {
        assertThat(shell.run("init").status()).isZero();
        assertThat(shell.run("validate").status()).isZero();
        var again = shell.run("init", "--reference");
        assertThat(again.status()).isEqualTo(73);
        assertThat(again.err()).contains("--force replaces it");
        assertThat(shell.run("init", "--reference", "--force").status()).isZero();
        assertThat(home.resolve("steward.yaml")).content().contains("com.02luka.cls.agent");
    }

    @Test
    void init_makes_the_home_and_agents_of_a_procfile() throws IOException {
        Files.writeString(home.resolve("Procfile"), "web: /bin/sleep 100\n");
        var deep = home.resolve("a/b");
        assertThat(shell.run("--home", deep.toString(), "init", "--from-procfile", "Procfile")
                        .status())
                .isZero();
        assertThat(deep.resolve("steward.yaml")).content().contains("web");
        assertThat(shell.run("init", "--from-procfile", "Procfile", "--reference")
                        .status())
                .isEqualTo(64);
        assertThat(shell.run("--home", "Procfile/x", "init").status()).isEqualTo(73);
        if (Files.isDirectory(Path.of("/proc/self"))) {
            var nowhere = shell.run("--home", "/proc/foo", "up");
            assertThat(nowhere.status()).isEqualTo(73);
            assertThat(nowhere.err()).contains("/proc/foo cannot be made there").doesNotContain("java.");
        }
    }

    @Test
    void schema_version_and_completion_need_nothing() {
        assertThat(shell.run("schema").out()).startsWith("{").contains("$schema");
        assertThat(shell.run("version").out()).startsWith("steward ");
        assertThat(shell.run("--version")).isEqualTo(shell.run("version"));
        assertThat(shell.run("completion", "bash").out()).contains("complete -F _complete_steward");
        assertThat(shell.run("completion", "zsh").out()).contains("compinit");
        assertThat(shell.run("completion", "fish").out())
                .contains("-a status -d 'Shows the daemon, its agents and its inboxes.'", "-l detach", "-a verify")
                .doesNotContain("train");
        assertThat(shell.run("completion", "tcsh").status()).isEqualTo(64);
    }

    @Test
    void audit_reads_a_file_without_a_daemon() throws IOException {
        assertThat(shell.run("audit", "verify").status()).isEqualTo(1);
        Files.writeString(home.resolve("audit.jsonl"), "{\"old\":1}\n{\"old\":2}\n");
        assertThat(shell.run("audit", "tail", "-n", "1").out()).isEqualTo("{\"old\":2}\n");
        assertThat(shell.run("audit", "verify").out()).contains("2 lines, and no record");
        assertThat(shell.run("audit").status()).isEqualTo(64);
    }

    @Test
    void help_of_the_agent_is_what_it_says_itself() {
        var help = shell.run("help", "agent");
        assertThat(help.out()).isEqualTo(ReferenceAgent.usage()).contains("--inbox");
        assertThat(shell.run("help").out()).contains("  agent ");
    }

    @Test
    void validate_counts_inboxes_and_workers() throws IOException {
        Files.writeString(home.resolve("steward.yaml"), """
                agents: {a: {command: [steward, agent, --name, a, --inbox, CLS]}}
                inboxes: {CLC: }
                workers: {w: {inbox: CLD, command: x}}
                """);
        assertThat(shell.run("validate").out()).endsWith("steward.yaml is valid: 1 agent, 3 inboxes, 1 worker\n");
    }

    @Test
    void a_mistyped_command_or_option_is_answered_with_what_was_meant() {
        var command = shell.run("statsu");
        assertThat(command.status()).isEqualTo(64);
        assertThat(command.err()).contains("Did you mean: steward status");
        var option = shell.run("status", "--jsn");
        assertThat(option.status()).isEqualTo(64);
        assertThat(option.err()).contains("--json", "See: steward status --help");
        assertThat(shell.run().status()).isEqualTo(64);
        assertThat(shell.run("logs", "cls", "-n", "-1").status()).isEqualTo(64);
        assertThat(shell.run("--home", "a\0b", "status").status()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop", "orders", "order", "order show", "audit verify", ""})
    void the_word_help_before_a_command_is_its_option(String words) {
        var option = shell.run((words + " --help").strip().split(" "));
        assertThat(shell.run(("help " + words).strip().split(" "))).isEqualTo(option);
        assertThat(option.status()).isZero();
        assertThat(option.out()).startsWith(("Usage: steward " + words).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help nonsense", "nonsense", "help nonsense order"})
    void a_command_that_there_is_not_is_told_as_such(String words) {
        var ran = shell.run(words.split(" "));
        assertThat(ran.status()).isEqualTo(64);
        assertThat(ran.err()).startsWith("steward: there is no command 'steward nonsense'\n");
    }

    @Test
    void a_part_of_a_command_that_there_is_not_is_told_as_such() {
        assertThat(shell.run("order", "nonsense").err())
                .startsWith("steward: there is no command 'steward order nonsense'\n");
        assertThat(shell.run("order", "--nonsense").err()).startsWith("steward: Unknown option: '--nonsense'\n");
    }

    @Test
    void every_command_that_people_see_teaches_by_example() {
        var line = Cli.line(shell.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
        line.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .filter(command -> !command.getCommandName().equals("version"))
                .forEach(command -> assertThat(String.join(
                                "\n", command.getCommandSpec().usageMessage().footer()))
                        .as(command.getCommandName())
                        .contains("Example", "steward "));
        assertThat(shell.run("start", "--help").out()).contains("Usage: steward start", "Examples:");
    }
}
