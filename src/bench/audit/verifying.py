"""How fast a trail is verified, beside sha256sum on the same file, by turns; and how fast one record of it is found."""
import os, re, subprocess, time
from rig import Row, Section, median, verdict
from supervision.common import log
from tools import REPOSITORY, callers, steward

AIM = 0.7


def measure(folder, quick):
    size, rounds = (200_000_000, 3) if quick else (1_000_000_000, 7)
    file = folder + "/audit.jsonl"
    log(f"verify: making {size / 1e6:,.0f} MB …")
    records = int(callers("make", file, size))
    script = folder + "/verify.py"
    with open(script, "w") as f:
        f.write(documented())
    commands = {"sha256sum": ["sha256sum", file], "audit verify": steward("audit", "verify", file),
                "audit show": steward("audit", "show", str(records // 2), file)}
    subprocess.run(["cat", file], stdout=subprocess.DEVNULL, check=True)
    seen = {name: [] for name in commands}
    for turn in range(rounds):
        log(f"verify, {turn + 1} of {rounds} …")
        for name, command in commands.items():
            seen[name].append(timed(command))
    seen["the ten lines of Python"] = [timed(["python3", script, file])]
    bytes_ = os.path.getsize(file)
    section = Section("Verification", ["of " + f"{bytes_ / 1e6:,.0f} MB, {records:,} records", "s", "MB/s", "× sha256sum", "aim", ""])
    for name, times in seen.items():
        s, ratio = median(times), median([a / b for a, b in zip(seen["sha256sum"], times)])
        row = Row("verify", name, round(ratio, 2), at_least=AIM if name == "audit verify" else None)
        section.rows.append(row)
        shown = name == "audit show"
        section.add(f"`{name}`", f"{s:.2f}", "" if shown else f"{bytes_ / s / 1e6:,.0f}", "" if shown else f"{ratio:.2f}", row.aim(), verdict(row))
    section.seen = seen
    section.notes = ["Whole commands, launcher and start of the JVM included, by turns, the file in the page cache; ratios are medians of those of one turn."]
    os.remove(file)
    return section


def timed(command):
    began = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - began


def documented():
    """The script that docs/audit.md shows."""
    with open(REPOSITORY + "/docs/audit.md") as f:
        return re.search(r"```python\n(.*?)```", f.read(), re.S)[1]
