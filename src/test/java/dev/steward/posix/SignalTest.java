package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {
    @ParameterizedTest
    @EnumSource(Signal.class)
    void it_is_read_however_people_write_it(Signal signal) {
        assertThat(Signal.parse(signal.name())).contains(signal);
        assertThat(Signal.parse("SIG" + signal.name())).contains(signal);
        assertThat(Signal.parse(" sig" + signal.name().toLowerCase(Locale.ROOT) + "\n"))
                .contains(signal);
        assertThat(Signal.parse(Integer.toString(signal.number()))).contains(signal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIG", "SIGSIGTERM", "TERMINATE", "-15", "015", "0", "64", "TERM KILL", "KİLL"})
    void what_is_no_signal_is_none(String text) {
        assertThat(Signal.parse(text)).isEmpty();
    }

    @Property
    void no_text_is_too_odd_to_be_answered(@ForAll String text) {
        assertThat(Signal.parse(text)).isNotNull();
    }

    @Test
    void no_two_have_one_number() {
        assertThat(Arrays.stream(Signal.values()).map(Signal::number)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void its_number_leads_back_to_its_name(Signal signal) {
        assertThat(Signal.nameOf(signal.number())).isEqualTo("SIG" + signal.name());
    }

    /** What kill(1) of this machine says is the judge. */
    @ParameterizedTest
    @EnumSource(Signal.class)
    void its_number_is_this_machines(Signal signal) throws Exception {
        var kill = new ProcessBuilder("/bin/sh", "-c", "kill -l " + signal.number()).start();
        assertThat(kill.inputReader().readLine()).isEqualTo(signal.name());
    }
}
