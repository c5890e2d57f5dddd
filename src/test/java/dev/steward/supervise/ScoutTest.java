package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Identity;
import dev.steward.supervise.Scout.Census;
import dev.steward.supervise.Scout.Person;
import dev.steward.supervise.Scout.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoutTest {
    private static final String LIFE = "/home/run/cls.life";

    private static Identity identity(long pid) {
        return new Identity(pid, pid * 10, "boot");
    }

    /** Somebody in a session of their own, about whom nothing is known. */
    private static Person person(long pid) {
        return new Person(identity(pid), 1, pid, "", "", Set.of("/dev/null"));
    }

    private static Person in(Person who, long session) {
        return new Person(who.identity(), who.parent(), session, who.agent(), who.incarnation(), who.openFiles());
    }

    private static Person childOf(Person who, long parent) {
        return new Person(who.identity(), parent, who.session(), who.agent(), who.incarnation(), who.openFiles());
    }

    private static Person named(Person who, String agent, String incarnation) {
        return new Person(who.identity(), who.parent(), who.session(), agent, incarnation, who.openFiles());
    }

    private static Person holding(Person who, String file) {
        return new Person(
                who.identity(), who.parent(), who.session(), who.agent(), who.incarnation(), Set.of("/dev/null", file));
    }

    private static final Wanted CLS =
            new Wanted("cls", Set.of(identity(100)), Set.of(LIFE), Optional.empty(), Optional.empty());

    private static List<Long> members(Wanted wanted, Person... people) {
        return new Census(List.of(people))
                .members(wanted).stream().map(Person::pid).toList();
    }

    @Test
    void its_session_is_found_though_its_leader_is_gone() {
        assertThat(members(CLS, person(100), in(person(101), 100), person(102))).containsExactly(100L, 101L);
        assertThat(members(CLS, in(person(101), 100), person(102))).containsExactly(101L);
    }

    @Test
    void a_session_whose_number_is_somebody_elses_now_is_not_its() {
        var newcomer = new Person(new Identity(100, 7_777, "boot"), 1, 100, "", "", Set.of());
        assertThat(members(CLS, newcomer, in(person(101), 100))).isEmpty();
    }

    @Test
    void who_holds_its_life_file_is_found_wherever_they_went() {
        assertThat(members(CLS, holding(person(7), LIFE), holding(person(8), "/home/run/clc.life")))
                .containsExactly(7L);
    }

    @Test
    void who_bears_its_name_is_found() {
        assertThat(members(CLS, named(person(7), "cls", "one"), named(person(8), "clc", "one")))
                .containsExactly(7L);
    }

    @Test
    void the_descendants_of_one_that_was_found_are_found_in_whatever_order_they_stand() {
        assertThat(members(
                        CLS,
                        childOf(person(9), 8),
                        childOf(person(8), 7),
                        childOf(person(6), 5),
                        holding(person(7), LIFE)))
                .containsExactly(9L, 8L, 7L);
    }

    @Test
    void one_incarnation_alone_can_be_meant() {
        var one = new Wanted("cls", Set.of(), Set.of(), Optional.of("one"), Optional.empty());
        assertThat(members(one, named(person(7), "cls", "one"), named(person(8), "cls", "two")))
                .containsExactly(7L);
    }

    @Test
    void the_incarnation_that_goes_on_is_spared_with_what_descends_from_it_alone() {
        var stray = new Wanted("cls", Set.of(), Set.of(), Optional.empty(), Optional.of("new"));
        var people = Stream.of(
                        named(person(7), "cls", "new"),
                        named(childOf(person(8), 7), "cls", "new"),
                        childOf(person(9), 8),
                        named(person(10), "cls", "old"),
                        childOf(person(11), 10),
                        named(childOf(person(12), 10), "cls", "new"))
                .toArray(Person[]::new);
        assertThat(members(stray, people)).containsExactly(10L, 11L);
    }

    @Test
    void nobody_is_found_among_strangers() {
        assertThat(members(CLS, person(1), person(2), childOf(person(3), 2))).isEmpty();
        assertThat(members(CLS)).isEmpty();
    }

    @Test
    void a_look_at_the_machine_tells_the_own_agents_from_those_of_another_home(@TempDir Path folder) throws Exception {
        var agent =
                Examples.agent("cls", folder).readyAfter(Duration.ofMillis(10)).exec("/bin/sleep", "1000");
        try (var node = TestNode.begin(folder, agent)) {
            node.await("cls", "up");
            var pid = node.pid("cls");

            var here = look(node, folder, pid);
            var elsewhere = look(node, folder.resolve("other"), pid);

            assertThat(here.agent()).isEqualTo("cls");
            assertThat(here.incarnation())
                    .isEqualTo(node.status("cls").process().orElseThrow().incarnation());
            assertThat(here.leadsItsSession()).isTrue();
            assertThat(here.openFiles())
                    .contains(folder.resolve("run/cls.life").toRealPath().toString());
            assertThat(elsewhere.agent()).isEmpty();
            assertThat(elsewhere.incarnation()).isEmpty();
        }
    }

    private static Person look(TestNode node, Path home, long pid) {
        var people = new Scout(node.posix.processes(), home).census().people();
        assertThat(people)
                .extracting(Person::pid)
                .doesNotContain(ProcessHandle.current().pid(), 1L);
        return people.stream().filter(person -> person.pid() == pid).findFirst().orElseThrow();
    }
}
