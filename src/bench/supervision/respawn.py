"""kill -9 to the new process's own first timestamp, Steward and the floor by turns."""
import os, random, signal, time
from supervision.common import Row, both, finish, log, summary

GIVE_UP_S = 15.0
LOOK_EVERY_S = 0.0005


class Agents:
    """The live agents of a side, followed through the file in which each new process notes its pid and its birth."""

    def __init__(self, side):
        self.side, self.seen = side, 0
        self.born = {}
        self.take()

    def take(self):
        """The stamps that are new."""
        with open(self.side.stamps, "rb") as f:
            f.seek(self.seen)
            text = f.read()
        text = text[:text.rfind(b"\n") + 1]
        self.seen += len(text)
        new = [tuple(int(x) for x in line.split()) for line in text.splitlines()]
        self.born.update(new)
        return new

    def kill(self, pid):
        """Returns the milliseconds until the successor's stamp, and its pid."""
        began = time.time_ns()
        os.kill(pid, signal.SIGKILL)
        self.born.pop(pid)
        until = time.monotonic() + GIVE_UP_S
        while time.monotonic() < until:
            if os.stat(self.side.stamps).st_size > self.seen:
                new = self.take()
                if new:
                    return (new[0][1] - began) / 1e6, new[0][0]
            time.sleep(LOOK_EVERY_S)
        raise RuntimeError(f"{self.side.label}: no respawn within {GIVE_UP_S} s")

    def old_enough(self, seconds):
        """Any agent that is up for that long; waits for one."""
        while True:
            limit = time.time_ns() - seconds * 1e9
            old = [pid for pid, born in self.born.items() if born < limit]
            if old:
                return random.choice(old)
            time.sleep(0.02)

    def wait_until(self, pid, age_s):
        time.sleep(max(0, self.born[pid] / 1e9 + age_s - time.time()))


def measure(n, kills):
    """Each round: on either side one agent that is up for 3 s or more, then its successor 0.2 s after its start."""
    sides = both(n)
    agents = [Agents(side) for side in sides]
    old, young = [[], []], [[], []]
    # The first kills find code that has never run; a daemon that supervises for months is not measured by them.
    cold = [a.kill(a.old_enough(3.0))[0] for a in agents]
    for k in range(kills):
        order = [0, 1]
        random.shuffle(order)
        successor = {}
        for i in order:
            took, successor[i] = agents[i].kill(agents[i].old_enough(3.0 + random.random() / 4))
            old[i].append(took)
        for i in order:
            agents[i].wait_until(successor[i], 0.2)
            young[i].append(agents[i].kill(successor[i])[0])
        if k % 50 == 49:
            log(f"respawn with {n}: {k + 1} of {kills} rounds")
    for side in sides:
        finish(side)
    return rows(n, old, young, cold)


def rows(n, old, young, cold):
    agents = f"{n:,} agent" + ("s" if n > 1 else "")
    found = []
    for name, (ours, floors) in (("up 3 s", old), ("0.2 s old", young)):
        a, b = summary(ours), summary(floors)
        found.append(Row(f"respawn, {agents}, {name}: median", a["median"], "ms", b["median"], 1.5, True, a["n"]))
        found.append(Row(f"respawn, {agents}, {name}: p99", a["p99"], "ms", b["p99"], 10, n=a["n"]))
        found.append(Row(f"respawn, {agents}, {name}: max", a["max"], "ms", b["max"], n=a["n"]))
    found.append(Row(f"respawn, {agents}, the daemon's first", cold[0], "ms", cold[1], n=1))
    return found
