package dev.steward.store;

import java.nio.file.Path;
import java.time.InstantSource;

/** Prepares the library in one folder, opens a store in another, says how it went and waits to be killed. */
final class SqliteNativeChild {
    private SqliteNativeChild() {}

    public static void main(String[] arguments) throws Exception {
        SqliteNative.Prepared prepared = SqliteNative.prepare(Path.of(arguments[0]));
        Store store = Store.open(Path.of(arguments[1], "state.db"), InstantSource.system())
                .store();
        store.write(Samples.agents(Samples.agent("a")));
        System.out.println(
                switch (prepared) {
                    case SqliteNative.Prepared.Own(Path library) -> library.toString();
                    case SqliteNative.Prepared.DriversDefault(String why) -> "default: " + why;
                });
        System.in.read();
    }
}
