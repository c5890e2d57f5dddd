package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class UsersTest {
    @TempDir
    Path folder;

    private final Users users = Posix.users();
    private Path open = Path.of("open");
    private Path secret = Path.of("secret");

    @BeforeEach
    void folders() throws IOException {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "only root can act as another");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        secret = Files.writeString(folder.resolve("secret"), "mine");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }

    private static String status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .findFirst()
                .orElseThrow()
                .substring(field.length() + 1)
                .strip();
    }

    private static String id(String what) throws IOException {
        try (var out = new ProcessBuilder("/usr/bin/id", what, "nobody").start().inputReader()) {
            return String.valueOf(out.readLine());
        }
    }

    @Test
    void what_is_made_is_the_users_and_what_is_roots_is_out_of_reach() throws Exception {
        var file = open.resolve("file");
        var result = users.as("nobody", () -> {
            Files.writeString(file, "theirs");
            assertThatThrownBy(() -> Files.readString(secret)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Posix.filesOnly().update(secret)).hasMessageContaining("Permission denied");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(Integer.valueOf(id("-u")));
        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(Integer.valueOf(id("-g")));
        assertThat(secret).hasContent("mine");
    }

    @Test
    void it_has_the_users_groups_and_none_of_its_own() throws Exception {
        var groups = users.as("nobody", () -> status("Groups")).split(" ", -1);
        assertThat(groups).containsExactlyInAnyOrder(id("-G").split(" ", -1));
    }

    @Test
    void the_rights_are_as_before_however_the_work_ends() throws Exception {
        var before = status("Uid") + status("Gid") + status("Groups") + status("CapEff");
        assertThatThrownBy(() -> users.as("nobody", () -> {
                    assertThat(status("Uid")).startsWith("0\t0\t0\t").doesNotEndWith("\t0");
                    throw new IOException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(status("Uid") + status("Gid") + status("Groups") + status("CapEff"))
                .isEqualTo(before);
        assertThat(Files.readString(secret)).isEqualTo("mine");
    }

    @Test
    void what_is_done_as_before_has_all_rights_and_then_it_is_the_user_again() throws Exception {
        var groups = status("Groups");
        users.as("nobody", () -> {
            assertThat(users.asBefore(() -> Files.readString(secret) + status("Groups")))
                    .isEqualTo("mine" + groups);
            assertThatThrownBy(() -> Files.readString(secret)).isInstanceOf(AccessDeniedException.class);
            return true;
        });
        assertThat(users.asBefore(() -> Files.readString(secret))).isEqualTo("mine");
    }

    @Test
    void a_process_that_is_started_as_before_has_no_rights_of_the_user() throws Exception {
        var groups = users.as(
                "nobody",
                () -> users.asBefore(() -> {
                    try (var out =
                            new ProcessBuilder("/usr/bin/id", "-G").start().inputReader()) {
                        return String.valueOf(out.readLine());
                    }
                }));
        assertThat(groups.split(" ", -1)).contains("0").doesNotContain(id("-G"));
    }

    @Test
    void a_thread_that_cannot_become_again_whom_it_was_says_so_by_an_error() {
        var lost = new FutureTask<>(() -> users.as("nobody", () -> {
            // CAP_SETGID and CAP_SETUID.
            WithoutRights.drop(6, 7);
            return "done";
        }));
        Thread.ofPlatform().start(lost);
        assertThatThrownBy(lost::get).hasCauseInstanceOf(LostIdentity.class);
    }

    @Test
    void other_threads_keep_their_rights_meanwhile() throws Exception {
        var acting = new CountDownLatch(1);
        var seen = new CountDownLatch(1);
        var groups = status("Groups");
        var other = new FutureTask<>(() -> {
            acting.await();
            try {
                return Files.readString(secret) + status("Groups");
            } finally {
                seen.countDown();
            }
        });
        Thread.ofPlatform().start(other);
        users.as("nobody", () -> {
            acting.countDown();
            seen.await();
            return true;
        });
        assertThat(other.get()).isEqualTo("mine" + groups);
    }

    @Test
    void an_unknown_user_is_named_and_nothing_is_done() {
        assertThatThrownBy(() -> users.as("no such user", () -> {
                    throw new AssertionError("done");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("There is no user no such user on this machine");
    }

    @Test
    void whoever_it_is_already_needs_no_rights_for_it() throws Exception {
        assertThat(users.as("root", () -> Files.readString(secret))).isEqualTo("mine");
    }

    @Test
    void whoever_may_not_act_as_another_is_told() throws Exception {
        var refused = new FutureTask<>(() -> {
            // Takes these two capabilities from this thread alone: CAP_SETGID and CAP_SETUID.
            WithoutRights.drop(6, 7);
            return users.as("nobody", () -> "done");
        });
        Thread.ofPlatform().start(refused);
        assertThatThrownBy(refused::get)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("Nothing can be done as user nobody: only root can act as another");
    }

    @Test
    void a_virtual_thread_is_refused() {
        var result = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return users.as("nobody", () -> "done");
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
        assertThatThrownBy(result::join).hasCauseInstanceOf(IllegalStateException.class);
    }
}
