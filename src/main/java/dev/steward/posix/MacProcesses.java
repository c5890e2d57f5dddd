package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** macOS: libproc.h and sysctl(3), with the layouts of the SDK's {@code sys/proc_info.h}. Built, and not yet run on a Mac. */
final class MacProcesses implements Processes {
    private static final int LIST_DESCRIPTORS = 1;
    private static final int DESCRIPTOR_PATH = 2;
    private static final int BSD_INFO = 3;
    private static final int BSD_INFO_SIZE = 136;
    private static final int PATH_INFO_SIZE = 1200;
    private static final int PATH_OFFSET = 176;
    private static final int ZOMBIE = 5;
    private static final int CTL_KERN = 1;
    private static final int KERN_PROCARGS2 = 49;
    private static final int ARGUMENTS = 1 << 20;
    private static final int MOST_PROCESSES = 1 << 16;
    private static final int MOST_DESCRIPTORS = 1 << 14;

    private final Libc libc;
    private final MemorySegment info;
    private final MemorySegment descriptorInfo;
    private final MemorySegment list;
    private final MemorySegment session;
    private final MemorySegment sysctl;
    private final String boot;

    MacProcesses(Libc libc) {
        this.libc = libc;
        info = libc.function("proc_pidinfo");
        descriptorInfo = libc.function("proc_pidfdinfo");
        list = libc.function("proc_listallpids");
        session = libc.function("getsid");
        sysctl = libc.function("sysctl");
        boot = bootSession();
    }

    private String bootSession() {
        try (var arena = Arena.ofConfined()) {
            var text = arena.allocate(64);
            var size = arena.allocateFrom(JAVA_LONG, text.byteSize());
            var name = arena.allocateFrom("kern.bootsessionuuid");
            libc.call(libc.function("sysctlbyname"), name.address(), text.address(), size.address(), 0, 0);
            return text.getString(0);
        }
    }

    @Override
    public String boot() {
        return boot;
    }

    @Override
    public Optional<Identity> identify(long pid) {
        return living(pid).map(ProcessInfo::identity);
    }

    @Override
    public OptionalLong session(long pid) {
        return living(pid).map(process -> OptionalLong.of(process.session())).orElse(OptionalLong.empty());
    }

    @Override
    public Optional<ProcessInfo> find(long pid) {
        return look(pid, true);
    }

    private Optional<ProcessInfo> living(long pid) {
        return look(pid, false);
    }

    private Optional<ProcessInfo> look(long pid, boolean zombies) {
        try (var arena = Arena.ofConfined()) {
            var bsd = arena.allocate(BSD_INFO_SIZE, 8);
            if (libc.call(info, pid, BSD_INFO, 0, bsd.address(), BSD_INFO_SIZE) < BSD_INFO_SIZE
                    || (bsd.get(JAVA_INT, 4) == ZOMBIE && !zombies)) {
                return Optional.empty();
            }
            var start = bsd.get(JAVA_LONG, 120) * 1_000_000 + bsd.get(JAVA_LONG, 128);
            return Optional.of(new ProcessInfo(
                    new Identity(pid, start, boot),
                    bsd.get(JAVA_INT, 16),
                    bsd.get(JAVA_INT, 100),
                    libc.call(session, pid)));
        }
    }

    @Override
    public List<ProcessInfo> snapshot() {
        try (var arena = Arena.ofConfined()) {
            var pids = arena.allocate(JAVA_INT, MOST_PROCESSES);
            var count = libc.call(list, pids.address(), pids.byteSize());
            var found = new ArrayList<ProcessInfo>();
            for (var i = 0; i < count; i++) {
                living(pids.getAtIndex(JAVA_INT, i)).ifPresent(found::add);
            }
            return found;
        }
    }

    /** KERN_PROCARGS2: the count of arguments, the program, padding, the arguments, then the environment. */
    @Override
    public Map<String, String> environment(long pid) {
        try (var arena = Arena.ofConfined()) {
            var name = arena.allocateFrom(JAVA_INT, CTL_KERN, KERN_PROCARGS2, (int) pid);
            var text = arena.allocate(ARGUMENTS);
            var size = arena.allocateFrom(JAVA_LONG, text.byteSize());
            if (libc.call(sysctl, name.address(), 3, text.address(), size.address(), 0, 0) != 0) {
                return Map.of();
            }
            var bytes = text.asSlice(0, size.get(JAVA_LONG, 0)).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            var strings = new String(bytes, 4, bytes.length - 4, StandardCharsets.ISO_8859_1).split("\0+", -1);
            var variables = new HashMap<String, String>();
            for (var i = 1 + text.get(JAVA_INT_UNALIGNED, 0); i < strings.length; i++) {
                var equals = strings[i].indexOf('=');
                if (equals > 0) {
                    variables.put(strings[i].substring(0, equals), strings[i].substring(equals + 1));
                }
            }
            return variables;
        }
    }

    @Override
    public Set<String> openFiles(long pid) {
        try (var arena = Arena.ofConfined()) {
            var descriptors = arena.allocate(JAVA_LONG, MOST_DESCRIPTORS);
            var bytes = libc.call(info, pid, LIST_DESCRIPTORS, 0, descriptors.address(), descriptors.byteSize());
            var path = arena.allocate(PATH_INFO_SIZE, 8);
            var files = new HashSet<String>();
            for (var offset = 0; offset + 8 <= bytes; offset += 8) {
                var number = descriptors.get(JAVA_INT, offset);
                if (libc.call(descriptorInfo, pid, number, DESCRIPTOR_PATH, path.address(), PATH_INFO_SIZE)
                        == PATH_INFO_SIZE) {
                    files.add(path.getString(PATH_OFFSET));
                }
            }
            return files;
        }
    }

    /** macOS has no subreapers: orphans go to launchd, and are found by the life lock and their environment. */
    @Override
    public List<Long> orphans() {
        return List.of();
    }
}
