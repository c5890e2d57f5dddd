package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold between agents. */
class RefusedAgentsTest {
    @TempDir
    private Path path;

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "../x", "-a", ".a", "a b", "ä", "\"a\\n\"", "''"})
    void it_refuses_a_bad_name(String name) throws Exception {
        assertThat(new Folder(path).problems("agents:\n  " + name + ": {command: x}\n"))
                .singleElement()
                .asString()
                .startsWith("2:3: agents.")
                .contains("use up to 64 letters, digits, dots, dashes and _, a letter or digit first");
    }

    @Test
    void a_name_may_have_64_characters_and_no_more() throws Exception {
        var longest = "a".repeat(64);

        assertThat(new Folder(path)
                        .agent("agents: {" + longest + ": {command: x}}")
                        .name())
                .isEqualTo(longest);
        assertThat(new Folder(path).problems("agents: {a" + longest + ": {command: x}}"))
                .hasSize(1);
    }

    @Test
    void it_refuses_names_that_differ_in_case_alone() throws Exception {
        assertThat(new Folder(path).problems("agents:\n  cls: {command: x}\n  CLS: {command: x}\n"))
                .containsExactly("3:3: agents.CLS: differs from the agent cls in upper and lower case alone"
                        + " — they would share their files: choose another name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"steward", "Steward"})
    void it_refuses_the_daemons_own_name(String name) throws Exception {
        assertThat(new Folder(path).problems("agents:\n  " + name + ": {command: x, log: elsewhere.log}\n"))
                .containsExactly("2:3: agents." + name + ": the name is the daemon's own"
                        + " — they would share logs/steward.log: choose another name");
    }

    @Test
    void it_refuses_a_label_that_another_agent_has() throws Exception {
        assertThat(
                        new Folder(path)
                                .problems(
                                        "agents:\n  a: {command: x, label: l}\n  b: {command: x, label: l}\n  l: {command: x}\n"))
                .containsExactly(
                        "3:26: agents.b.label: 'l' is the label of a too — choose another",
                        "4:3: agents.l.label: 'l' is the label of a too — choose another");
    }

    @Test
    void it_refuses_one_log_for_two_agents() throws Exception {
        assertThat(new Folder(path)
                        .problems("agents:\n  a: {command: x}\n  b: {command: x, log: ./logs/../logs/a.log}\n"))
                .containsExactly("3:24: agents.b.log: " + path.resolve("logs/a.log")
                        + " is the log of a too — give the agent a file of its own");
    }

    @Test
    void it_refuses_a_log_that_is_a_file_of_stewards_own() throws Exception {
        assertThat(new Folder(path)
                        .problems(
                                "agents:\n  a: {command: x, log: audit.jsonl}\n  b: {command: x, log: steward.yaml}\n"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("agents.a.log: ", " is the audit trail too"),
                        second -> assertThat(second).contains("agents.b.log: ", " is this file itself too"));
    }

    @Test
    void it_refuses_one_heartbeat_file_for_two_agents() throws Exception {
        assertThat(new Folder(path).problems("""
                        agents:
                          a: {command: x, heartbeat: {path: hb.json}}
                          b: {command: x, heartbeat: {path: ./sub/../hb.json}}
                        """))
                .containsExactly("3:37: agents.b.heartbeat.path: " + path.resolve("hb.json")
                        + " is the heartbeat of a too — give b a file of its own");
    }

    @Test
    void it_refuses_a_heartbeat_file_that_others_write() throws Exception {
        assertThat(new Folder(path).problems("""
                        agents:
                          a: {command: x, heartbeat: {path: logs/b.log}}
                          b: {command: x, heartbeat: {path: audit.jsonl}}
                          c: {command: x, heartbeat: {path: logs/c.log}}
                        """))
                .satisfiesExactly(
                        first -> assertThat(first).contains("agents.a.heartbeat.path: ", " is the log of b too"),
                        second -> assertThat(second).contains("agents.b.heartbeat.path: ", " is the audit trail too"),
                        third -> assertThat(third).contains("agents.c.heartbeat.path: ", " is the log of c too"));
    }

    @Test
    void it_refuses_a_need_of_an_unknown_agent() throws Exception {
        assertThat(
                        new Folder(path)
                                .problems(
                                        "agents:\n  redis: {command: x}\n  a: {command: x, needs: [reddis, {nobody: ready}]}\n"))
                .containsExactly(
                        "3:27: agents.a.needs.reddis: there is no agent 'reddis' — did you mean redis?",
                        "3:36: agents.a.needs.nobody: there is no agent 'nobody' — possible: redis, a");
    }

    @Test
    void a_need_of_an_agent_with_problems_of_its_own_is_no_further_problem() throws Exception {
        assertThat(new Folder(path).problems("agents:\n  b: 5\n  a: {command: x, needs: [b]}\n"))
                .singleElement()
                .asString()
                .startsWith("2:6: agents.b: is a single value");
    }

    @Test
    void it_refuses_an_agent_that_needs_itself() throws Exception {
        assertThat(new Folder(path).problems("agents: {a: {command: x, needs: [a]}}"))
                .containsExactly("1:34: agents.a.needs.a: an agent cannot need itself — remove a");
    }

    @Test
    void it_names_a_circle_of_needs() throws Exception {
        assertThat(new Folder(path).problems("""
                        agents:
                          a: {command: x, needs: [b]}
                          b: {command: x, needs: [c]}
                          c: {command: x, needs: {d: ready, b: ready}}
                          d: {command: x}
                        """))
                .containsExactly("3:27: agents.b.needs.c: a circle: b → c → b — cut it somewhere");
    }

    @Test
    void agents_that_need_one_agent_in_several_ways_are_no_circle() throws Exception {
        var configuration = new Folder(path).load("""
                        agents:
                          a: {command: x, needs: [b, c]}
                          b: {command: x, needs: [d]}
                          c: {command: x, needs: [d]}
                          d: {command: x}
                        """);

        assertThat(configuration.agents()).hasSize(4);
    }

    @Test
    void it_refuses_to_wait_for_the_end_of_an_agent_that_never_ends() throws Exception {
        assertThat(new Folder(path)
                        .problems("agents:\n  migrate: {command: x}\n  a: {command: x, needs: {migrate: done}}\n"))
                .containsExactly("3:27: agents.a.needs.migrate: migrate is never done: it is started again after"
                        + " every success — give it keep_alive: on-failure or never");
    }
}
