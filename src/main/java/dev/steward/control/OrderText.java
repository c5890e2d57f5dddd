package dev.steward.control;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** {@code steward order show} for people. */
final class OrderText {
    private static final int COLUMN = 14;

    private final OrderRow row;
    private final Optional<OrderPlace> place;
    private final Optional<String> unreceived;
    private final ZoneId zone;
    private final StringBuilder out = new StringBuilder();

    OrderText(OrderRow row, Optional<OrderPlace> place, Optional<String> unreceived, ZoneId zone) {
        this.row = row;
        this.place = place;
        this.unreceived = unreceived;
        this.zone = zone;
    }

    String text() {
        var heading = row.heading();
        out.append(Plain.of(heading.id()))
                .append("  ")
                .append(row.state().word())
                .append('\n');
        line("title", heading.title());
        line("to", heading.to());
        line("from", heading.from());
        line("priority", heading.priority());
        line("tags", heading.tags());
        line("created", time(heading.created()));
        line("known", time(row.since()) + ", " + origin());
        line("changed", time(row.changed()));
        row.acknowledgement().ifPresent(this::acknowledgement);
        place.ifPresent(it -> line("folder", it.told()));
        line("attempts", row.attempt() == 0 ? "" : Integer.toString(row.attempt()));
        row.due().ifPresent(at -> line("next attempt", time(at)));
        row.work().ifPresent(this::work);
        unreceived.ifPresent(why -> line("waits", why));
        line("reason", row.reason());
        line("envelope", "SHA-256 " + row.hashes().wo());
        line("body", "SHA-256 " + row.hashes().body() + ", " + Sizes.forPeople(row.bodySize()));
        row.result().ifPresent(this::result);
        return out.toString();
    }

    private String origin() {
        return switch (row.origin()) {
            case DROPPED_HERE -> "dropped here";
            case BUS -> "received over Redis";
            case FOUND -> "found complete in its inbox";
        };
    }

    private void acknowledgement(Acknowledgement acknowledgement) {
        line(
                "acknowledged",
                time(acknowledgement.at()) + " by " + acknowledgement.by() + " on " + acknowledgement.node()
                        + ", after " + Times.precise(Duration.ofMillis(acknowledgement.latencyMs())));
    }

    private void work(Work work) {
        line("working", work.worker() + ", pid " + work.pid() + ", since " + time(work.since()));
    }

    private void result(Result result) {
        var exit = result.exit();
        line(
                "result",
                OrderJson.status(result) + " at " + time(result.at()) + " by " + result.by() + ", attempt "
                        + result.attempt()
                        + " took " + Times.precise(result.took())
                        + (exit.isPresent() ? ", exit status " + exit.getAsInt() : "")
                        + (result.reason().isEmpty() ? "" : ": " + result.reason()));
        if (!result.output().isEmpty()) {
            out.append("output:\n");
            result.output()
                    .lines()
                    .forEach(line -> out.append("  ").append(Plain.of(line)).append('\n'));
        }
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            out.append("  ")
                    .append(name)
                    .repeat(' ', COLUMN - name.length())
                    .append(Plain.of(value))
                    .append('\n');
        }
    }

    private String time(Instant at) {
        return Times.forPeople(at, zone);
    }
}
