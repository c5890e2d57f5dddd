package dev.steward.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ServiceNameTest {
    private static final Path USUAL = Path.of("/home/ann/.local/state/steward");

    @Test
    void the_usual_home_has_the_plain_name() {
        var name = ServiceName.of(USUAL, USUAL);
        assertThat(name.unit()).isEqualTo("steward.service");
        assertThat(name.label()).isEqualTo("dev.steward");
    }

    @Test
    void another_home_has_a_name_of_its_own_that_people_know_again() {
        var name = ServiceName.of(Path.of("/srv/My Agents"), USUAL);
        assertThat(name.unit()).matches("steward-my-agents-[0-9a-f]{8}\\.service");
        assertThat(name.label()).matches("dev\\.steward\\.my-agents-[0-9a-f]{8}");
        assertThat(ServiceName.of(Path.of("/srv/My Agents"), USUAL)).isEqualTo(name);
    }

    @Test
    void homes_of_one_last_name_differ() {
        assertThat(ServiceName.of(Path.of("/a/node"), USUAL)).isNotEqualTo(ServiceName.of(Path.of("/b/node"), USUAL));
    }

    @Test
    void no_name_needs_to_be_escaped_or_is_too_long() {
        var names = new HashSet<String>();
        for (var odd : Samples.ODD_NAMES) {
            names.add(ServiceName.of(Path.of("/srv", odd), USUAL).unit());
        }
        names.add(ServiceName.of(Path.of("/srv/" + "x".repeat(250)), USUAL).unit());
        names.add(ServiceName.of(Path.of("/"), USUAL).unit());
        assertThat(names)
                .hasSize(Samples.ODD_NAMES.size() + 2)
                .allMatch(name -> name.matches("steward-([a-z0-9-]{1,32}-)?[0-9a-f]{8}\\.service"));
    }
}
