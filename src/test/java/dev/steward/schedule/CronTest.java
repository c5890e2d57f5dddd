package dev.steward.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    */15; 0 15 30 45
                    5; 5
                    1,2,50-52; 1 2 50 51 52
                    10-20/5; 10 15 20
                    50/5; 50 55
                    0-58/29,7; 0 7 29 58
                    """)
    void minutes(String field, String numbers) {
        assertThat(Cron.pattern(field + " * * * *").minutes()).isEqualTo(set(numbers));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    0; 7
                    7; 7
                    MON-FRI; 1 2 3 4 5
                    sun,Wed; 3 7
                    5-7; 5 6 7
                    0-2; 1 2 7
                    */2; 2 4 6 7
                    """)
    void days_of_the_week(String field, String numbers) {
        assertThat(Cron.pattern("0 0 * * " + field).days().ofWeek()).isEqualTo(set(numbers));
    }

    @Test
    void months_by_name() {
        assertThat(Cron.pattern("0 0 1 JAN,jul-sep *").days().months()).isEqualTo(set("1 7 8 9"));
    }

    @ParameterizedTest
    @CsvSource({"0 0 13 * 5, true", "0 0 13 * *, false", "0 0 * * 5, false", "0 0 */2 * 5, false", "0 0 13 * */2, false"
    })
    void a_day_fits_in_either_way_if_both_are_given(String expression, boolean either) {
        assertThat(Cron.pattern(expression).days().either()).isEqualTo(either);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "20-10 * * * *",
                "a * * * *",
                "* * L * *",
                "* * ? * *",
                "* * * * 5#2"
            })
    void what_is_none_is_refused(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.pattern(expression));
    }

    private static NavigableSet<Integer> set(String numbers) {
        return new TreeSet<>(
                List.of(numbers.split(" ")).stream().map(Integer::valueOf).toList());
    }
}
