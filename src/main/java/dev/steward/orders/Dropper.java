package dev.steward.orders;

import dev.steward.bus.Accepted;
import dev.steward.bus.Body;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/** Makes work orders of drafts and drops them. Any thread may call. */
public final class Dropper {
    private final Bus bus;
    private final Intake intake;
    private final Ink ink;

    /**
     * What an order's id and envelope are made with.
     *
     * @param zone in which the envelope tells the time
     * @param random from which ids come; nobody should be able to foretell it
     */
    public record Ink(InstantSource clock, ZoneId zone, RandomGenerator random) {}

    /** Drops on this bus, for this node. */
    public Dropper(Bus bus, Site site, Ink ink) {
        this.bus = bus;
        this.intake = new Intake(site, ink.random());
        this.ink = ink;
    }

    /**
     * Drops an order; when it returns, the order is on disk and will be delivered. The payload is streamed, in constant memory; one
     * over 64 KiB goes through a file in the spool, which is removed again if the bus refuses the order.
     *
     * @throws OrderException if the draft or the payload can't become an order
     * @throws BusException if the bus didn't take it. After {@code UNAVAILABLE} it may have: the same id may be dropped again
     */
    public Accepted drop(Draft draft, Payload payload) throws OrderException, BusException {
        var lines = DraftLines.of(draft);
        var created = ink.clock().instant().truncatedTo(ChronoUnit.MILLIS).atZone(ink.zone());
        var id = draft.id().orElseGet(() -> OrderId.next(created.toLocalDate(), ink.random()));
        var heading = new Heading(
                id.text(),
                draft.to().text(),
                draft.from().text(),
                draft.priority().name(),
                lines.title(),
                lines.tags(),
                created.toInstant());
        var bodyFile = BodyName.safe(payload.name(), id);
        var envelope = new Envelope(
                        id.text(),
                        heading.from(),
                        draft.priority(),
                        heading.title(),
                        heading.tags(),
                        created.toOffsetDateTime(),
                        bodyFile)
                .text();
        var body = intake.take(payload);
        return drop(new WorkOrder(heading, envelope, sha256(envelope), bodyFile, body));
    }

    private static String sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Accepted drop(WorkOrder order) throws BusException {
        try {
            var accepted = bus.drop(order);
            if (accepted instanceof Accepted.Conflict) {
                forget(order.body());
            }
            // Of one that is there already the bus knows whether it needs this file: it may have taken the order a
            // moment
            // ago, and have been asked again since its answer was lost.
            return accepted;
        } catch (BusException e) {
            if (isRefusal(e.kind())) {
                forget(order.body());
            }
            throw e;
        }
    }

    /** Else the bus may have it; if not, the spool is cleaned of the file some time. */
    private static boolean isRefusal(BusException.Kind kind) {
        return switch (kind) {
            case REFUSED, FULL -> true;
            case UNAVAILABLE, UNUSABLE -> false;
        };
    }

    private static void forget(Body body) {
        if (body.content() instanceof Body.Content.Spooled spooled) {
            try {
                Files.deleteIfExists(spooled.file());
            } catch (IOException e) {
                // What was asked for is answered; the spool is cleaned of the file some time.
                return;
            }
        }
    }
}
