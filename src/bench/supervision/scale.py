"""Cold start of many agents and stop of all, memory, idle CPU, the status command."""
import json, os, shutil, subprocess, time
from adapters import pss_kb, sh_quote
from supervision.common import Row, Steward, Floor, begin, both, cpu_s, daemon_pids, finish, log, stamps_of, summary

SETTLE_S = 3


def cold_start(n, rounds):
    """From the exec of the daemon to the last agent's stamp; then from the command `down` to nothing left.

    All rounds in one home. ext4 without a journal does not use an inode again within five minutes of its end and searches past
    those, so fresh homes that are thrown away between rounds would measure the file system's memory of earlier rounds.
    """
    steward = begin(Steward())
    steward.configure(n, stamps_of(steward))
    first, up, floor_up, down = None, [], [], []
    for k in range(rounds + 1):
        took = started(steward, n, steward.daemon_alone)
        if first is None:
            first = took
        else:
            up.append(took)
        time.sleep(1)
        down.append(stopped(steward))
        side = begin(Floor())
        floor_up.append(started(side, n, lambda: side.start(n, stamps_of(side))))
        finish(side)
    finish(steward)
    log(f"cold start of {n}: {', '.join(f'{t:.2f}' for t in [first, *up])} s; stop: {', '.join(f'{t:.2f}' for t in down)} s")
    floor_s = summary(floor_up)["median"]
    return [Row(f"{n:,} agents up, from the daemon's exec: median", summary(up)["median"], "s", floor_s, 1.8, n=rounds),
            Row(f"{n:,} agents up, the first time in a new home", first, "s", floor_s, 1.8, n=1),
            Row(f"{n:,} agents stopped, steward down: median", summary(down)["median"], "s", target=2.0, n=len(down)),
            Row(f"{n:,} agents stopped, steward down: max", max(down), "s", target=2.0, n=len(down))]


def started(side, n, start):
    before = len(side.stamp_lines())
    began = time.time_ns()
    start()
    if not side.wait_children(before + n, 60):
        raise RuntimeError(f"{side.label}: {len(side.stamp_lines()) - before} of {n} agents came up; see {side.dir}")
    return (max(int(line.split()[1]) for line in side.stamp_lines()[before:]) - began) / 1e9


def stopped(side):
    began = time.monotonic()
    side.tool(side.cli("down"))
    took = time.monotonic() - began
    left = side.child_pids()
    if left:
        raise RuntimeError(f"{len(left)} agents live after steward down")
    return took


def memory(n, target):
    sides = both(n)
    time.sleep(SETTLE_S)
    ours, floors = (sum(pss_kb(p)["Pss"] for p in daemon_pids(side)) / 1024 for side in sides)
    row = Row(f"memory (PSS), {n:,} agent" + ("s" if n > 1 else ""), ours, "MB", floors, target)
    return sides, [row]


def memory_alone(n, target):
    sides, rows = memory(n, target)
    for side in sides:
        finish(side)
    return rows


def idle_cpu(sides, n, seconds):
    """As a share of one core, both sides in the same window."""
    time.sleep(SETTLE_S)
    pids = [daemon_pids(side) for side in sides]
    began, before = time.monotonic(), [sum(map(cpu_s, p)) for p in pids]
    time.sleep(seconds)
    wall, after = time.monotonic() - began, [sum(map(cpu_s, p)) for p in pids]
    ours, floors = ((b - a) / wall * 100 for a, b in zip(before, after))
    return [Row(f"idle CPU, {n:,} agents, {seconds} s", ours, "% of a core", floors, 0.15)]


def status(side, n, runs):
    argv = side.status_cmds(n)["steward status"]
    if shutil.which("hyperfine"):
        out = side.dir + "/hyperfine.json"
        side.tool(["hyperfine", "-N", "--warmup", "2", "--runs", str(runs), "--export-json", out, sh_quote(argv)], timeout=120)
        with open(out) as f:
            times = json.load(f)["results"][0]["times"]
    else:
        times = [timed(side, argv) for _ in range(runs + 2)][2:]
    seen = summary([t * 1e3 for t in times])
    name = f"steward status, {n:,} agent" + ("s" if n > 1 else "")
    return [Row(name + ": median", seen["median"], "ms", target=90, n=runs), Row(name + ": max", seen["max"], "ms", n=runs)]


def timed(side, argv):
    began = time.monotonic()
    subprocess.run(argv, env=side.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def at_rest(idle_s, runs):
    """What one agent costs, then a hundred: memory, the status command, and with a hundred the idle CPU."""
    found = []
    for n, target in ((1, 85), (100, None)):
        sides, rows = memory(n, target)
        found += rows
        if n == 100:
            found += idle_cpu(sides, n, idle_s)
        found += status(sides[0], n, runs)
        for side in sides:
            finish(side)
    return found
