package dev.steward.posix;

import java.time.Instant;
import java.util.Optional;

/**
 * What the kernel keeps of a file: statx(2) on Linux, fstat(2) on macOS.
 *
 * @param device of the file system, as {@code unix:dev} of the JDK
 * @param birthNanos since the epoch; 0 where the file system does not know when a file was made
 * @param modifiedNanos since the epoch
 * @param mode permission bits, with those for set-user-ID, set-group-ID and sticky
 * @param owner user id
 * @param group group id
 * @param links how many names it has: none once it was deleted
 * @param size in bytes, holes included
 * @param blockSize in bytes, of which reading and writing is best done in multiples
 * @param blocks512 how many blocks of 512 bytes are taken on the disk
 */
public record FileFacts(
        long device,
        long inode,
        long birthNanos,
        long modifiedNanos,
        int mode,
        int owner,
        int group,
        long links,
        long size,
        int blockSize,
        long blocks512,
        boolean regular,
        boolean directory) {
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int PERMISSIONS = 07777;

    /** When it was changed last. */
    public Instant modified() {
        return Instant.EPOCH.plusNanos(modifiedNanos);
    }

    /** When it was made; empty where the file system does not know. */
    public Optional<Instant> birth() {
        return birthNanos == 0 ? Optional.empty() : Optional.of(Instant.EPOCH.plusNanos(birthNanos));
    }

    public FileKey key() {
        return new FileKey(device, inode);
    }

    static boolean isRegular(int typeAndMode) {
        return (typeAndMode & TYPE) == REGULAR;
    }

    static boolean isDirectory(int typeAndMode) {
        return (typeAndMode & TYPE) == DIRECTORY;
    }

    static int permissions(int typeAndMode) {
        return typeAndMode & PERMISSIONS;
    }
}
