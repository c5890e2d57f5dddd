"""What the measurements share: the two sides, summaries, and how much the rest of the machine was working."""
import os, resource, statistics, sys, time
import adapters
from adapters import BIN, Floor
from steward_adapter import Steward

STAMP = BIN + "/stamp"


def log(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def stamps_of(side):
    return lambda i: [STAMP, side.stamps]


def percentile(values, p):
    """By nearest rank."""
    values = sorted(values)
    return values[min(len(values), max(1, -(-len(values) * p // 100))) - 1]


def summary(values):
    return {"n": len(values), "median": statistics.median(values), "p99": percentile(values, 99), "min": min(values), "max": max(values)}


def daemon_pids(side):
    """The pids of the supervisor's side: Steward's daemon (and its guard), or the floor."""
    return side.supervisor_pids()


class Row:
    """One figure, with what it is held to."""

    def __init__(self, what, value, unit, floor=None, target=None, of_floor=False, n=None):
        self.what, self.value, self.unit, self.floor, self.target, self.of_floor, self.n = what, value, unit, floor, target, of_floor, n

    def ratio(self):
        return self.value / self.floor if self.floor else None

    def met(self):
        if self.target is None:
            return None
        return (self.ratio() if self.of_floor else self.value) <= self.target

    def json(self):
        return {"what": self.what, "value": self.value, "unit": self.unit, "floor": self.floor, "ratio": self.ratio(),
                "target": self.target, "target_is": "ratio to the floor" if self.of_floor else self.unit, "met": self.met(), "n": self.n}


class Noise:
    """The cores that other programs (and the kernel) kept busy meanwhile: /proc/stat's busy time without what is ours."""

    def __enter__(self):
        self.began = self._now()
        return self

    def __exit__(self, *_):
        now = self._now()
        wall, busy, ours = (now[k] - self.began[k] for k in range(3))
        self.cores = max(0.0, (busy - ours) / wall) if wall else 0.0

    @staticmethod
    def _now():
        with open("/proc/stat") as f:
            ticks = [int(x) for x in f.readline().split()[1:9]]
        busy = (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")
        # Steward's daemon is no child that was waited for yet: what lives is counted from its own clock.
        ours = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return time.time(), busy, ours + sum(cpu_s(p) for p in ours_alive())


def ours_alive():
    return [p for side in LIVE for p in side.my_pids()]


def cpu_s(pid):
    """CPU time of a process with all its threads, also those that ended, in seconds: clock_getcpuclockid(3)."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


LIVE = []


def begin(side):
    LIVE.append(side)
    return side


def finish(side):
    if side in LIVE:
        side.stop(timeout=30)
        LIVE.remove(side)


def finish_all():
    for side in LIVE[:]:
        finish(side)


def both(n):
    """Steward and the floor, each with n agents that stamp."""
    sides = [begin(Steward()), begin(Floor())]
    for side in sides:
        side.start(n, stamps_of(side))
    for side in sides:
        if not side.wait_children(n, 60):
            raise RuntimeError(f"{side.label}: {len(side.stamp_lines())} of {n} agents came up; see {side.dir}")
    return sides
