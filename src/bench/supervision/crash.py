"""The daemon's own death: kill -9 while three agents write 200 lines a second."""
import collections, os, signal, time
from adapters import alive, cmdline
from supervision.common import BIN, Row, Steward, begin, finish, log, summary

AGENTS, EVERY_MS = 3, 5


def measure(rounds):
    back, lost, doubled_lines, twice, ended, written = [], 0, 0, 0, 0, 0
    for _ in range(rounds):
        side = begin(Steward())
        sides = [f"{side.dir}/side{i}" for i in range(AGENTS)]
        side.start(AGENTS, lambda i: [BIN + "/talker", str(i), sides[i], str(EVERY_MS), "default"])
        before = await_talkers(side)
        time.sleep(1)
        os.kill(side.direct_supervisors()[0], signal.SIGKILL)
        time.sleep(0.5)
        began = time.monotonic()
        side.up()
        back.append(time.monotonic() - began)
        adopted = {a["name"]: a["pid"] for a in side.status()["agents"] if a["state"] == "up"}
        after = talkers(side)
        twice += sum(len(p) > 1 for p in after.values())
        ended += sum(not alive(p) for pids in before.values() for p in pids)
        if adopted != {f"c{i}": before[i][0] for i in range(AGENTS)}:
            raise RuntimeError(f"not all were adopted: {adopted} of {before}; see {side.dir}")
        time.sleep(0.5)
        side.tool(side.cli("down"))
        for i in range(AGENTS):
            told, found = lines(sides[i], side.log(i))
            written += len(told)
            lost += len(told - found.keys())
            doubled_lines += sum(count > 1 for count in found.values())
        finish(side)
    seen = summary(back)
    log(f"daemon killed: {written} lines written; up --detach took {', '.join(f'{t:.2f}' for t in back)} s")
    return [Row("daemon killed: agents that ended", ended, f"of {AGENTS * rounds}", target=0, n=rounds),
            Row("daemon killed: agents that run twice", twice, f"of {AGENTS * rounds}", target=0, n=rounds),
            Row("daemon killed: lines lost", lost, f"of {written}", target=0, n=rounds),
            Row("daemon killed: lines doubled", doubled_lines, f"of {written}", target=0, n=rounds),
            Row("daemon killed: up --detach has adopted all: median", seen["median"], "s", target=1.5, n=rounds),
            Row("daemon killed: up --detach has adopted all: max", seen["max"], "s", target=1.5, n=rounds)]


def talkers(side):
    """The live pids of each agent."""
    found = collections.defaultdict(list)
    for pid in side.child_pids():
        words = cmdline(pid).split()
        if words and words[0].endswith("talker"):
            found[int(words[1])].append(pid)
    return found


def await_talkers(side):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = talkers(side)
        if len(found) == AGENTS:
            return found
        time.sleep(0.05)
    raise RuntimeError(f"{side.label}: {len(found)} of {AGENTS} agents came up; see {side.dir}")


def lines(side_file, log_file):
    """The lines that write(2) said were written, and how often each is in the log."""
    with open(side_file) as f:
        told = {tuple(line.split()[1:]) for line in f if line.startswith("ok ")}
    with open(log_file) as f:
        found = collections.Counter(tuple(line.split()[2:]) for line in f if line.startswith("T "))
    return told, found
