package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentEnvironmentTest {
    @TempDir
    private Path path;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PWD",
                "STEWARD_HOME",
                "STEWARD_CONFIG",
                "STEWARD_AGENT",
                "STEWARD_INCARNATION",
                "STEWARD_HEARTBEAT_FILE",
                "STEWARD_HEARTBEAT_EVERY"
            })
    void what_steward_gives_an_agent_is_refused_in_its_env(String variable) throws Exception {
        assertThat(AgentEnvironment.GIVEN).contains(variable);
        assertThat(new Folder(path).problems("agents:\n  a:\n    command: x\n    env: {" + variable + ": x}\n"))
                .singleElement()
                .asString()
                .endsWith("agents.a.env." + variable + ": Steward sets this variable itself — remove it");
    }

    @Test
    void other_variables_of_that_prefix_are_the_users_own() throws Exception {
        var agent = new Folder(path).agent("agents: {a: {command: x, env: {STEWARD_JAVA: x, OLDPWD: y}}}");

        assertThat(agent.env()).containsOnlyKeys("STEWARD_JAVA", "OLDPWD");
    }
}
