package dev.steward.logs;

import dev.steward.posix.FileFacts;

/**
 * Which file it is, whatever it is called: an inode number alone is soon given to another one.
 *
 * @param birth nanoseconds since 1970; 0 where the file system does not know
 */
record FileId(long inode, long birth) {
    static FileId of(FileFacts facts) {
        return new FileId(facts.inode(), facts.birthNanos());
    }
}
