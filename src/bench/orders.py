"""Work orders: from drop to acknowledgement, one by one and all at once, on both buses, beside a C program that writes the same folders.

    ./bench orders [--quick] [--only embedded,redis,agent,archive] [--json FILE]

Linux alone. Everything listens on loopback, lies under target/bench, and is bounded in count and time; only processes that it started
are ended. Exit status: 0 all aims met, 1 some missed.
"""
import argparse, contextlib, json, os, re, shutil, signal, socket, sqlite3, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, HERE + "/peers"]
import adapters, steward_adapter
from adapters import BIN
from supervise import machine
from supervision.common import Noise, Row, finish_all, log, percentile

ROOT = os.path.dirname(os.path.dirname(HERE))
FLOOR = BIN + "/orders-floor"
LIMIT_S = 240
THREADS, BYTES = 8, 1024


def build():
    adapters.build()
    source = HERE + "/orders/floor.c"
    if not os.path.exists(FLOOR) or os.path.getmtime(FLOOR) <= os.path.getmtime(source):
        subprocess.run(["gcc", "-O2", "-pthread", "-Wall", "-o", FLOOR, source], check=True)


class Node(steward_adapter.Steward):
    """A daemon that receives one inbox, over one bus."""

    def __init__(self, bus="embedded", agents="{}", orders="{}"):
        super().__init__()
        os.makedirs(self.home, exist_ok=True)
        with open(self.home + "/steward.yaml", "w") as file:
            file.write(f"bus: {bus}\ninboxes:\n  BENCH: {{log: bench.log}}\nagents: {agents}\norders: {orders}\n")

    def drops(self, *words):
        """What src/bench/orders/Drops.java prints."""
        command = self.java() + [HERE + "/orders/Drops.java", self.home, "BENCH", *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return [float(line) for line in done.stdout.split()]

    def java(self):
        words = subprocess.run(self.cli()[:1] + ["--java-command", "version"], capture_output=True, env={**os.environ, **self.env}, check=True)
        words = words.stdout.decode().split("\0")
        return [words[0], "-XX:+UseSerialGC", "-Xmx256m", "-cp", words[words.index("-jar") + 1]]

    def settled(self):
        """Returns when nothing is being written any more: what one measurement left must not be the next one's."""
        os.sync()
        time.sleep(1)


def floor(node, count):
    """Seconds of a C program for the same folders beside those of the node, with as many threads.

    What it made stays until the end of the bench: ext4 without a journal is slow to make files for minutes after many were deleted.
    """
    folder = tempfile.mkdtemp(prefix="floor", dir=node.dir)
    done = subprocess.run([FLOOR, folder, str(count), str(THREADS), str(BYTES)], capture_output=True, text=True, timeout=LIMIT_S, check=True)
    return float(done.stdout.split()[0])


def embedded(quick):
    each, all_ = (500, 2_000) if quick else (2_000, 10_000)
    node = Node()
    node.up()
    took = node.drops("each", each, BYTES)
    rows = [Row("embedded: drop to acknowledgement, p50", percentile(took, 50), "ms", target=10, n=each),
            Row("embedded: drop to acknowledgement, p95", percentile(took, 95), "ms", target=30, n=each)]
    rates, floors = [], []
    for _ in range(2 if quick else 3):
        node.settled()
        floors.append(all_ / floor(node, all_))
        node.settled()
        rates.append(all_ / node.drops("all", all_, BYTES, THREADS)[-1])
    rate, least = sorted(rates)[len(rates) // 2], sorted(floors)[len(floors) // 2]
    rows.append(AtLeast("embedded: orders dropped by 8 and acknowledged", rate, "/s", least, 0.3, all_))
    node.stop()
    return rows


def redis(quick):
    if not shutil.which("redis-server"):
        log("no redis-server: apt install redis-server")
        return []
    server = Redis()
    try:
        return over(server, quick)
    finally:
        server.stop()


def over(server, quick):
    """The rows over this Redis."""
    each, all_ = (500, 3_000) if quick else (2_000, 15_000)
    node = Node(f"redis://127.0.0.1:{server.port}")
    node.up()
    took = node.drops("each", each, BYTES)
    rows = [Row("Redis: drop to acknowledgement, p50", percentile(took, 50), "ms", target=10, n=each),
            Row("Redis: drop to acknowledgement, p95", percentile(took, 95), "ms", n=each)]
    rates = [all_ / node.drops("all", all_, BYTES, THREADS)[-1] for _ in range(2 if quick else 3)]
    rows.append(AtLeast("Redis: orders dropped by 8 and acknowledged", sorted(rates)[len(rates) // 2], "/s", None, 1_500, all_))
    node.stop()
    return rows


def agent(quick):
    """What a reference agent costs that waits for orders."""
    node = Node(agents='{cls: {command: [steward, agent, --name, cls, --inbox, CLS], heartbeat: {via: file, path: beat.json, every: 10s}}}')
    node.up()
    time.sleep(5)
    pid = node.status()["agents"][0]["pid"]
    begin, seconds = cpu(pid), 20 if quick else 60
    time.sleep(seconds)
    share = (cpu(pid) - begin) / seconds * 100
    rows = [Row("reference agent that waits: CPU", share, "% of a core", target=0.3, n=seconds),
            Row("reference agent that waits: PSS", pss(pid), "MB", target=75, n=1)]
    node.stop()
    return rows


def archive(quick):
    """Delivery while a day's finished orders leave their inbox, beside delivery before."""
    finished, each, limit = (5_000, 500, 120) if quick else (100_000, 2_000, 300)
    node = Node(orders="{archive_after: 1s, keep: 1000000}")
    node.up()
    for _ in range(finished // 5_000):
        node.drops("all", 5_000, BYTES, THREADS)
    before = node.drops("each", each, BYTES)
    node.tool(node.cli("down"))
    finish(node.home + "/bus.db")
    node.up()
    shelves, end = node.home + "/inbox/.archive/BENCH", time.monotonic() + limit
    while archived(shelves) == 0:
        if time.monotonic() > end:
            raise RuntimeError(f"nothing was archived within {limit} s")
        time.sleep(0.2)
    began, first = time.monotonic(), archived(shelves)
    meanwhile = node.drops("each", each, BYTES)
    moved, took = archived(shelves) - first, time.monotonic() - began
    if not quick and moved < 100:
        raise RuntimeError(f"only {moved} orders were archived meanwhile: nothing was measured")
    rows = [Row(f"while {finished} finished orders are archived: drop to acknowledgement, p50", percentile(meanwhile, 50), "ms",
                percentile(before, 50), 1.5, True, each),
            Row(f"while {finished} finished orders are archived: drop to acknowledgement, p95", percentile(meanwhile, 95), "ms",
                percentile(before, 95), 2, True, each),
            Row("archived meanwhile", moved / took, "/s", n=moved)]
    node.stop()
    return rows


def finish(ledger):
    """Has all delivered orders come to their end two days ago; no daemon runs."""
    with contextlib.closing(sqlite3.connect(ledger)) as connection, connection:
        connection.execute("UPDATE wo SET state = 'done', changed_ns = changed_ns - 172800000000000 WHERE state = 'delivered'")


def archived(shelves):
    return sum(len(os.listdir(f"{shelves}/{day}")) for day in os.listdir(shelves)) if os.path.isdir(shelves) else 0


class AtLeast(Row):
    """A figure that is the better the larger it is."""

    def __init__(self, what, value, unit, floor, target, n):
        super().__init__(what, value, unit, floor, target, floor is not None, n)

    def met(self):
        return (self.ratio() if self.of_floor else self.value) >= self.target


class Redis(adapters.Adapter):
    """A redis-server of its own, on a free port, that syncs every second."""
    name = "redis"

    def __init__(self):
        super().__init__()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = self.spawn(["redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir", self.dir,
                                   "--appendonly", "yes", "--appendfsync", "everysec", "--save", "", "--maxmemory", "1gb"])
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("redis-server does not listen")

    def stop_tool(self):
        # It writes its title over its environment, by which a process is found again otherwise.
        self.process.terminate()
        self.process.wait(10)


def cpu(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return int(re.search(r"^Pss:\s+(\d+)", file.read(), re.M).group(1)) / 1000


SECTIONS = {"embedded": embedded, "redis": redis, "agent": agent, "archive": archive}


def shown(rows):
    head = ["measured", "steward", "unit", "floor", "ratio", "aim", "", "n"]
    lines = [head]
    for row in rows:
        less = "<=" if not isinstance(row, AtLeast) else ">="
        aim = "" if row.target is None else f"{less} {row.target:g}" + (" x floor" if row.of_floor else "")
        met = {True: "met", False: "MISSED", None: ""}[row.met() if row.target is not None else None]
        lines.append([row.what, f"{row.value:.3g}" if row.value < 1000 else f"{row.value:.0f}", row.unit, f"{row.floor:.0f}" if row.floor else "",
                      f"{row.ratio():.2f}" if row.floor else "", aim, met, str(row.n)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def main():
    options = argparse.ArgumentParser(prog="bench orders", description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="fewer orders, to try a change")
    options.add_argument("--only", metavar="SECTIONS", default=",".join(SECTIONS), help="some of " + ", ".join(SECTIONS))
    options.add_argument("--json", metavar="FILE", help="the figures as JSON too")
    chosen = options.parse_args()
    unknown = [name for name in chosen.only.split(",") if name not in SECTIONS]
    if unknown:
        options.error(f"no section is called {unknown[0]}; there are " + ", ".join(SECTIONS))
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    build()
    steward_adapter.prepare()
    rows, noise = [], {}
    try:
        for name in chosen.only.split(","):
            log(f"{name} …")
            with Noise() as meanwhile:
                rows += SECTIONS[name](chosen.quick)
            noise[name] = round(meanwhile.cores, 2)
    finally:
        finish_all()
    here = machine()
    print(shown(rows))
    print(f"\n{here['cores']} cores, {here['memory_gib']} GiB, Linux {here['kernel']} {here['arch']}, Steward {here['steward']}; other work "
          "meanwhile, in cores: " + ", ".join(f"{name} {cores}" for name, cores in noise.items()) + ("; `--quick`" if chosen.quick else ""))
    if chosen.json:
        with open(chosen.json, "w") as file:
            json.dump({"rows": [row.json() for row in rows], "machine": here, "noise": noise}, file, indent=1)
    sys.exit(any(row.target is not None and not row.met() for row in rows))


if __name__ == "__main__":
    main()
