package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.config.LogRules.Strategy;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real folders, since only the kernel knows who may exchange them. */
class ActorTest {
    private static final int ROOT = 0;
    private static final int SOMEBODY = 65_534;
    private static final int ANOTHER = 65_533;

    private final OpenFiles files = Posix.filesOnly();

    @TempDir
    Path top;

    private Path outer;
    private Path inner;

    @BeforeEach
    void make() throws IOException {
        assumeTrue(Posix.users().present() == ROOT, "only root can give folders away");
        outer = Files.createDirectory(top.resolve("outer"));
        inner = Files.createDirectory(outer.resolve("inner"));
    }

    @Test
    void root_acts_as_itself_where_all_is_its_own() throws Exception {
        assertThat(actor(OptionalInt.of(SOMEBODY), ROOT)).isEmpty();
    }

    @Test
    void root_acts_as_the_owner_of_a_folder_who_could_exchange_it() throws Exception {
        own(outer, SOMEBODY);
        own(inner, SOMEBODY);

        assertThat(actor(OptionalInt.of(SOMEBODY), ROOT)).hasValue(SOMEBODY);
        assertThat(actor(OptionalInt.empty(), ROOT)).hasValue(SOMEBODY);
    }

    @Test
    void root_leaves_alone_what_belongs_to_one_in_the_folder_of_another() throws Exception {
        own(outer, SOMEBODY);

        assertThatThrownBy(() -> actor(OptionalInt.of(ANOTHER), ROOT)).isInstanceOf(LeftAlone.class);
    }

    @Test
    void roots_own_logs_are_rotated_by_root_wherever_they_lie() throws Exception {
        own(outer, SOMEBODY);

        assertThat(actor(OptionalInt.of(ROOT), ROOT)).isEmpty();
    }

    @Test
    void a_folder_on_the_way_that_others_may_write_to_is_named() throws Exception {
        Files.setPosixFilePermissions(outer, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> actor(OptionalInt.of(ROOT), ROOT))
                .isInstanceOf(LeftAlone.class)
                .hasMessageContaining(outer.toRealPath().toString());
    }

    @Test
    void who_is_not_root_acts_as_ever() throws Exception {
        Files.setPosixFilePermissions(outer, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(actor(OptionalInt.of(SOMEBODY), SOMEBODY)).isEmpty();
    }

    @Test
    void what_is_done_for_an_owner_is_done_with_his_rights() throws Exception {
        own(outer, SOMEBODY);
        own(inner, SOMEBODY);
        // That he can come there.
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("rwxr-xr-x"));
        var rotations = Rotations.here(Map.of(), InstantSource.system(), System::nanoTime);
        var log = inner.resolve("app.log");
        Files.writeString(log, "one\n");
        own(log, SOMEBODY);

        var outcome = rotations.rotate(new Log(log, Workshop.rules(3, new Strategy.Cut())), Workshop.FORCED);

        assertThat(outcome.result()).as(outcome.reason()).isEqualTo(Outcome.Result.ROTATED);
        assertThat(Files.getAttribute(inner.resolve("app.log.1"), "unix:uid")).isEqualTo(SOMEBODY);
    }

    private OptionalInt actor(OptionalInt logOwner, int user) throws Exception {
        return Actor.of(files, inner, logOwner, user);
    }

    private static void own(Path path, int uid) throws IOException {
        Files.setAttribute(path, "unix:uid", uid);
    }
}
