"""Records a second, by callers of whom each waits for its own; beside a C program that writes and syncs as many lines at once."""
import os, subprocess
from rig import Row, Section, median, verdict
from supervision.common import log
from tools import GROUPS, callers

LINE = 395
AIMS = {1: None, 8: 15_000, 64: 60_000}


def measure(folder, quick):
    rounds, seconds = (1, 1.0) if quick else (5, 2.0)
    seen = {count: [] for count in AIMS}
    for turn in range(rounds):
        for count in AIMS:
            log(f"append, {count} callers, {turn + 1} of {rounds} …")
            seen[count].append({"steward": steward(folder, count, seconds), "floor": floor(folder, count, seconds / 2)})
    section = Section("Records a second", ["callers", "records/s", "aim", "", "waited: p50, p95, p99", "floor: lines/s", "ratio"])
    for count, turns in seen.items():
        rate = median([turn["steward"]["rate"] for turn in turns])
        below = median([turn["floor"] for turn in turns])
        row = Row("append", f"{count} callers", round(rate), at_least=AIMS[count])
        section.rows.append(row)
        waits = ", ".join(f"{median([turn['steward'][p] for turn in turns]) / 1e3:.2f} ms" for p in ("p50", "p95", "p99"))
        ratio = median([turn["steward"]["rate"] / turn["floor"] for turn in turns])
        section.add(f"{count}", f"{rate:,.0f}", row.aim(), verdict(row), waits, f"{below:,.0f}", f"{ratio:.2f}")
    section.seen = [{"callers": count, "turns": turns} for count, turns in seen.items()]
    section.notes = ["Each caller is a thread that waits for its record to be on the disk; with the daemon's own flags of the JVM. The floor writes "
                     "and syncs as many lines at once as there are callers, hashes nothing and locks nothing."]
    return section


def steward(folder, count, seconds):
    file = folder + "/audit.jsonl"
    records, took, p50, p95, p99 = callers("append", file, count, seconds).split()
    os.remove(file)
    return {"rate": int(records) / float(took), "p50": int(p50), "p95": int(p95), "p99": int(p99)}


def floor(folder, count, seconds):
    file = folder + "/floor"
    told = subprocess.run([GROUPS, file, str(count), str(LINE), str(seconds)], stdout=subprocess.PIPE, text=True, check=True).stdout
    lines, took = told.split()
    os.remove(file)
    return int(lines) / float(took)
