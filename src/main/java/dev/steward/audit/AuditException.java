package dev.steward.audit;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The audit trail could not be written or read. The message is for people: what happened, where, what to do. */
public final class AuditException extends Exception {
    private static final long serialVersionUID = 1;

    private AuditException(String message, Throwable cause) {
        super(message, cause);
    }

    static AuditException of(Path file, String doing, IOException e, String advice) {
        String why = switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is there, and no folder";
            case AccessDeniedException denied -> "this user may not use " + denied.getFile();
            default -> String.valueOf(e.getMessage());
        };
        return new AuditException(file + ": " + doing + " failed: " + why + ". " + advice, e);
    }
}
