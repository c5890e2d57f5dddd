package dev.steward.orders;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Era;
import dev.steward.bus.Found;
import dev.steward.bus.Heading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Makes orders known that something else than Steward put into the inbox, as soon as they are whole. */
final class PickUp {
    private static final String UNKNOWN = "unknown";

    private final Workplace at;
    private final InboxName inbox;
    private final AtomicReference<Bus.@Nullable Reception> desk;

    /** @param desk the reception of the moment, if the bus is there */
    PickUp(Workplace at, InboxName inbox, AtomicReference<Bus.@Nullable Reception> desk) {
        this.at = at;
        this.inbox = inbox;
        this.desk = desk;
    }

    /** What became of a folder. */
    sealed interface Outcome {
        /** Nothing more is to be done with it. */
        record Settled() implements Outcome {}

        /** It isn't a whole order, for this reason. */
        record NotYet(String reason) implements Outcome {}

        /** It is whole, and the bus doesn't take it for an order. */
        record Refused(String reason) implements Outcome {}

        /** The bus is away. */
        record Later() implements Outcome {}
    }

    Outcome pick(Path folder) throws IOException, BusException {
        var id = String.valueOf(folder.getFileName());
        var reception = desk.get();
        if (reception == null) {
            return new Outcome.Later();
        }
        if (reception.delivered(id)) {
            return new Outcome.Settled();
        }
        var checked = FolderCheck.of(folder, Optional.empty());
        if (!checked.isSound()) {
            return new Outcome.NotYet(checked.findings().stream()
                    .filter(finding -> !(finding instanceof InboxCheck.Finding.Extra))
                    .map(InboxCheck.Finding::text)
                    .findFirst()
                    .orElse("it is no order"));
        }
        try {
            pick(reception, folder, checked.order().orElseThrow());
            return new Outcome.Settled();
        } catch (BusException e) {
            if (e.kind() != BusException.Kind.REFUSED) {
                throw e;
            }
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        }
    }

    private void pick(Bus.Reception reception, Path folder, FolderCheck.Order order) throws IOException, BusException {
        OrderFolder.sync(folder, Envelope.fileOf(String.valueOf(folder.getFileName())), order.bodyFile());
        at.inboxSync().sync();
        var heading = heading(folder, order);
        var acknowledgement = at.acknowledgement(heading, order.hashes());
        var found = new Found(heading, order.hashes(), order.manifest().body().size(), acknowledgement.at());
        if (reception.found(found, acknowledgement)) {
            at.teller().tell(new InboxEvent.PickedUp(heading, acknowledgement));
        }
    }

    private Heading heading(Path folder, FolderCheck.Order order) throws IOException {
        var id = String.valueOf(folder.getFileName());
        var envelope = order.envelope();
        return new Heading(
                id,
                inbox.text(),
                envelope.from().or(() -> said(order.manifest().agent())).orElse(UNKNOWN),
                envelope.priority()
                        .or(() -> Priority.of(order.manifest().priority()))
                        .orElse(Priority.USUAL)
                        .name(),
                envelope.title().orElse(id),
                envelope.tags(),
                created(folder, order));
    }

    private static Optional<String> said(String text) {
        return Optional.of(text).filter(said -> !said.isBlank());
    }

    private Instant created(Path folder, FolderCheck.Order order) throws IOException {
        var said = order.envelope()
                .created()
                .or(() -> EnvelopeReader.time(order.manifest().created()));
        if (said.isPresent()) {
            return said.get();
        }
        var envelope = folder.resolve(Envelope.fileOf(String.valueOf(folder.getFileName())));
        var written =
                Files.getLastModifiedTime(envelope, LinkOption.NOFOLLOW_LINKS).toInstant();
        return Era.holds(written) ? written : at.timing().wall().instant();
    }
}
