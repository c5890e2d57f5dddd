package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Body;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Found;
import dev.steward.bus.Heading;
import dev.steward.bus.Heard;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any messages of the protocol. */
final class Messages {
    private static final Arbitrary<Long> NUMBERS = Arbitraries.longs();
    // Halves of characters can't be written in UTF-8, and no order may have them.
    private static final Arbitrary<String> TEXTS =
            Arbitraries.strings().ofMaxLength(40).map(text -> text.replaceAll("\\p{Cs}", "?"));
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Arbitrary<Instant> INSTANTS = Combinators.combine(
                    Arbitraries.longs().between(0, LAST.getEpochSecond()),
                    Arbitraries.integers().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    private static final Arbitrary<Duration> DURATIONS = NUMBERS.map(Duration::ofSeconds);

    private Messages() {}

    static Arbitrary<Request> requests() {
        return Arbitraries.oneOf(
                orders().map(Request.Drop::new),
                beats().map(Request.ShowBeat::new),
                Arbitraries.just(new Request.AskPresence()),
                TEXTS.map(Request.Receive::new),
                Combinators.combine(Arbitraries.integers().greaterOrEqual(0), DURATIONS)
                        .as(Request.Take::new),
                Combinators.combine(orders(), acknowledgements()).as(Request.Acknowledge::new),
                Combinators.combine(orders(), TEXTS).as(Request.Quarantine::new),
                Combinators.combine(found(), acknowledgements()).as(Request.MakeKnown::new),
                TEXTS.map(Request.AskDelivered::new),
                TEXTS.map(Request.Listen::new),
                Combinators.combine(Arbitraries.integers().greaterOrEqual(0), DURATIONS)
                        .as(Request.Hear::new),
                NUMBERS.map(Request.MarkHeard::new),
                Arbitraries.just(new Request.Close()));
    }

    static Arbitrary<Reply> replies() {
        return Arbitraries.oneOf(
                orders().map(Reply.Given::new),
                Combinators.combine(NUMBERS, acknowledgements()).as(Heard::new).map(Reply.Told::new),
                Arbitraries.just(new Reply.Done()),
                Arbitraries.of(true, false).map(Reply.Truth::new),
                TEXTS.map(id -> new Reply.Dropped(new Accepted.New(id))),
                Combinators.combine(TEXTS, Arbitraries.of(OrderState.class))
                        .as((id, state) -> new Reply.Dropped(new Accepted.Same(id, state))),
                Combinators.combine(TEXTS, TEXTS)
                        .as((id, reason) -> new Reply.Dropped(new Accepted.Conflict(id, reason))),
                TEXTS.map(kind -> new Reply.Present(new Presence.Connected(kind))),
                Combinators.combine(TEXTS, TEXTS)
                        .as((kind, reason) -> new Reply.Present(new Presence.Away(kind, reason))),
                Combinators.combine(Arbitraries.of(BusException.Kind.class), TEXTS)
                        .as(Reply.Failed::new));
    }

    private static Arbitrary<WorkOrder> orders() {
        return Combinators.combine(headings(), TEXTS, TEXTS, TEXTS, bodies()).as(WorkOrder::new);
    }

    private static Arbitrary<Heading> headings() {
        return Combinators.combine(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, INSTANTS)
                .as(Heading::new);
    }

    private static Arbitrary<Body> bodies() {
        return Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(100).map(BusSamples::inline),
                Combinators.combine(TEXTS, NUMBERS)
                        .as((sha256, size) ->
                                new Body(sha256, size, new Body.Content.Spooled(Path.of("/home/spool/large")))));
    }

    private static Arbitrary<Acknowledgement> acknowledgements() {
        return Combinators.combine(TEXTS, TEXTS, TEXTS, INSTANTS, NUMBERS)
                .as((id, to, by, at, latency) ->
                        new Acknowledgement(id, to, by, "node", "incarnation", at, latency, "wo", "body"));
    }

    private static Arbitrary<Found> found() {
        return Combinators.combine(headings(), TEXTS, TEXTS, NUMBERS, INSTANTS)
                .as((heading, wo, body, size, at) -> new Found(heading, new OrderRow.Hashes(wo, body), size, at));
    }

    private static Arbitrary<Beat> beats() {
        return Combinators.combine(TEXTS, INSTANTS, NUMBERS, NUMBERS, TEXTS, TEXTS, DURATIONS)
                .as(Beat::new);
    }
}
