package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptsTest {
    @TempDir
    private Path inbox;

    private Ground ground;
    private Receipts receipts;

    @BeforeEach
    void make() throws IOException {
        ground = new Ground(inbox);
        ground.make();
        receipts = new Receipts(ground);
        receipts.recover();
    }

    private Path blank() {
        return ground.receipts().resolve("blank");
    }

    private void assertTheNextReceiverKnows(String id) throws IOException {
        var next = new Receipts(ground);
        next.recover();
        assertThat(next.all()).containsExactly(id);
        next.settle(id);
        assertThat(Desk.receipts(inbox)).isEmpty();
    }

    @Test
    void they_are_names_of_one_file_which_stays() throws Exception {
        for (int i = 0; i < 3; i++) {
            receipts.write("WO-" + i, "0-" + i);
        }

        assertThat(Files.getAttribute(blank(), "unix:nlink")).isEqualTo(4);

        for (int i = 0; i < 3; i++) {
            receipts.settle("WO-" + i);
        }
        assertThat(Desk.receipts(inbox)).isEmpty();
        assertThat(Files.getAttribute(blank(), "unix:nlink")).isEqualTo(1);
    }

    @Test
    void if_somebody_removes_that_file_each_is_a_file_of_its_own() throws Exception {
        Files.delete(blank());

        receipts.write("WO-1", "0-1");

        assertTheNextReceiverKnows("WO-1");
        assertThat(blank()).exists();
    }

    @Test
    void so_they_are_if_it_cannot_be_linked() throws Exception {
        Files.delete(blank());
        Files.createDirectory(blank());

        receipts.write("WO-1", "0-1");

        assertTheNextReceiverKnows("WO-1");
    }

    @Test
    void so_they_are_when_it_has_as_many_names_as_a_file_may_have() throws Exception {
        for (int i = 0; i < 66_000; i++) {
            receipts.write("WO-" + i, "0-" + i);
        }

        var next = new Receipts(ground);
        next.recover();
        assertThat(next.all()).hasSize(66_000);
    }
}
