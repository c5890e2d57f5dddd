"""The audit trail: records a second from callers that each wait, and verification beside sha256sum on the same file.

    ./bench audit [--quick] [--only append,verify] [--out FILE]

Linux alone; python3, gcc and the launcher's JDK. It writes at most 1.1 GB, under target/bench, and removes it. Exit status: 0 all aims
met, 1 some missed.
"""
import argparse, json, os, shutil, signal, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE + "/audit", HERE + "/logs", HERE, HERE + "/peers"]
import adapters, appending, steward_adapter, tools, verifying
from supervise import machine
from supervision.common import Noise

SECTIONS = {"append": appending.measure, "verify": verifying.measure}


def arguments():
    options = argparse.ArgumentParser(prog="bench audit", description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="shorter and fewer, to try a change: half a minute instead of three")
    options.add_argument("--only", metavar="SECTIONS", default=",".join(SECTIONS), help="some of " + ", ".join(SECTIONS))
    options.add_argument("--out", metavar="FILE", help="all that was seen, as JSON too")
    chosen = options.parse_args()
    chosen.only = chosen.only.split(",")
    unknown = [name for name in chosen.only if name not in SECTIONS]
    if unknown:
        options.error(f"no section is called {unknown[0]}; there are " + ", ".join(SECTIONS))
    return chosen


def main():
    if not sys.platform.startswith("linux"):
        sys.exit("bench: audit reads /proc, so it runs on Linux alone")
    chosen = arguments()
    adapters.build()
    steward_adapter.prepare()
    tools.build()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    folder = f"{adapters.ROOT}/audit-{os.getpid()}"
    os.makedirs(folder)
    found, noise, began = [], {}, time.time()
    try:
        for name in chosen.only:
            with Noise() as meanwhile:
                found.append(SECTIONS[name](folder, chosen.quick))
            noise[name] = round(meanwhile.cores, 2)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    finally:
        shutil.rmtree(folder)
    here = machine()
    for section in found:
        print(section.markdown())
    print(f"{here['cores']} cores, {here['memory_gib']} GiB, Linux {here['kernel']} {here['arch']}, Steward {here['steward']}; other work meanwhile, "
          "in cores: " + ", ".join(f"{name} {cores}" for name, cores in noise.items())
          + f"; {time.strftime('%Y-%m-%d', time.gmtime(began))}, {time.time() - began:.0f} s" + ("; `--quick`" if chosen.quick else ""))
    if chosen.out:
        with open(chosen.out, "w") as f:
            json.dump({"machine": here, "quick": chosen.quick, "other_cores_busy": noise, "sections": [s.json() for s in found]}, f, indent=1)
    missed = [row for section in found for row in section.rows if row.met() is False]
    for row in missed:
        print(f"bench: missed: {row.section}, {row.what}: {row.value} ({row.aim()})", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
