"""Logs without loss: a writer under rotation beside a plain file and other loggers, a backlog, a runaway, and what it costs.

    ./bench logs [--quick] [--only writing,backlog,runaway,cost] [--out FILE]

Linux alone. All ratios are of one run, by turns. It writes up to 6 GB a time and at most 15 GB at once, under target/bench, ends
the processes alone that it started, and removes all of it, also when it is interrupted. Exit status: 0 all aims met, 1 some missed.
"""
import argparse, ctypes, json, os, random, shutil, signal, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE + "/logs", HERE, HERE + "/peers"]
import adapters, backlog, cost, rig, runaway, steward_adapter, writing
from supervise import machine
from supervision.common import Noise, finish_all, log

SUBREAPER = 36
LIMIT_S, QUICK_LIMIT_S = 720, 180
SECTIONS = ("runaway", "cost", "backlog", "writing")


def measure(names, quick, began):
    """The sections, in the order in which they are shown, and how much other programs took meanwhile."""
    found, noise, spent, rest = {}, {}, [], None
    # The writers come last, since their rounds are as many as the time that is left allows.
    for name in [name for name in SECTIONS if name in names]:
        log(f"{name} …")
        with Noise() as meanwhile:
            if name == "writing":
                plan = writing.Plan(quick, began + (QUICK_LIMIT_S if quick else LIMIT_S))
                found[name], spent = writing.measure(plan)
            elif name == "cost":
                rest = cost.at_rest(quick)
            else:
                found[name] = {"backlog": backlog, "runaway": runaway}[name].measure(quick)
        noise[name] = round(meanwhile.cores, 2)
    if rest or spent:
        found["cost"] = cost.table(rest, spent)
    return [found[name] for name in ("writing", "backlog", "runaway", "cost") if name in found], noise


def arguments():
    options = argparse.ArgumentParser(prog="bench logs", description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="shorter and fewer, to try a change: 3 minutes instead of 12; its ratios are rough")
    options.add_argument("--only", metavar="SECTIONS", default=",".join(SECTIONS), help="some of " + ", ".join(SECTIONS))
    options.add_argument("--out", metavar="FILE", help="all that was seen, as JSON too")
    options.add_argument("--seed", type=int, default=1, help="of the order of turns")
    chosen = options.parse_args()
    chosen.only = chosen.only.split(",")
    unknown = [name for name in chosen.only if name not in SECTIONS]
    if unknown:
        options.error(f"no section is called {unknown[0]}; there are " + ", ".join(SECTIONS))
    return chosen


def main():
    if not sys.platform.startswith("linux"):
        sys.exit("bench: logs reads /proc and cuts files, so it runs on Linux alone")
    chosen = arguments()
    random.seed(chosen.seed)
    rig.build()
    steward_adapter.prepare()
    # Daemons that leave their session come back here, and are found and ended.
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    began, wall = time.monotonic(), time.time()
    try:
        found, noise = measure(chosen.only, chosen.quick, began)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    finally:
        # A second Ctrl-C may not keep what was made from being removed.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        finish_all()
    here, took = machine(), time.monotonic() - began
    for section in found:
        print(section.markdown())
    print(f"{here['cores']} cores, {here['memory_gib']} GiB, Linux {here['kernel']} {here['arch']}, {file_system()}, Steward {here['steward']}; "
          "other work meanwhile, in cores: " + ", ".join(f"{name} {cores}" for name, cores in noise.items())
          + f"; {time.strftime('%Y-%m-%d', time.gmtime(wall))}, {took:.0f} s" + ("; `--quick`" if chosen.quick else ""))
    if chosen.out:
        with open(chosen.out, "w") as f:
            json.dump({"machine": here, "quick": chosen.quick, "took_s": took, "other_cores_busy": noise, "sections": [s.json() for s in found]}, f, indent=1)
    missed = [row for section in found for row in section.rows if row.met() is False]
    for row in missed:
        print(f"bench: missed: {row.what}: {row.value} ({row.aim()})", file=sys.stderr)
    return 1 if missed else 0


def file_system():
    """The kind of the file system under target/bench."""
    best = ("", "?")
    for line in open("/proc/self/mounts"):
        _, point, kind = line.split()[:3]
        if (adapters.ROOT + "/").startswith(point.rstrip("/") + "/") and len(point) >= len(best[0]):
            best = (point, kind)
    return best[1]


if __name__ == "__main__":
    sys.exit(main())
