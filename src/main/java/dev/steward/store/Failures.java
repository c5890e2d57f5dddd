package dev.steward.store;

import dev.steward.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Puts SQLite's result codes (sqlite.org/rescode.html) into words. */
final class Failures {
    private Failures() {}

    static StoreException of(Path file, String doing, SQLException e) {
        String what = file + ": " + doing + " failed: ";
        return switch (primary(e)) {
            case SQLITE_FULL -> full(what, e);
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                new StoreException(
                        Kind.DAMAGED,
                        what + "the database is damaged. The daemon keeps it aside and makes a new one when it starts",
                        e);
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                new StoreException(
                        Kind.UNAVAILABLE,
                        what + "this user may not write there. Check owner and rights of the file and its folder",
                        e);
            case SQLITE_CANTOPEN ->
                new StoreException(
                        Kind.UNAVAILABLE,
                        what + "it cannot be opened. Check that its folder exists, that it is a file, and its rights",
                        e);
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new StoreException(
                        Kind.UNAVAILABLE,
                        what + "another program has it locked. Find that program with fuser(1) and end it",
                        e);
            case SQLITE_IOERR -> noRoomBeside(e) ? full(what, e) : broken(what, e);
            default -> new StoreException(Kind.UNAVAILABLE, what + e.getMessage(), e);
        };
    }

    private static StoreException full(String what, SQLException e) {
        return new StoreException(
                Kind.FULL, what + "the disk is full; nothing of it was written. Free some space on that disk", e);
    }

    private static StoreException broken(String what, SQLException e) {
        return new StoreException(
                Kind.UNAVAILABLE,
                what + "input or output error (" + e.getMessage() + "). Check the disk and the kernel's log",
                e);
    }

    /** The file beside a database in WAL mode, which all of its users share, could not be made larger. */
    private static boolean noRoomBeside(SQLException e) {
        return e instanceof SQLiteException s && s.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    static StoreException of(Path file, String doing, IOException e) {
        String why = switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "this user may not use " + denied.getFile();
            default -> String.valueOf(e.getMessage());
        };
        return new StoreException(
                Kind.UNAVAILABLE,
                file + ": " + doing + " failed: " + why
                        + ". Check that its folder exists, and owner and rights of both",
                e);
    }

    /** Whether what SQLite says is about the bytes in the file, not about the way to them. */
    static boolean damaged(SQLException e) {
        SQLiteErrorCode code = primary(e);
        return code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }

    /** The result code without its extension. */
    static SQLiteErrorCode primary(SQLException e) {
        return e instanceof SQLiteException s
                ? SQLiteErrorCode.getErrorCode(s.getResultCode().code & 0xff)
                : SQLiteErrorCode.SQLITE_ERROR;
    }
}
