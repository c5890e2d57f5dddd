package dev.steward.bus.ledger;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusSamples;
import dev.steward.bus.WorkOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/**
 * A process that drops orders from a few threads and prints the id of each that was accepted, when it was: {@code FILE NAME THREADS
 * ORDERS}; without an end if that is 0. With {@code RECEIVE} as a fifth argument it also receives each, and prints {@code +id} then.
 */
final class LedgerChild {
    private LedgerChild() {}

    public static void main(String[] arguments) throws Exception {
        Ledger ledger = Ledgers.open(Path.of(arguments[0]), InstantSource.system());
        int threads = Integer.parseInt(arguments[2]);
        int orders = Integer.parseInt(arguments[3]);
        boolean receive = arguments.length > 4;
        System.out.println("open");
        var droppers = new ArrayList<Callable<Boolean>>();
        for (int t = 0; t < threads; t++) {
            String name = arguments[1] + "-" + t + "-";
            droppers.add(() -> {
                for (int i = 0; orders == 0 || i < orders; i++) {
                    one(ledger, BusSamples.order("WO-" + name + i, "CLC"), receive);
                }
                return true;
            });
        }
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var dropper : pool.invokeAll(droppers)) {
                dropper.get();
            }
        }
        ledger.close();
        System.out.println("done");
    }

    private static void one(Ledger ledger, WorkOrder order, boolean receive) {
        try {
            if (!(ledger.drop(order) instanceof Accepted.New)) {
                throw new IllegalStateException("not new: " + order.id());
            }
            say(order.id());
            if (receive) {
                if (!ledger.arrived(order, BusSamples.acknowledgement(order))) {
                    throw new IllegalStateException("delivered before: " + order.id());
                }
                say("+" + order.id());
            }
        } catch (Exception e) {
            // Not an id, so that whoever reads the output fails.
            say("failed: " + e);
        }
    }

    /** In one write, so that of a killed process there is no half line but the last. */
    private static synchronized void say(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }
}
