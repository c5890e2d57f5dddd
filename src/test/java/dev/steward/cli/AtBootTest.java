package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.steward.platform.FakeCommands;
import dev.steward.platform.Host;
import dev.steward.platform.Scope;
import dev.steward.posix.Os;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks, and what that means for the service. */
class AtBootTest {
    @TempDir
    Path root;

    private AtBoot asked(long uid, Optional<Scope> scope) throws Failure {
        var out = new ByteArrayOutputStream();
        var caller = Ran.Shell.at(root).with("HOME", root.toString()).caller(out, out);
        return new AtBoot(new Root(caller), new Host(Os.LINUX, uid, root, new FakeCommands()), scope);
    }

    @Test
    void root_asks_for_the_machine_and_everybody_else_for_themselves() throws Exception {
        assertThat(asked(0, Optional.empty()).scope()).isEqualTo(Scope.SYSTEM);
        assertThat(asked(501, Optional.empty()).scope()).isEqualTo(Scope.USER);
        assertThat(asked(0, Optional.of(Scope.USER)).scope()).isEqualTo(Scope.USER);
    }

    @Test
    void the_machines_init_is_for_root_alone() {
        assertThatThrownBy(() -> asked(501, Optional.of(Scope.SYSTEM)))
                .hasMessageContaining("sudo steward --home " + root)
                .asInstanceOf(type(Failure.class))
                .returns(77, Failure::status);
    }

    @Test
    void the_machines_unit_runs_as_the_homes_owner() throws Exception {
        var plan = asked(0, Optional.empty()).installation().installPlan();
        assertThat(plan)
                .startsWith("# writes " + root.resolve("etc/systemd/system/steward-"))
                .contains("\nUser=" + Files.getOwner(root).getName() + "\n");
    }

    @Test
    void the_usual_home_has_the_plain_name_by_whichever_way_it_is_reached() throws Exception {
        var home = Files.createDirectories(root.resolve(".local/state/steward"));
        Files.createSymbolicLink(root.resolve("link"), home);
        var out = new ByteArrayOutputStream();
        var caller = Ran.Shell.at(root)
                .with("HOME", root.toString())
                .with("STEWARD_HOME", root.resolve("link").toString())
                .caller(out, out);
        var boot = new AtBoot(new Root(caller), new Host(Os.LINUX, 501, root, new FakeCommands()), Optional.empty());
        assertThat(boot.installation().file()).isEqualTo(root.resolve(".config/systemd/user/steward.service"));
    }
}
