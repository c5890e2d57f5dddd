"""A writer at full speed, kept by each side in turn: its own clock, and whether every line is there once, in order."""
import os, random, time
import rig, sides
from rig import LINE, Row, Section
from supervision.common import begin, finish, log

MODES = {"line": "a `write` a line", "block": "64 KiB blocks"}
AIMS = {"line": 1.25, "block": 2.0}
CUTS = 30
ROUNDS = 3
CORE = {"steward": sides.Rotating, "cutter": sides.Cutter}
PEER_BYTES = 1_000_000_000


class Plan:
    """How long a plain writer shall take, what others may, and when no further round may begin."""

    def __init__(self, quick, deadline):
        self.quick, self.deadline = quick, deadline
        self.plain_s, self.peers_s, self.settle_s = (2.0, 1.5, 4) if quick else (11.0, 5.0, 20)
        self.rounds = 1 if quick else ROUNDS
        self.omitted = []

    def is_late(self):
        """Whether there is just time for what has to be measured."""
        return time.monotonic() > self.deadline - (30 if self.quick else 90)


def compressing():
    return sides.Rotating("steward-gz", {"defaults": {**sides.KEEP["defaults"], "compress": True}})


def measure(plan):
    """Returns the table, and what the daemon spent (for the table of costs)."""
    peers, missing = sides.peers()
    runs = {mode: [] for mode in MODES}
    count = {}
    slowest = 0
    for number in range(plan.rounds):
        began = time.monotonic()
        if number and began + slowest > plan.deadline:
            log(f"writing: no time for round {number + 1}")
            break
        for mode in MODES:
            runs[mode].append(one_round(plan, mode, count, {} if number else peers, first=number == 0))
        if number == 0:
            # Later rounds are without the peers.
            slowest = 1.2 * sum(run["took"] for mode in MODES for name, run in runs[mode][0].items() if name in ("plain", *CORE))
    return table(plan, runs, count, missing), [r for mode in MODES for r in costs(mode, runs[mode])]


def one_round(plan, mode, count, peers, first):
    seen = {}
    todo = {"plain": sides.Plain, **CORE}
    if first:
        # The first plain run says how many lines take long enough.
        most = min(rig.room(os.path.dirname(rig.BIN)) // 3, 6_000_000_000) // LINE
        seen["plain"] = run(sides.Plain(), mode, most, plan.plain_s)
        count[mode] = seen["plain"]["written"].lines
        todo = {**CORE, "steward-gz": compressing, **peers}
    order = list(todo)
    # Peers last: they are what can be left out when a slow machine takes the time.
    random.shuffle(order)
    for name in sorted(order, key=lambda name: name in peers):
        if name in peers and plan.is_late():
            plan.omitted.append(f"{name} ({MODES[mode]})")
            continue
        lines, limit = count[mode], 4 * plan.plain_s
        if name in peers and name != "logrotate":
            lines, limit = min(lines, PEER_BYTES // LINE), plan.peers_s
        seen[name] = run(todo[name](), mode, lines, limit, plan.settle_s)
    base = seen["plain"]["written"]
    for name, one in seen.items():
        own = one["written"]
        # Side by side at the same number of lines, since not all write as many.
        one["ratio"] = own.seconds_for(min(own.lines, base.lines)) / base.seconds_for(min(own.lines, base.lines))
        log(f"{mode}, {name}: {own.lines:,} lines in {own.seconds:.2f} s, {one['ratio']:.2f} x, {one['cuts']} cuts, "
            f"missing {one['check']['missing']:,}, doubled {one['check']['doubled']:,}; {one['took']:.0f} s in all")
    return seen


def run(side, mode, lines, limit, settle_s=0):
    began, side = time.monotonic(), begin(side)
    os.sync()
    side.start_writer(rig.command(mode, lines, limit, side.dir))
    seen = {"before": side.footprint()} if side.supervised else {}
    rig.go(side.dir)
    written = seen["written"] = rig.await_written(side.dir, limit + 60)
    seen["cuts"] = len(side.archives())
    if side.supervised:
        seen["settled"] = side.settle(settle_s)
        seen["after"] = side.footprint()
    side.came(written.lines, written.errno)
    seen["check"] = rig.check(side.log_files(), written.lines)
    if written.errno:
        raise RuntimeError(f"{side.label}: the writer ended with errno {written.errno}")
    finish(side)
    seen["took"] = time.monotonic() - began
    return seen


def costs(mode, rounds):
    for name in ("steward", "steward-gz"):
        for one in (r[name] for r in rounds if name in r):
            gb = one["written"].lines * LINE / 1e9
            yield {"mode": mode, "side": name, "settled": one["settled"], "gb": gb, "pss_before_mb": one["before"]["pss_mb"],
                   "cpu_s_per_gb": (one["after"]["cpu_s"] - one["before"]["cpu_s"]) / gb, "pss_after_mb": one["after"]["pss_mb"]}


NAMES = {"plain": "plain file, no rotation", "cutter": "cutter in C (the floor), looks every 100 ms", "steward": "**Steward**, `compress: false`",
         "steward-gz": "**Steward**, `compress: true`", "s6-log": "s6-log, behind a pipe", "svlogd": "svlogd, behind a pipe",
         "multilog": "multilog, behind a pipe", "supervisord": "supervisord, behind a pipe", "logrotate": "logrotate, `copytruncate` every 250 ms"}


def table(plan, runs, count, missing):
    found = Section("A writer at full speed, rotation at 1 MB, every archive kept",
                    ["writes", "kept by", "n", "lines", "s", "MB/s", "x plain", "range", "cuts", "lost", "doubled", "out of order", ""])
    for mode, rounds in runs.items():
        for name in [name for name in NAMES if name in rounds[0]]:
            ones = [r[name] for r in rounds if name in r]
            ratios, lines = [one["ratio"] for one in ones], ones[-1]["written"].lines
            seconds = rig.median([one["written"].seconds for one in ones])
            cuts, ratio = min(one["cuts"] for one in ones), rig.median(ratios)
            counted = {k: sum(one["check"][k] for one in ones) for k in ("missing", "doubled", "disordered", "malformed", "split", "unreadable")}
            rows = aims(plan, mode, name, ratio, cuts, sum(counted.values()))
            found.rows += rows
            share = f" ({counted['missing'] / sum(one['written'].lines for one in ones):.2%})" if counted["missing"] else ""
            found.add(MODES[mode], NAMES[name], len(ones), f"{lines:,}", f"{seconds:.2f}", f"{lines * LINE / 1e6 / seconds:,.0f}", f"{ratio:.2f}",
                      f"{min(ratios):.2f}–{max(ratios):.2f}" if len(ones) > 1 else "", "" if name == "plain" else cuts,
                      f"{counted['missing']:,}{share}", f"{counted['doubled']:,}", f"{counted['disordered']:,}",
                      ", ".join(f"{row.what.split(': ')[-1]} {row.aim()}: {rig.verdict(row)}" for row in rows))
            found.seen += [{"mode": mode, "side": name, "seconds": one["written"].seconds, "lines": one["written"].lines, "ratio": one["ratio"],
                            "cuts": one["cuts"], "settled": one.get("settled"), "check": one["check"]} for one in ones]
    if missing:
        found.notes.append("Not installed, and so left out: " + ", ".join(missing) + ".")
    if plan.omitted:
        found.notes.append("Left out, for the time was up: " + ", ".join(plan.omitted) + ".")
    return found


def aims(plan, mode, name, ratio, cuts, wrong):
    if not name.startswith("steward"):
        return []
    row = lambda what, value, **aim: Row("writing", f"{name}, {mode}: {what}", value, **aim)
    rows = [row("lines wrong", wrong, at_most=0)]
    if name == "steward":
        rows.insert(0, row("x plain", round(ratio, 3), at_most=AIMS[mode]))
        if not plan.quick:
            rows.append(row("cuts", cuts, at_least=CUTS))
    return rows
