package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.FileFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As logrotate(8) has it for those without {@code su}. */
class TrustTest {
    private static final int ROOT = 0;
    private static final int SOMEBODY = 1_000;

    @ParameterizedTest
    @CsvSource({"0755,0", "0755,1000", "0700,1000", "0775,0", "0770,0", "1775,0"})
    void root_rotates_where_nobody_else_may_write(String mode, int group) {
        assertThat(Trust.refusal(log(SOMEBODY, 0666), folder(mode, SOMEBODY, group), ROOT))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0777,0,0", "0757,0,0", "0775,0,1000", "0770,1000,1000", "0733,0,0"})
    void root_leaves_alone_what_lies_where_others_may_write(String mode, int owner, int group) {
        assertThat(Trust.refusal(log(ROOT, 0644), folder(mode, owner, group), ROOT))
                .get()
                .asString()
                .contains("user:");
    }

    @ParameterizedTest
    @CsvSource({"0644,0,true", "0600,0,true", "0444,0,true", "0664,0,false", "0646,0,false", "0644,1000,false"})
    void in_a_sticky_folder_of_root_a_log_is_safe_that_root_alone_writes(String mode, int owner, boolean safe) {
        assertThat(Trust.refusal(log(owner, Integer.parseInt(mode, 8)), folder("1777", ROOT, ROOT), ROOT)
                        .isEmpty())
                .isEqualTo(safe);
    }

    @Test
    void the_owner_of_a_sticky_folder_may_rename_what_lies_in_it() {
        assertThat(Trust.refusal(log(ROOT, 0644), folder("1777", SOMEBODY, ROOT), ROOT))
                .isPresent();
    }

    @Test
    void who_is_not_root_can_do_no_more_than_others_there() {
        assertThat(Trust.refusal(log(SOMEBODY, 0666), folder("0777", ROOT, ROOT), SOMEBODY))
                .isEmpty();
    }

    @Test
    void a_log_with_a_second_name_is_nobodys_to_rotate() {
        var log = new FileFacts(1, 2, 3, 4, 0644, SOMEBODY, SOMEBODY, 2, 100, 4096, 8, true, false);

        assertThat(Trust.refusal(log, folder("0755", ROOT, ROOT), SOMEBODY))
                .get()
                .asString()
                .contains("hard links");
    }

    private static FileFacts log(int owner, int mode) {
        return new FileFacts(1, 2, 3, 4, mode, owner, owner, 1, 100, 4096, 8, true, false);
    }

    private static FileFacts folder(String mode, int owner, int group) {
        return new FileFacts(1, 3, 3, 4, Integer.parseInt(mode, 8), owner, group, 2, 100, 4096, 8, false, true);
    }
}
