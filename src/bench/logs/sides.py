"""Those that keep a writer's log: each starts it, says what came of its lines, and removes all that it made."""
import glob, json, os, re, subprocess, time
import adapters, rig
from adapters import Adapter, Log, write
from supervision.common import cpu_s
from steward_adapter import Steward

SIZE = 1_000_000
KEEP = {"defaults": {"rotate_above": "1MB", "keep": 10000, "max_total": "1TB", "compress": False}}


class Side(Adapter):
    """A writer whose stdout is a file in the side's folder."""
    supervised = False

    def start_writer(self, command):
        self.log_file = self.dir + "/out.log"
        with open(self.log_file, "ab") as out:
            self.spawn(command, stdout=out)

    def archives(self):
        return numbered(self.log_file)

    def log_files(self):
        return self.archives() + [self.log_file]

    def came(self, lines, errno):
        """What the writer's end leaves to do, before the lines are counted."""


def numbered(live):
    """The archives of a log, oldest first; of an archive that stands there twice, for it is being compressed, one."""
    found = {}
    for name in glob.glob(glob.escape(live) + ".*"):
        number = re.fullmatch(r"\.(\d+)(\.gz)?", name[len(live):])
        if number:
            found.setdefault(int(number[1]), []).append(name)
    # The one without .gz is whole for certain.
    return [min(found[k], key=len) for k in sorted(found, reverse=True)]


class Plain(Side):
    name = "plain"


class Cutter(Side):
    """The floor: the cut's system calls, nothing else, looking every 100 ms."""
    name = "cutter"

    def start_writer(self, command):
        super().start_writer(command)
        self.cutter = self.spawn([rig.CUTTER, self.log_file, str(SIZE), "100"])

    def came(self, lines, errno):
        self.cutter.terminate()
        if self.cutter.wait(60):
            raise RuntimeError(f"the cutter failed, see {self.dir}/supervisor.out")


class Logrotate(Side):
    """copytruncate, called every 250 ms."""
    name = "logrotate"
    program = "/usr/sbin/logrotate"

    def start_writer(self, command):
        super().start_writer(command)
        rules = f"size {SIZE}\n rotate 1000\n copytruncate\n missingok\n nocompress\n"
        write(self.dir + "/rules", f"{self.log_file} {{\n {rules}}}\n")
        call = f"{self.program} -s {self.dir}/state {self.dir}/rules"
        self.calls = self.spawn(["/bin/sh", "-c", f"while test ! -e {self.dir}/side; do {call}; sleep 0.25; done"])

    def came(self, lines, errno):
        # The last call may be between its copy and its truncation.
        self.calls.wait(60)


class Rotating(Steward):
    """Steward, with the writer as its agent."""
    supervised = True

    def __init__(self, label="steward", logs=None):
        super().__init__(label)
        self.logs = logs or KEEP

    def configure(self, n, argv_for):
        super().configure(n, argv_for)
        with open(self.home + "/steward.yaml", "a") as f:
            f.write("logs: " + json.dumps(self.logs) + "\n")

    def log(self, i):
        return f"{self.dir}/logs/out{i}.log"

    def start_writer(self, command):
        self.start(1, lambda i: command)
        self.log_file = self.log(0)
        self.daemon = self.await_daemon()

    def await_daemon(self):
        """The daemon's pid, once its agents are up."""
        rig.await_that(lambda: os.path.exists(self.home + "/run/daemon.pid"), 30, f"no daemon came up, see {self.dir}")
        rig.await_that(lambda: any(a["state"] == "up" for a in self.status()["agents"]), 30, f"no agent came up, see {self.dir}")
        self.daemon = self.direct_supervisors()[0]
        return self.daemon

    def footprint(self):
        return {"cpu_s": cpu_s(self.daemon), "pss_mb": adapters.pss_kb(self.daemon)["Pss"] * 1024 / 1e6}

    def archives(self):
        return numbered(self.log_file)

    def log_files(self):
        return self.archives() + [self.log_file]

    def settle(self, patience):
        """Until nothing is large enough for a cut, and nothing waits to be compressed; whether that came to be."""
        until, zip_all = time.monotonic() + patience, self.logs["defaults"]["compress"]
        while time.monotonic() < until:
            small = os.stat(self.log_file).st_size <= 1.01 * SIZE
            if small and not self.hidden() and (not zip_all or all(f.endswith(".gz") for f in self.archives())):
                return True
            time.sleep(0.05)
        return False

    def hidden(self):
        return [f for f in os.listdir(os.path.dirname(self.log_file)) if f.startswith(".")]

    def came(self, lines, errno):
        self.tool(self.cli("down"))
        if self.hidden():
            self.tool(self.cli("rotate"))


def piped(factory, keep):
    """A peer that reads the writer's lines from a pipe."""
    side = factory()
    side.supervised = False
    side.start_writer = lambda command: side.start(1, lambda i: command, Log(SIZE, keep))
    side.archives = lambda: side.log_files()[:-1]
    side.came = lambda lines, errno: rig.await_that(lambda: rig.has_come(side.log_files(), lines - 1), 10,
                                                    f"{side.label}: line {lines - 1} did not come within 10 s")
    return side


PIPED = {"s6-log": (adapters.S6, "/usr/bin/s6-log"), "svlogd": (adapters.Runit, "/usr/bin/svlogd"),
         "multilog": (adapters.Daemontools, "/usr/bin/multilog"), "supervisord": (adapters.Supervisord, "/usr/bin/supervisord")}


def peers():
    """Those that are installed, by name, and the names of the others."""
    found = {name: (lambda factory=factory: piped(factory, 1100)) for name, (factory, program) in PIPED.items()
             if os.path.exists(program) and os.path.exists(factory.program)}
    if os.path.exists(Logrotate.program):
        found["logrotate"] = Logrotate
    return found, [name for name in [*PIPED, "logrotate"] if name not in found]
