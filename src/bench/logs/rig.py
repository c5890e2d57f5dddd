"""What the measurements of logs share: the C programs, what a writer says of itself, the exact check, and one figure's row."""
import bisect, json, os, statistics, subprocess, time
import adapters
from adapters import BIN, _read as read

HERE = os.path.dirname(os.path.abspath(__file__))
LINE = 100
AT_ONCE = 15_000_000_000
WRITER, CHECK, CUTTER = BIN + "/writer", BIN + "/check", BIN + "/cutter"
adapters.CHILD_EXES.add(WRITER)


def build():
    adapters.build()
    sources = [f"{HERE}/{name}" for name in os.listdir(HERE) if name.endswith((".c", ".h"))]
    newest = max(os.path.getmtime(source) for source in sources)
    for program in (WRITER, CHECK, CUTTER):
        if not os.path.exists(program) or os.path.getmtime(program) <= newest:
            source = f"{HERE}/{os.path.basename(program)}.c"
            subprocess.run(["gcc", "-O2", "-static", "-Wall", "-o", program, source], check=True)


class Written:
    """What a writer says of itself: seconds by its own clock, lines, and how far it had come every 5 ms."""

    def __init__(self, side):
        marks = []
        for line in read(side, "r").splitlines():
            word, ns, *rest = line.split()
            if word == "end":
                self.seconds, self.lines, self.errno = int(ns) / 1e9, int(rest[0]), int(rest[1])
            else:
                marks.append((int(ns) / 1e9, int(rest[0])))
        self.marks = marks + [(self.seconds, self.lines)]

    def seconds_for(self, lines):
        """When it had written so many lines."""
        at = min(bisect.bisect_left([mark[1] for mark in self.marks], lines), len(self.marks) - 1)
        (t0, n0), (t1, n1) = self.marks[at - 1] if at else (0, 0), self.marks[at]
        return t1 if n1 == n0 else t0 + (t1 - t0) * (lines - n0) / (n1 - n0)

    def most_within(self, seconds):
        """The most bytes that it wrote in any such time."""
        most, first = 0, 0
        for t, n in self.marks:
            while t - self.marks[first][0] > seconds:
                first += 1
            # From the mark before the window on: what was written between two marks counts whole.
            most = max(most, n - (self.marks[first - 1][1] if first else 0))
        return most * LINE


def command(mode, lines, seconds, folder):
    return [WRITER, mode, str(lines), f"{seconds:.3f}", folder + "/side", folder + "/go"]


def go(folder):
    open(folder + "/go", "w").close()


def await_written(folder, patience):
    await_that(lambda: os.path.exists(folder + "/side"), patience, f"no word of the writer in {folder}")
    return Written(folder + "/side")


def await_that(holds, patience, otherwise):
    until = time.monotonic() + patience
    while not holds():
        if time.monotonic() > until:
            raise RuntimeError(otherwise)
        time.sleep(0.01)


def has_come(files, last):
    """Whether this line is the last of one of the newest files."""
    for name in files[-3:]:
        try:
            with open(name, "rb") as f:
                f.seek(max(0, os.fstat(f.fileno()).st_size - LINE))
                if f.read().startswith(b"%010d " % last):
                    return True
        except OSError:
            pass
    return False


def check(files, lines):
    """Compares every byte of the files, oldest first, with what the writer wrote."""
    found = subprocess.run([CHECK, str(lines)], input="\n".join(files), stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(found.stdout)


def exact(checked):
    return not any(checked[k] for k in ("missing", "doubled", "disordered", "malformed", "unreadable", "split"))


def room(folder):
    """The bytes that may lie on the disk at once."""
    stat = os.statvfs(folder)
    return min(AT_ONCE, int(stat.f_bavail * stat.f_frsize * 0.8))


def median(values):
    return statistics.median(values) if values else None


class Row:
    """One figure, with what it is held to."""

    def __init__(self, section, what, value, at_most=None, at_least=None):
        self.section, self.what, self.value, self.at_most, self.at_least = section, what, value, at_most, at_least

    def met(self):
        if self.at_most is None and self.at_least is None:
            return None
        if self.value is None:
            return False
        return (self.at_most is None or self.value <= self.at_most) and (self.at_least is None or self.value >= self.at_least)

    def aim(self):
        return f"<= {self.at_most:g}" if self.at_most is not None else f">= {self.at_least:g}" if self.at_least is not None else ""

    def json(self):
        return {"section": self.section, "what": self.what, "value": self.value, "aim": self.aim(), "met": self.met()}


class Section:
    """What a section found: its table in Markdown, its rows with an aim, and all it saw."""

    def __init__(self, title, header):
        self.title, self.header, self.lines, self.rows, self.seen, self.notes = title, header, [], [], [], []

    def add(self, *cells):
        self.lines.append(cells)

    def markdown(self):
        bar = lambda cells: "| " + " | ".join(str(c) for c in cells) + " |"
        table = [bar(self.header), bar(["---"] * len(self.header))] + [bar(line) for line in self.lines]
        return "\n".join([f"### {self.title}", ""] + table + [""] + [note + "\n" for note in self.notes])

    def json(self):
        return {"title": self.title, "rows": [row.json() for row in self.rows], "seen": self.seen}


def verdict(row):
    return {True: "met", False: "**missed**", None: ""}[row.met()]
