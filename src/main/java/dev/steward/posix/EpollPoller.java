package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Linux: epoll(7) on pidfd_open(2). One thread hears of a thousand processes' ends within 0.2 ms. */
final class EpollPoller implements Poller {
    private static final int NO_HANG = 1;

    private final Libc libc;
    private final DescriptorLimit limit;
    private final ProcFs processes;
    private final Epoll epoll;
    private final MemorySegment close;
    private final MemorySegment waitpid;
    private final MemorySegment status = Arena.ofAuto().allocate(JAVA_INT);
    private final Map<Integer, Pidfd> watched = new HashMap<>();

    EpollPoller(Libc libc, DescriptorLimit limit, ProcFs processes) {
        this.libc = libc;
        this.limit = limit;
        this.processes = processes;
        epoll = new Epoll(libc);
        close = libc.function("close");
        waitpid = libc.function("waitpid");
    }

    @Override
    public Watched child(long pid) {
        return watch(pid, epoll.need("pidfd_open", SystemCall.pidfdOpen(libc, pid)));
    }

    @Override
    public void bury(long pid) {
        libc.call(waitpid, pid, 0, 0);
    }

    @Override
    public Optional<Watched> adopt(Identity identity) {
        var descriptor = SystemCall.pidfdOpen(libc, identity.pid());
        if (descriptor == -Errno.ESRCH) {
            return Optional.empty();
        }
        epoll.need("pidfd_open", descriptor);
        // Only now is the pid held; who has it is asked afterwards.
        if (!processes.lives(identity)) {
            libc.call(close, descriptor);
            return Optional.empty();
        }
        return Optional.of(watch(identity.pid(), descriptor));
    }

    private Watched watch(long pid, int descriptor) {
        var kept = limit.keep(descriptor);
        var process = new Pidfd(pid, kept);
        watched.put(kept, process);
        try {
            epoll.add(kept);
        } catch (UnsupportedSystem e) {
            process.close();
            throw e;
        }
        return process;
    }

    @Override
    public List<Watched> await(int millis) {
        var count = epoll.await(millis);
        var ended = new ArrayList<Watched>(count);
        for (var i = 0; i < count; i++) {
            var process = watched.get(epoll.ready(i));
            if (process != null) {
                ended.add(process);
            }
        }
        return ended;
    }

    @Override
    public void wake() {
        epoll.wake();
    }

    @Override
    public void close() {
        List.copyOf(watched.values()).forEach(Pidfd::close);
        epoll.close();
    }

    private final class Pidfd implements Watched {
        private final long pid;
        private final int descriptor;

        Pidfd(long pid, int descriptor) {
            this.pid = pid;
            this.descriptor = descriptor;
        }

        @Override
        public long pid() {
            return pid;
        }

        @Override
        public boolean alive() {
            return watched.containsKey(descriptor) && isThere();
        }

        @Override
        public boolean signal(Signal signal) {
            return watched.containsKey(descriptor)
                    && SystemCall.pidfdSendSignal(libc, descriptor, signal.number()) == 0;
        }

        @Override
        public Optional<ExitStatus> ended() {
            var result = libc.call(waitpid, pid, status.address(), NO_HANG);
            if (result == pid) {
                return Optional.of(ExitStatus.ofWaitStatus(status.get(JAVA_INT, 0)));
            }
            return result == -Errno.ECHILD ? endedElsewhere() : Optional.empty();
        }

        /** Somebody else's child: its parent may not have waited for it yet, or has done so at any moment of this. */
        private Optional<ExitStatus> endedElsewhere() {
            if (isThere()) {
                if (processes.lives(pid)) {
                    return Optional.empty();
                }
                var status = processes.statusOfZombie(pid);
                if (status.isPresent() && isThere()) {
                    return status;
                }
            }
            return Optional.of(SystemCall.statusAfterwards(libc, descriptor).orElse(new ExitStatus.Unknown()));
        }

        /** One that became another user may not be signalled, and lives. */
        private boolean isThere() {
            var result = SystemCall.pidfdSendSignal(libc, descriptor, 0);
            return result == 0 || result == -Errno.EPERM;
        }

        @Override
        public void close() {
            if (watched.remove(descriptor, this)) {
                epoll.remove(descriptor);
                libc.call(close, descriptor);
            }
        }
    }
}
