package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    private static final Path FOLDER = Path.of("/srv/app");

    private static Glob glob(String written) {
        return glob(written, FOLDER);
    }

    private static Glob glob(String written, Path folder) {
        return switch (new GlobConverter(folder).parse(written)) {
            case Parsed.Good(var glob) -> glob;
            case Parsed.Bad(var message, var suggestion) -> throw new AssertionError(message + suggestion);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.log          | /srv/app/a.log         | true",
                "*.log          | /srv/app/.hidden.log   | true",
                "*.log          | /srv/app/sub/a.log     | false",
                "*.log          | /srv/other/a.log       | false",
                "a?.log         | /srv/app/a1.log        | true",
                "a?.log         | /srv/app/a.log         | false",
                "[a-c].log      | /srv/app/b.log         | true",
                "[!a-c].log     | /srv/app/b.log         | false",
                "{a,b/c}.log    | /srv/app/b/c.log       | true",
                "{a,b/c}.log    | /srv/app/c.log         | false",
                "**.log         | /srv/app/a.log         | true",
                "**.log         | /srv/app/x/y/a.log     | true",
                "x/**/a.log     | /srv/app/x/y/a.log     | true",
                "x/**/a.log     | /srv/app/x/a.log       | false",
                "../*.log       | /srv/a.log             | true",
                "./x/../*.log   | /srv/app/a.log         | true",
                "x//*.log       | /srv/app/x/a.log       | true",
                "/var/log/*     | /var/log/a b           | true",
                "/*/a.log       | /srv/a.log             | true",
                "with space.log | /srv/app/with space.log | true",
                "a.log          | /srv/app/a.log         | true",
                "a.log          | /srv/app/abc           | false",
                "logs/          | /srv/app/logs          | true",
                "a\\*.log       | /srv/app/a*.log        | true",
                "a\\*.log       | /srv/app/ab.log        | false",
                "a\\[1\\]*      | /srv/app/a[1].log      | true",
                "a}b,c].log     | /srv/app/a}b,c].log    | true",
            })
    void a_glob_matches_what_it_names(String written, Path file, boolean matches) {
        assertThat(glob(written).matches(file)).isEqualTo(matches);
    }

    @Test
    void a_name_with_a_line_break_is_a_name() {
        assertThat(glob("*.log").matches(Path.of("/srv/app/a\nb.log"))).isTrue();
        assertThat(glob("a\nb.log").matches(Path.of("/srv/app/a\nb.log"))).isTrue();
        assertThat(glob("a\\\nb.log").literal()).contains(Path.of("/srv/app/a\nb.log"));
    }

    @Test
    void the_folder_of_the_file_is_taken_as_it_is() {
        var odd = Path.of("/srv/[a] {b,c} *?\\d");

        assertThat(glob("*.log", odd).matches(odd.resolve("x.log"))).isTrue();
        assertThat(glob("*.log", odd).matches(Path.of("/srv/a b *?d/x.log"))).isFalse();
        assertThat(glob("x.log", odd).literal()).contains(odd.resolve("x.log"));
        assertThat(glob("*.log", odd).start()).isEqualTo(odd);
        assertThat(glob("*.log", Path.of("/")).matches(Path.of("/x.log"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.log            | /srv/app     | 1          | true",
                "*.log            | /srv/app     | 1          | false",
                "g/logs/*.log     | /srv/app/g/logs | 1       | false",
                "/var/*/x/[ab].l  | /var         | 3          | false",
                "{a,b/c}/*.log    | /srv/app     | 3          | false",
                "x/**             | /srv/app/x   | 2147483647 | false",
                "/var/a\\*/*      | /var/a*      | 1          | false",
                "x/[*][*]/y       | /srv/app/x   | 2          | false",
                "x/\\**.log       | /srv/app/x   | 1          | false",
                "/*               | /            | 1          | false",
                "/x               | /            | 1          | true",
            })
    void an_expansion_knows_where_it_starts_and_how_deep_it_goes(
            String written, Path start, int depth, boolean literal) {
        var glob = glob(written);

        assertThat(glob.start()).isEqualTo(start);
        assertThat(glob.depth()).isEqualTo(depth);
        assertThat(glob.isLiteral()).isEqualTo(literal);
        assertThat(glob.literal().isPresent()).isEqualTo(literal);
    }

    @Test
    void ways_of_writing_one_glob_are_equal() {
        assertThat(glob("./x//*.log"))
                .isEqualTo(glob("/srv/app/x/*.log"))
                .hasSameHashCodeAs(glob("x/*.log"))
                .isEqualTo(Glob.of("/srv/app/x/*.log"))
                .hasToString("/srv/app/x/*.log")
                .isNotEqualTo(glob("x/?.log"));
        assertThat(glob("a\\*")).isEqualTo(Glob.literally(FOLDER.resolve("a*")));
        assertThat(Glob.literally(Path.of("/")).literal()).contains(Path.of("/"));
    }

    @Test
    void a_program_that_writes_no_glob_is_told() {
        assertThatThrownBy(() -> Glob.of("/srv/[a")).isInstanceOf(PatternSyntaxException.class);
    }

    @Property(tries = 500)
    void whatever_it_matches_lies_below_its_start_and_no_deeper(
            @ForAll("globs") String written, @ForAll("files") String file) {
        var path = FOLDER.resolve(file).normalize();
        if (new GlobConverter(FOLDER).parse(written) instanceof Parsed.Good(var glob) && glob.matches(path)) {
            assertThat(path.startsWith(glob.start())).isTrue();
            assertThat(path.getNameCount() - glob.start().getNameCount()).isBetween(1, glob.depth());
        }
    }

    @Property(tries = 500)
    void a_file_named_literally_is_that_file_alone(@ForAll("globs") String name, @ForAll("files") String other) {
        var file = FOLDER.resolve(name).normalize();

        assertThat(Glob.literally(file).literal()).contains(file);
        assertThat(Glob.literally(file).matches(file)).isTrue();
        assertThat(Glob.literally(file).matches(FOLDER.resolve(other))).isEqualTo(file.equals(FOLDER.resolve(other)));
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of(
                        "a", "b", "/", "*", "?", "[a-b]", "[!a]", "{a,b/a}", "\\*", "\\[", "**", "[", "]", "\\", "..")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> "a" + String.join("", parts));
    }

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of("a", "b", "/", "*", "[")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> "a" + String.join("", parts));
    }
}
