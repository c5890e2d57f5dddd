package dev.steward.orders.work;

import dev.steward.config.WorkerConfig;
import dev.steward.posix.Fifos;
import dev.steward.posix.FileLock;
import dev.steward.posix.FileLocks;
import dev.steward.posix.Identity;
import dev.steward.posix.Poller;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import dev.steward.posix.SpawnFailed;
import dev.steward.posix.SpawnRequest;
import dev.steward.posix.Spawner;
import java.io.IOException;
import java.util.Optional;

/** Makes the processes of attempts, and reaches them. For the loop's thread alone, which is their parent. */
final class Handlers {
    private final Posix posix;
    private final Poller poller;
    private final WorkGround ground;
    private final FileLocks locks;
    private final Fifos fifos = Posix.fifosOnly();
    private final Spawner spawner;

    Handlers(Posix posix, Poller poller, WorkGround ground) {
        this.posix = posix;
        this.poller = poller;
        this.ground = ground;
        locks = posix.locks();
        spawner = posix.spawner();
    }

    /**
     * Makes the process of an attempt, which waits to be let go.
     *
     * @return false if something of an earlier attempt still lives; nothing was made then
     * @throws CannotBegin with what stands in the way; nothing lives then
     */
    boolean hold(Attempt attempt, WorkerConfig worker, Launch.Task task) throws CannotBegin {
        var files = attempt.files;
        var launch = Launch.of(worker, task, ground);
        try {
            files.makeFolder();
            var life = locks.tryLock(files.life());
            if (life.isEmpty()) {
                return false;
            }
            try (var held = life.get()) {
                files.prepare();
                fifos.make(files.gate());
                attempt.gate = Optional.of(fifos.hold(files.gate()));
                watch(attempt, spawn(worker, launch, files, held));
                return true;
            } catch (IOException | SpawnFailed | CannotBegin e) {
                attempt.close();
                removeAfter(e, files);
                throw e;
            }
        } catch (IOException e) {
            throw new CannotBegin("the files of an attempt cannot be made: " + e.getMessage());
        } catch (SpawnFailed e) {
            throw new CannotBegin("no process can be made: " + e.getMessage());
        }
    }

    private static void removeAfter(Exception trouble, AttemptFiles files) {
        try {
            files.remove();
        } catch (IOException e) {
            trouble.addSuppressed(e);
        }
    }

    private long spawn(WorkerConfig worker, Launch launch, AttemptFiles files, FileLock life) throws SpawnFailed {
        return spawner.spawn(new SpawnRequest(
                Wrapper.around(launch.argv(), files),
                launch.environment(),
                worker.invocation().directory(),
                files.output(),
                life));
    }

    private void watch(Attempt attempt, long pid) throws CannotBegin {
        try {
            attempt.main = Optional.of(poller.child(pid));
            // One that has ended already is nobody; its end is heard of next.
            attempt.identity = Optional.of(posix.processes()
                    .identify(pid)
                    .orElse(new Identity(pid, 0, posix.processes().boot())));
        } catch (RuntimeException e) {
            // A process that cannot be watched must not run on unwatched.
            posix.signals().group(pid, Signal.KILL);
            poller.bury(pid);
            throw new CannotBegin("its process cannot be watched: " + e.getMessage());
        }
    }

    /** Says to the wrapper that the attempt is recorded. */
    void letGo(Attempt attempt) {
        attempt.gate.ifPresent(gate -> gate.write(Wrapper.word()));
    }

    /** The same for one that a former daemon made, and may not have told; to tell it twice does no harm. */
    void letGoAgain(Attempt attempt) throws IOException {
        attempt.gate = Optional.of(fifos.hold(attempt.files.gate()));
        letGo(attempt);
    }

    /** Asks all of its processes to end, and wakes them so that they hear. */
    void terminate(Attempt attempt) {
        signal(attempt, Signal.TERM);
        signal(attempt, Signal.CONT);
    }

    void kill(Attempt attempt) {
        signal(attempt, Signal.KILL);
    }

    /** Its group at once; and those of its session that made groups of their own. */
    private void signal(Attempt attempt, Signal signal) {
        attempt.main.ifPresent(main -> {
            if (!main.alive()) {
                return;
            }
            for (var process : posix.processes().snapshot()) {
                if (process.session() == main.pid() && process.group() != main.pid()) {
                    poller.adopt(process.identity()).ifPresent(other -> {
                        other.signal(signal);
                        other.close();
                    });
                }
            }
            if (!posix.signals().group(main.pid(), signal)) {
                main.signal(signal);
            }
        });
    }
}
