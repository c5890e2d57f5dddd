package dev.steward.bus.remote;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Body;
import dev.steward.bus.Bytes;
import dev.steward.bus.Found;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;

/** The bus's records, field by field in the order of their declaration. */
final class Records {
    private static final int INLINE = 0;
    private static final int SPOOLED = 1;

    private Records() {}

    static void write(FieldWriter to, WorkOrder order) {
        write(to, order.heading());
        to.text(order.envelope()).text(order.sha256()).text(order.bodyFile());
        var body = order.body();
        to.text(body.sha256()).number(body.size());
        switch (body.content()) {
            case Body.Content.Inline inline ->
                to.code(INLINE).bytes(inline.bytes().buffer());
            case Body.Content.Spooled spooled -> to.code(SPOOLED).path(spooled.file());
        }
    }

    static WorkOrder order(FieldReader from) throws Malformed {
        return new WorkOrder(heading(from), from.text(), from.text(), from.text(), body(from));
    }

    private static Body body(FieldReader from) throws Malformed {
        var sha256 = from.text();
        var size = from.number();
        return switch (from.code()) {
            case INLINE -> new Body(sha256, size, new Body.Content.Inline(Bytes.of(from.bytes())));
            case SPOOLED -> new Body(sha256, size, new Body.Content.Spooled(from.path()));
            default -> throw new Malformed("a payload of an unknown kind");
        };
    }

    static void write(FieldWriter to, Heading heading) {
        to.text(heading.id())
                .text(heading.to())
                .text(heading.from())
                .text(heading.priority())
                .text(heading.title())
                .text(heading.tags())
                .instant(heading.created());
    }

    static Heading heading(FieldReader from) throws Malformed {
        return new Heading(
                from.text(), from.text(), from.text(), from.text(), from.text(), from.text(), from.instant());
    }

    static void write(FieldWriter to, Acknowledgement acknowledgement) {
        to.text(acknowledgement.id())
                .text(acknowledgement.to())
                .text(acknowledgement.by())
                .text(acknowledgement.node())
                .text(acknowledgement.incarnation())
                .instant(acknowledgement.at())
                .number(acknowledgement.latencyMs())
                .text(acknowledgement.sha256Wo())
                .text(acknowledgement.sha256Body());
    }

    static Acknowledgement acknowledgement(FieldReader from) throws Malformed {
        return new Acknowledgement(
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                from.instant(),
                from.number(),
                from.text(),
                from.text());
    }

    static void write(FieldWriter to, Found found) {
        write(to, found.heading());
        to.text(found.hashes().wo())
                .text(found.hashes().body())
                .number(found.bodySize())
                .instant(found.at());
    }

    static Found found(FieldReader from) throws Malformed {
        return new Found(heading(from), new OrderRow.Hashes(from.text(), from.text()), from.number(), from.instant());
    }

    static void write(FieldWriter to, Beat beat) {
        to.text(beat.agent())
                .instant(beat.at())
                .number(beat.iter())
                .number(beat.pid())
                .text(beat.incarnation())
                .text(beat.boot())
                .duration(beat.every());
    }

    static Beat beat(FieldReader from) throws Malformed {
        return new Beat(
                from.text(), from.instant(), from.number(), from.number(), from.text(), from.text(), from.duration());
    }

    static void write(FieldWriter to, Site site) {
        to.text(site.node()).path(site.inboxes()).path(site.spool()).number(site.maxBody());
    }

    static Site site(FieldReader from) throws Malformed {
        return new Site(from.text(), from.path(), from.path(), from.number());
    }
}
