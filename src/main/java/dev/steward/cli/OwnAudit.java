package dev.steward.cli;

import dev.steward.audit.AuditTrail;
import dev.steward.audit.Locker;
import dev.steward.config.ConfigException;
import dev.steward.posix.Posix;
import java.nio.file.Path;
import java.util.Optional;

/** The node's audit trail, as a command appends to it while no daemon does: under the lock that the daemon would take. */
final class OwnAudit {
    private OwnAudit() {}

    static AuditTrail of(Root root) throws Failure, ConfigException {
        return of(root, AuditFile.of(root, Optional.empty()));
    }

    static AuditTrail of(Root root, Path file) {
        var locks = Posix.locksOnly();
        return AuditTrail.open(
                file,
                root.caller().clock(),
                Caller.zone(),
                Locker.beside(file, lock -> locks.tryLock(lock).map(held -> held::close)));
    }
}
