package dev.steward.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SystemdWordsPropertyTest {
    @Property
    void whatever_is_written_is_read_again(@ForAll("texts") List<String> texts) {
        assertThat(SystemdReader.words(SystemdWords.words(texts))).isEqualTo(texts);
    }

    @Property
    void a_command_reaches_its_program_as_it_was_meant(@ForAll("texts") List<String> texts) {
        var words = Stream.concat(Stream.of("/opt/" + texts.getFirst()), texts.stream())
                .toList();
        var read = SystemdReader.command(SystemdWords.command(words));
        if (read.getFirst().equals("/bin/sh")) {
            assertThat(words.getFirst()).containsPattern("[\"'\\\\]");
            assertThat(read.subList(1, read.size())).isEqualTo(words);
        } else {
            assertThat(read).isEqualTo(words);
        }
    }

    @Property
    void no_word_goes_on_in_the_next_line(@ForAll("texts") List<String> texts) {
        assertThat(SystemdWords.words(texts)).doesNotEndWith("\\").doesNotContain("\n");
    }

    @Provide
    Arbitrary<List<String>> texts() {
        var odd = Arbitraries.of(Samples.ODD_NAMES);
        var signs = Arbitraries.strings()
                .withChars(" \"'\\%$#;={}[]<>&ab\u00fc\u65e5")
                .ofMaxLength(8);
        return Arbitraries.oneOf(odd, signs).list().ofMinSize(1).ofMaxSize(5);
    }
}
