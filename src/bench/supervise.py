"""Steward against the floor, a C loop of waitpid and posix_spawn: respawn, start, memory, CPU, status, a killed daemon.

    ./bench supervise [--quick] [--kills N] [--only respawn,start,memory,rest,crash] [--json FILE]

Linux alone. Both sides run in one go and by turns, so that ratios hold on a machine with other work. It starts at most
2,000 small processes, ends those alone, and leaves nothing but target/bench. Exit status: 0 all targets met, 1 some missed.
"""
import argparse, ctypes, json, os, platform, shutil, signal, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, HERE + "/peers"]
from supervision import crash, respawn, scale
from supervision.common import Noise, adapters, finish_all, log
import steward_adapter

SUBREAPER = 36


def sections(quick, kills=None):
    return {
        "respawn": lambda: respawn.measure(1, kills or (12 if quick else 200)) + respawn.measure(1000, kills or (25 if quick else 200)),
        "start": lambda: scale.cold_start(1000, 1 if quick else 5),
        "memory": lambda: scale.memory_alone(1000, 125),
        "rest": lambda: scale.at_rest(15 if quick else 60, 10 if quick else 40),
        "crash": lambda: crash.measure(1 if quick else 10),
    }


def figure(value):
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}"


def table(rows):
    cells = [["measured", "steward", "unit", "floor", "ratio", "target", "", "n"]]
    for row in rows:
        target = "" if row.target is None else f"<= {figure(row.target)}" + (" x floor" if row.of_floor else "")
        verdict = {True: "met", False: "MISSED", None: ""}[row.met()]
        cells.append([row.what, figure(row.value), row.unit, figure(row.floor), figure(row.ratio()), target, verdict, figure(row.n)])
    widths = [max(len(c[k]) for c in cells) for k in range(len(cells[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(line, widths)).rstrip() for line in cells)


def machine():
    with open("/proc/meminfo") as f:
        memory = int(f.readline().split()[1]) / 1048576
    probe = steward_adapter.Steward()
    try:
        version = probe.version()
    finally:
        shutil.rmtree(probe.dir, ignore_errors=True)
    return {"cores": os.cpu_count(), "memory_gib": round(memory, 1), "kernel": platform.release(), "arch": platform.machine(),
            "steward": version, "python": platform.python_version()}


def main():
    if not sys.platform.startswith("linux"):
        sys.exit("bench: supervise reads /proc, so it runs on Linux alone")
    options = argparse.ArgumentParser(prog="bench supervise", description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="fewer rounds, to try a change: about 3 minutes for 25")
    options.add_argument("--kills", type=int, metavar="N", help="respawns to measure of each kind, instead of 200")
    options.add_argument("--only", metavar="SECTIONS", help="some of " + ", ".join(sections(True)))
    options.add_argument("--json", metavar="FILE", help="the figures as JSON too")
    chosen = options.parse_args()
    all_sections = sections(chosen.quick, chosen.kills)
    names = chosen.only.split(",") if chosen.only else list(all_sections)
    unknown = [name for name in names if name not in all_sections]
    if unknown:
        options.error(f"no section is called {unknown[0]}; there are " + ", ".join(all_sections))
    adapters.build()
    steward_adapter.prepare()
    # Daemons that leave their session come back here, and are found and ended.
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    rows, noise, began = [], {}, time.time()
    try:
        for name in names:
            log(f"{name} …")
            with Noise() as meanwhile:
                rows += all_sections[name]()
            noise[name] = round(meanwhile.cores, 2)
    finally:
        finish_all()
    here = machine()
    print(table(rows))
    print(f"\n{here['cores']} cores, {here['memory_gib']} GiB, Linux {here['kernel']} {here['arch']}, Steward {here['steward']}")
    print("other work meanwhile, in cores: " + ", ".join(f"{name} {cores}" for name, cores in noise.items()))
    print(f"took {time.time() - began:.0f} s")
    if chosen.json:
        with open(chosen.json, "w") as f:
            json.dump({"machine": here, "quick": chosen.quick, "other_cores_busy": noise, "rows": [row.json() for row in rows]}, f, indent=1)
    return 1 if any(row.met() is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
