package dev.steward.orders.work;

import dev.steward.bus.ledger.Ledgers;
import dev.steward.posix.Posix;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Workers in a process of their own, over a real ledger: to be killed. */
final class WorkersChild {
    private WorkersChild() {}

    /** The folder of a {@link TestHouse} with a script {@code handle}. */
    public static void main(String[] arguments) throws Exception {
        var house = new TestHouse(Path.of(arguments[0]));
        try (var posix = Posix.forSupervisor();
                var ledger = Ledgers.open(house.home.resolve("bus.db"), InstantSource.system());
                var workers = house.workers(ledger, posix)) {
            workers.take(List.of(house.worker(house.folder.resolve("handle"))));
            System.out.println("works");
            new CountDownLatch(1).await();
        }
    }
}
