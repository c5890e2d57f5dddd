"""A writer that nobody stops: how large live log, archives and hidden files together ever are."""
import os, threading, time
import rig, sides
from rig import Row, Section
from supervision.common import begin, finish, log

EVERY_S, WINDOW_S = 0.02, 0.25


class Sampler:
    """The bytes of all files of a folder, on the disk and apparent, again and again."""

    def __init__(self, folder):
        self.folder, self.ending = folder, threading.Event()
        self.on_disk = self.apparent = self.looks = 0
        self.at_most = {}
        self.longest_pause_s = 0.0
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()

    def _run(self):
        before = time.monotonic()
        while not self.ending.wait(EVERY_S):
            files = {}
            for entry in os.scandir(self.folder):
                try:
                    stat = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                # Renamed while we look, a file shows under two names.
                files[stat.st_ino] = (stat.st_blocks * 512, stat.st_size, kind(entry.name))
            on_disk = sum(f[0] for f in files.values())
            if on_disk > self.on_disk:
                self.on_disk, self.at_most = on_disk, {k: sum(f[0] for f in files.values() if f[2] == k) for k in ("live", "archives", "hidden")}
            self.apparent = max(self.apparent, sum(f[1] for f in files.values()))
            self.looks += 1
            now = time.monotonic()
            self.longest_pause_s, before = max(self.longest_pause_s, now - before), now


def kind(name):
    return "hidden" if name.startswith(".") else "live" if name.endswith(".log") else "archives"


def measure(quick):
    seconds, most = (3, 50) if quick else (8, 200)
    found = Section(f"A runaway: 64 KiB blocks for {seconds} s, `max_total: {most}MB`",
                    ["rules", "written, MB", "largest 250 ms, MB", "most on the disk, MB", "of it live / archives / hidden", "most apparent, MB", "may be, MB", "samples", "longest pause, ms", ""])
    for compress in (False, True):
        one(found, seconds, most * 1_000_000, compress)
    return found


def one(found, seconds, most, compress):
    rules = {"rotate_above": "1MB", "keep": 10000, "max_total": f"{most // 1_000_000}MB", "compress": compress}
    side = begin(sides.Rotating("steward-runaway", {"defaults": rules}))
    os.sync()
    side.start_writer(rig.command("block", 1 << 40, seconds, side.dir))
    with Sampler(os.path.dirname(side.log_file)) as sampled:
        rig.go(side.dir)
        written = rig.await_written(side.dir, seconds + 60)
        time.sleep(1)
    finish(side)
    window = written.most_within(WINDOW_S)
    total = max(sampled.on_disk, sampled.apparent)
    row = Row("runaway", f"compress: {str(compress).lower()}: most bytes, of max_total and the largest 250 ms", round(total / (most + window), 3), at_most=1)
    found.rows.append(row)
    mb = lambda n: f"{n / 1e6:,.0f}"
    found.add(f"`compress: {str(compress).lower()}`", mb(written.lines * rig.LINE), mb(window), mb(sampled.on_disk),
              " / ".join(mb(n) for n in sampled.at_most.values()), mb(sampled.apparent), mb(most + window), sampled.looks, f"{sampled.longest_pause_s * 1e3:.0f}", rig.verdict(row))
    found.seen.append({"compress": compress, "written": written.lines * rig.LINE, "largest_250_ms": window, "on_disk": sampled.on_disk, "at_most": sampled.at_most,
                       "apparent": sampled.apparent, "max_total": most, "samples": sampled.looks, "longest_pause_s": sampled.longest_pause_s})
    log(f"runaway, compress {compress}: {mb(total)} MB of {mb(most + window)}")
