"""A large log is cut on demand, beside cp and sync of the same file."""
import json, os, random, shutil, subprocess, time
import rig, sides
from adapters import BIN
from rig import Row, Section
from supervision.common import begin, finish, log

AIM = 1.2


class Backlog(sides.Rotating):
    """A home that keeps a log which it did not make."""

    def __init__(self, label):
        super().__init__(label)
        self.backlog = self.dir + "/backlog.log"
        # Only when it is asked for: what is measured may not happen before.
        self.logs = {**sides.KEEP, "files": [{"path": self.backlog, "rotate_above": "1TB", "keep": 10000, "max_total": "1TB", "compress": False}]}

    def rotate(self):
        """The outcome, and the command's wall time."""
        began = time.monotonic()
        said = subprocess.run(self.cli("rotate", "--force", "--json", self.backlog), env=self.env, cwd=self.dir, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=300)
        wall = time.monotonic() - began
        try:
            return outcome(json.loads(said.stdout)), wall
        except ValueError:
            raise RuntimeError(f"steward rotate --json: exit status {said.returncode}: {said.stdout[:400]}{said.stderr[:400]}") from None


def outcome(said):
    """The object that has took_ms, wherever it stands."""
    if isinstance(said, dict):
        if "took_ms" in said:
            return said
        said = list(said.values())
    inner = [outcome(part) for part in said if isinstance(part, (dict, list))] if isinstance(said, list) else []
    return next((part for part in inner if part), None)


def measure(quick):
    lines, rounds = (2_500_000, 2) if quick else (10_000_000, 5)
    up, down, bare = begin(Backlog("up")), begin(Backlog("down")), begin(sides.Side("bare"))
    up.start(1, lambda i: [BIN + "/stamp", up.stamps])
    up.await_daemon()
    down.configure(1, lambda i: [BIN + "/stamp", down.stamps])
    master = bare.dir + "/master"
    make(bare, master, lines)
    seen = {"cp": [], "cutter": [], "up": [], "down": []}
    for _ in range(rounds):
        order = list(seen)
        random.shuffle(order)
        for kind in order:
            side = {"up": up, "down": down}.get(kind, bare)
            path = side.dir + "/backlog.log"
            copy(master, path)
            os.sync()
            seen[kind].append(steward(side, path, lines) if side is not bare else cp(path) if kind == "cp" else cutter(path, lines))
            for name in sides.numbered(path) + [path, path + ".copy"]:
                if os.path.exists(name):
                    os.unlink(name)
    for side in (up, down, bare):
        finish(side)
    return table(seen, lines)


def make(side, path, lines):
    with open(path, "ab") as out:
        side.spawn(rig.command("block", lines, 120, side.dir), stdout=out)
    rig.go(side.dir)
    rig.await_written(side.dir, 150)


def copy(master, path):
    """A fresh file in the page cache, and on the disk."""
    subprocess.run(["cp", master, path], check=True)
    subprocess.run(["sync", path], check=True)


def timed(argv):
    began = time.monotonic()
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    return time.monotonic() - began


def cp(path):
    return {"s": timed(["/bin/sh", "-c", 'cp "$1" "$2" && sync "$2"', "sh", path, path + ".copy"])}


def cutter(path, lines):
    wall = timed([rig.CUTTER, path, "once"])
    return {"s": wall, "check": checked(path, lines)}


def steward(side, path, lines):
    told, wall = side.rotate()
    if not told or told.get("result") != "rotated":
        raise RuntimeError(f"{side.label}: the log was not rotated: {told}")
    return {"s": wall, "took_s": told["took_ms"] / 1e3, "outcome": told, "check": checked(path, lines)}


def checked(path, lines):
    found = rig.check(sides.numbered(path) + [path], lines)
    if not sides.numbered(path):
        raise RuntimeError(f"{path}: no archive was made")
    return found


def table(seen, lines):
    gb = lines * rig.LINE / 1e9
    found = Section(f"A backlog of {gb:g} GB", ["what", "n", "s", "range", "x `cp` and `sync`", "the outcome's own time, s", "x", "lines wrong", ""])
    base = rig.median([one["s"] for one in seen["cp"]])
    names = {"cp": "`cp FILE COPY && sync COPY`", "cutter": "cutter in C (the floor)", "up": "`steward rotate --force FILE`, daemon up",
             "down": "`steward rotate --force FILE`, daemon down"}
    for kind, ones in seen.items():
        walls, took = [one["s"] for one in ones], rig.median([one["took_s"] for one in ones if "took_s" in one])
        wrong = sum(not rig.exact(one["check"]) for one in ones if "check" in one)
        rows = []
        if took is not None:
            rows = [Row("backlog", f"daemon {kind}: whole command, x cp and sync", round(rig.median(walls) / base, 3), at_most=AIM),
                    Row("backlog", f"daemon {kind}: rounds with a wrong line", wrong, at_most=0)]
            found.rows += rows
        found.add(names[kind], len(ones), f"{rig.median(walls):.2f}", f"{min(walls):.2f}–{max(walls):.2f}", f"{rig.median(walls) / base:.2f}",
                  f"{took:.2f}" if took is not None else "", f"{took / base:.2f}" if took is not None else "", wrong if kind != "cp" else "",
                  ", ".join(f"{row.aim()}: {rig.verdict(row)}" for row in rows[:1]))
        found.seen += [{"what": kind, **one} for one in ones]
        log(f"backlog, {kind}: {', '.join(f'{w:.2f}' for w in walls)} s")
    return found
