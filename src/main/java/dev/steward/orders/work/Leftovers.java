package dev.steward.orders.work;

import dev.steward.posix.FileLocks;
import dev.steward.posix.Identity;
import dev.steward.posix.Poller;
import dev.steward.posix.Posix;
import dev.steward.posix.Processes;
import dev.steward.posix.Signal;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds and ends what a handler left behind: what is in its session, and what holds its life file. Nearly always there is nothing, which
 * is known at once. For the loop's thread alone.
 */
final class Leftovers {
    private static final String DELETED = " (deleted)";

    private final Processes processes;
    private final Poller poller;
    private final FileLocks locks;

    Leftovers(Posix posix, Poller poller) {
        processes = posix.processes();
        this.poller = poller;
        locks = posix.locks();
    }

    /** Whether nothing of the attempt lives. Only once its main process has ended. */
    boolean none(Attempt attempt) {
        return free(attempt.files.life()) && noneInSession(attempt);
    }

    /** Whether no process holds that life file. What can't be told is never taken for an absence. */
    boolean free(Path life) {
        if (Files.notExists(life)) {
            return true;
        }
        try (var lock = locks.tryLock(life).orElse(null)) {
            return lock != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Children of a process that ended become this one's, if this one made it: to look at these is cheap. */
    private boolean noneInSession(Attempt attempt) {
        if (attempt.identity.isEmpty()) {
            return true;
        }
        var leader = attempt.identity.get();
        if (!attempt.origin.ours()) {
            return members(processes.snapshot(), leader).isEmpty();
        }
        for (var orphan : processes.orphans()) {
            var session = processes.session(orphan);
            if (session.isPresent() && session.getAsLong() == leader.pid()) {
                return members(processes.snapshot(), leader).isEmpty();
            }
        }
        return true;
    }

    /** Asks all of them to end; gives how many there are. Those that were asked before are asked again. */
    int hunt(Attempt attempt, Signal signal) {
        var everybody = processes.snapshot();
        var session = attempt.identity.map(leader -> members(everybody, leader)).orElse(List.of());
        var life = real(attempt.files.life());
        attempt.leftovers.forEach(Watched::close);
        attempt.leftovers.clear();
        for (var process : everybody) {
            if (session.contains(process) || holds(process, life)) {
                poller.adopt(process.identity()).ifPresent(attempt.leftovers::add);
            }
        }
        attempt.leftovers.forEach(process -> process.signal(signal));
        attempt.leftovers.forEach(process -> process.signal(Signal.CONT));
        return attempt.leftovers.size();
    }

    /** A number whose first owner's session is gone may be the number of somebody else's session now. */
    private static List<Processes.ProcessInfo> members(List<Processes.ProcessInfo> everybody, Identity leader) {
        var session = everybody.stream()
                .filter(process -> process.session() == leader.pid())
                .toList();
        var elses = session.stream()
                .anyMatch(process ->
                        process.pid() == leader.pid() && !process.identity().equals(leader));
        return elses ? List.of() : session;
    }

    private boolean holds(Processes.ProcessInfo process, String life) {
        return process.pid() != ProcessHandle.current().pid()
                && processes.openFiles(process.pid()).stream()
                        .anyMatch(file -> file.equals(life) || file.equals(life + DELETED));
    }

    private static String real(Path file) {
        try {
            return file.resolveSibling("")
                    .toRealPath()
                    .resolve(String.valueOf(file.getFileName()))
                    .toString();
        } catch (IOException e) {
            return file.toString();
        }
    }
}
