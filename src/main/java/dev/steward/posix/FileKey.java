package dev.steward.posix;

/**
 * Which file it is, whatever its name, for as long as it exists or is open.
 *
 * @param device of the file system, as {@code unix:dev} of the JDK
 * @param inode its number there
 */
public record FileKey(long device, long inode) {}
