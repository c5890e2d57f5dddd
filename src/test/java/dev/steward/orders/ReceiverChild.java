package dev.steward.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that receives from a {@link KilledBus} until it is killed; it prints a line for each order. */
final class ReceiverChild {
    private ReceiverChild() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        try (var _ = start(folder)) {
            while (System.in.read() >= 0) {
                // Until it is killed.
            }
        }
    }

    static Receiver start(Path folder) {
        return Receiver.start(
                new KilledBus(folder),
                new Receiver.Inbox(new InboxName("CLC"), folder.resolve("CLC")),
                new Receiver.Identity("clc", "studio", ""),
                Receiver.Timing.usual(InstantSource.system(), System::nanoTime),
                event -> System.out.println(event));
    }
}
