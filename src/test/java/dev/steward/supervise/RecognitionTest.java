package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Identity;
import dev.steward.posix.Posix;
import dev.steward.posix.Processes;
import dev.steward.store.AgentRow;
import dev.steward.store.IncarnationRow;
import dev.steward.supervise.Scout.Census;
import dev.steward.supervise.Scout.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who of those that are found is a main process, and who a leftover. */
class RecognitionTest {
    private static final String BOOT = "3f0a7b1c-0000-4000-8000-000000000001";
    private static final String FIRST = "0190f1c2-7a11-7000-8000-000000000001";
    private static final String SECOND = "0190f1c2-7a11-7000-8000-000000000002";

    @TempDir
    Path run;

    private final List<Person> people = new ArrayList<>();

    private Identity lives(long pid, long session, long parent, String incarnation, String... files) {
        var identity = new Identity(pid, pid * 10, BOOT);
        people.add(
                new Person(identity, parent, session, incarnation.isEmpty() ? "" : "cls", incarnation, Set.of(files)));
        return identity;
    }

    private static Examples cls() {
        return Examples.agent("cls");
    }

    private static Optional<AgentRow> row(Identity identity, String incarnation, String next) {
        return Optional.of(new AgentRow(
                "cls",
                Optional.empty(),
                "up",
                "",
                Optional.of(new IncarnationRow(incarnation, identity, Instant.EPOCH)),
                next,
                0,
                0,
                Optional.empty()));
    }

    private LifeFiles files() {
        return new LifeFiles(run, Posix.locksOnly());
    }

    private void noted(Examples agent, Identity identity, String incarnation) throws IOException {
        var file = files().of(agent.config(), incarnation);
        Files.createFile(file);
        new LifeNote(identity, incarnation, Optional.of("print"), Proven.NOTHING).write(file);
    }

    private Recognition recognition() {
        return new Recognition(new Fake(), files(), new Census(people));
    }

    private Optional<Long> main(Examples agent, Optional<AgentRow> row) {
        return recognition()
                .mainOf(agent.config(), row)
                .map(main -> main.identity().pid());
    }

    @Test
    void one_that_hides_is_known_by_its_note() throws IOException {
        noted(cls(), lives(100, 100, 1, ""), FIRST);
        assertThat(main(cls(), Optional.empty())).contains(100L);
    }

    @Test
    void one_that_is_recorded_has_to_bear_our_mark_for_a_copy_of_a_home_has_the_originals_record() {
        var original = lives(100, 100, 1, "");
        assertThat(main(cls(), row(original, FIRST, SECOND))).isEmpty();
        assertThat(recognition().isAnythingLeft(cls().config())).isFalse();

        var ours = lives(200, 200, 1, "", LifeFiles.real(run.resolve("cls.life")));
        assertThat(main(cls(), row(ours, FIRST, SECOND))).contains(200L);
    }

    @Test
    void one_that_nobody_could_note_is_known_by_the_id_that_was_to_be_next() {
        lives(100, 100, 1, SECOND);
        assertThat(main(cls(), row(new Identity(50, 500, BOOT), FIRST, SECOND))).contains(100L);
    }

    /** The daemon died before it could record the next id, and the main process died afterwards. */
    @Test
    void what_is_left_of_a_noted_one_is_not_taken_for_it_though_it_bears_the_id_that_was_to_be_next()
            throws IOException {
        noted(cls(), new Identity(100, 1_000, BOOT), SECOND);
        lives(101, 101, 1, SECOND);
        assertThat(main(cls(), row(new Identity(50, 500, BOOT), FIRST, SECOND))).isEmpty();
        assertThat(recognition().isAnythingLeft(cls().config())).isTrue();
        assertThat(recognition().isUsed("cls", SECOND)).isTrue();
    }

    @Test
    void what_stays_in_the_session_of_a_noted_one_is_left_of_it() throws IOException {
        noted(cls(), new Identity(100, 1_000, BOOT), FIRST);
        assertThat(recognition().isAnythingLeft(cls().config())).isFalse();
        lives(101, 100, 1, "");
        assertThat(recognition().isAnythingLeft(cls().config())).isTrue();
    }

    @Test
    void of_kept_leftovers_only_those_of_the_last_incarnation_are_anybodys_business() throws IOException {
        var keep = cls().keepLeftovers();
        noted(keep, new Identity(100, 1_000, BOOT), FIRST);
        noted(keep, new Identity(200, 2_000, BOOT), SECOND);
        lives(101, 101, 1, FIRST);
        assertThat(recognition().isAnythingLeft(keep.config())).isFalse();
        lives(201, 201, 1, SECOND);
        assertThat(recognition().isAnythingLeft(keep.config())).isTrue();
        assertThat(main(keep, Optional.empty())).isEmpty();
    }

    @Test
    void where_leftovers_are_kept_and_all_is_lost_the_oldest_of_the_latest_incarnation_is_taken_for_it() {
        lives(50, 50, 1, FIRST);
        lives(100, 100, 1, SECOND);
        lives(101, 101, 1, SECOND);
        assertThat(main(cls().keepLeftovers(), Optional.empty())).contains(100L);
        assertThat(main(cls(), Optional.empty())).isEmpty();
    }

    @Test
    void a_descendant_is_its_parents_unless_it_says_otherwise() {
        lives(100, 100, 1, FIRST);
        lives(101, 101, 100, "");
        people.add(new Person(new Identity(102, 1_020, BOOT), 101, 102, "other", SECOND, Set.of()));
        var kin = new Kin(new Census(people), Map.of(), _ -> Optional.empty());
        assertThat(kin.of("cls")).extracting(Person::pid).containsExactly(100L, 101L);
        assertThat(kin.of("other")).extracting(Person::pid).containsExactly(102L);
    }

    /** A machine on which these people live. */
    private final class Fake implements Processes {
        @Override
        public String boot() {
            return BOOT;
        }

        @Override
        public Optional<Identity> identify(long pid) {
            return people.stream()
                    .filter(person -> person.pid() == pid)
                    .map(Person::identity)
                    .findFirst();
        }

        @Override
        public OptionalLong session(long pid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ProcessInfo> find(long pid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ProcessInfo> snapshot() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, String> environment(long pid) {
            return Map.of();
        }

        @Override
        public Set<String> openFiles(long pid) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Long> orphans() {
            throw new UnsupportedOperationException();
        }
    }
}
