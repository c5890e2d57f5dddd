package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class IncarnationIdsTest {
    /** The largest time that 48 bits hold, in the year 10889. */
    private static final long LAST = (1L << 48) - 1;

    private static UUID id(long millis, long seed) {
        var ids = new IncarnationIds(InstantSource.fixed(Instant.ofEpochMilli(millis)), new Random(seed));
        return UUID.fromString(ids.next());
    }

    @Property
    void it_is_a_uuid_of_version_7_that_holds_its_time(
            @ForAll @LongRange(min = 0, max = LAST) long millis, @ForAll long seed) {
        var id = id(millis, seed);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(millis);
    }

    @Property
    void ids_sort_by_time_as_text_too(
            @ForAll @LongRange(min = 0, max = LAST) long one,
            @ForAll @LongRange(min = 0, max = LAST) long other,
            @ForAll long seed) {
        if (one != other) {
            assertThat(id(one, seed).toString().compareTo(id(other, ~seed).toString()) < 0)
                    .isEqualTo(one < other);
        }
    }

    @Test
    void those_of_one_millisecond_differ() {
        var ids = new IncarnationIds(InstantSource.fixed(Instant.EPOCH), new Random(7));
        assertThat(Stream.generate(ids::next).limit(10_000)).doesNotHaveDuplicates();
    }
}
