package dev.steward.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Has SQLite's native library lie in a folder of ours, extracted once a version. Left to itself the driver extracts it into the
 * temporary folder at each start, and a process that is killed leaves it there.
 *
 * <p>The one global effect that Steward allows itself: two system properties, {@code org.sqlite.lib.path} and {@code
 * org.sqlite.lib.name}, which the driver reads when it loads. So this is called once, at the start, before a store is opened;
 * several processes may do so at once.
 */
public final class SqliteNative {
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private SqliteNative() {}

    /** Where the driver will find the library. */
    public sealed interface Prepared {
        /** In our folder. */
        record Own(Path library) implements Prepared {}

        /** Where the driver itself puts it; everything works. {@code why} is for people. */
        record DriversDefault(String why) implements Prepared {}
    }

    /** Extracts the library into this folder unless it is there, and points the driver at it. */
    public static Prepared prepare(Path folder) {
        if (System.getProperty(PATH) != null) {
            return new Prepared.DriversDefault(PATH + " is set already");
        }
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        @Nullable URL packed = SqliteNative.class.getResource(resource);
        if (packed == null) {
            return new Prepared.DriversDefault("the driver has no " + resource);
        }
        try {
            Path library = folder.toAbsolutePath().resolve(name());
            extract(packed, library);
            System.setProperty(PATH, library.resolveSibling("").toString());
            System.setProperty(NAME, name());
            return new Prepared.Own(library);
        } catch (IOException e) {
            return new Prepared.DriversDefault(folder + " cannot hold the library: " + e);
        }
    }

    private static String name() {
        String machine = OSInfo.getNativeLibFolderPathForCurrentOS().replace('/', '-');
        return "sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + machine + "-" + LibraryLoaderUtil.getNativeLibName();
    }

    private static void extract(URL packed, Path library) throws IOException {
        Path folder = library.resolveSibling("");
        Files.createDirectories(folder);
        if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("everybody may write to it, and so choose the code that runs");
        }
        URLConnection connection = packed.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            if (Files.isRegularFile(library) && Files.size(library) == connection.getContentLengthLong()) {
                return;
            }
            Path temporary = Files.createTempFile(folder, ".sqlite-", ".new");
            try {
                Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
                // Synced before it gets its name: after a power loss a library of the right length has the right bytes.
                try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
                Files.move(temporary, library, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
    }
}
