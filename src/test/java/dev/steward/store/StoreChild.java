package dev.steward.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A process with an open store: {@code wait} writes one batch, {@code go-on} one after the other, until it is killed. */
final class StoreChild {
    private StoreChild() {}

    public static void main(String[] arguments) throws StoreException, IOException {
        Store store = Store.open(Path.of(arguments[1]), InstantSource.system()).store();
        store.write(new Batch(List.of(Samples.fullAgent("a")), List.of(), List.of(), List.of()));
        for (int i = 1; ; i++) {
            store.write(Samples.of(List.of(Samples.transition("a", i))));
            System.out.println(i);
            if (arguments[0].equals("wait") && System.in.read() < 0) {
                return;
            }
        }
    }
}
