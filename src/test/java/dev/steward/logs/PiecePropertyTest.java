package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PiecePropertyTest {
    private static final long FAR = 1L << 50;

    /** Sizes near the borders of blocks are where mistakes live, so they are made of blocks and a little. */
    @Property
    void any_piece_can_be_cut_and_leaves_less_than_two_blocks(
            @ForAll @LongRange(min = 0, max = 12) long exponent,
            @ForAll @LongRange(min = 0, max = 6) long blocksBefore,
            @ForAll @IntRange(min = -2, max = 2) int beside,
            @ForAll @LongRange(min = 1, max = 4) long mostBlocks,
            @ForAll @LongRange(min = 1, max = 100_000) long bytes,
            @ForAll @LongRange(min = 0, max = 3) long rest) {
        var align = 1L << exponent;
        var from = Math.max(0, blocksBefore * align + beside);
        var most = mostBlocks * 2L * align;

        var piece = Piece.next(from, from + bytes, from + bytes + rest, align, most);

        assertThat(piece.from()).isEqualTo(from);
        assertThat(piece.end()).isBetween(from + 1, from + bytes);
        assertThat(piece.cut() % align).isZero();
        assertThat(piece.cut()).isBetween(0L, piece.end()).isLessThan(from + bytes + rest);
        assertThat(piece.blank()).isBetween(0L, align);
        assertThat(piece.bytes()).isLessThanOrEqualTo(Math.max(most, bytes <= most ? bytes : 0));
        assertThat(piece.firstStep())
                .isEqualTo(piece.cut() == 0 ? new Step.Pad(piece.end()) : new Step.Punch(piece.cut(), piece.end()));
    }

    /** As {@link ByCutting} goes on behind each, while the writer does. */
    @Property
    void pieces_one_after_the_other_archive_each_byte_once(
            @ForAll @IntRange(min = 0, max = 13) int exponent,
            @ForAll @LongRange(min = 0, max = 20_000) long head,
            @ForAll @LongRange(min = 1, max = 300_000) long bytes,
            @ForAll @LongRange(min = 0, max = 5) long rest,
            @ForAll @IntRange(min = 1, max = 3) int mostBlocks,
            @ForAll boolean collapses) {
        var align = 1L << exponent;
        var removed = 0L;
        var from = head;
        var goal = head + bytes;
        var archived = 0L;
        for (var pieces = 0; from < goal; pieces++) {
            assertThat(pieces).isLessThanOrEqualTo((int) (bytes / align) + 1);
            var size = head + bytes + rest - removed;
            var piece = Piece.next(from, goal, size, align, mostBlocks * 2L * align);
            assertThat(piece.from() + removed).isEqualTo(head + archived);
            archived += piece.bytes();
            var cut = collapses ? piece.cut() : 0;
            from = piece.end() - cut;
            goal -= cut;
            removed += cut;
        }
        assertThat(archived).isEqualTo(bytes);
        assertThat(from).isEqualTo(goal);
    }

    @Property
    void a_log_of_any_size_is_cut(@ForAll @LongRange(min = 1, max = FAR) long goal) {
        var piece = Piece.next(0, goal, goal, 4096, Long.MAX_VALUE);

        assertThat(piece.end()).isEqualTo(goal);
        assertThat(piece.cut()).isBetween(Math.max(0, goal - 4096), goal - 1);
    }
}
