package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingTest {
    @TempDir
    Path inbox;

    private Listing listing;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectory(inbox.resolve("WO-1"));
        listing = new Listing(inbox);
    }

    private List<String> list() throws IOException {
        var names = new ArrayList<String>();
        listing.list(names::add);
        return names;
    }

    @Test
    void an_inbox_that_stays_as_it_is_is_listed_twice_and_never_again() throws Exception {
        assertThat(list()).containsExactly("WO-1");
        // A name that came within the same tick would be seen now.
        assertThat(list()).containsExactly("WO-1");

        assertThat(list()).isEmpty();
        assertThat(list()).isEmpty();
    }

    @Test
    void a_new_name_is_listed_and_so_is_all_after_distrust() throws Exception {
        list();
        list();
        Files.createDirectory(inbox.resolve("WO-2"));
        assertThat(list()).containsExactlyInAnyOrder("WO-1", "WO-2");
        list();
        assertThat(list()).isEmpty();

        listing.distrust();

        assertThat(list()).hasSize(2);
    }
}
