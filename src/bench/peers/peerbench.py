#!/usr/bin/env python3
"""Measures process supervisors side by side.   ./bench peers [--quick] [--sections ABEFG] [--only name,...] [--out results.json]
Sections: A kill->respawn, B+C+D memory / idle CPU / client latency, E log capture, L logrotate copytruncate, F crash safety, G hang detection.
Everything it makes lies under target/bench; only processes carrying this run's tag are ever signalled, by pid."""
import argparse, collections, ctypes, glob, importlib, json, os, random, resource, shutil, signal, statistics, subprocess, sys, time
import adapters as AD
from adapters import *

ap = argparse.ArgumentParser(prog="bench peers")
ap.add_argument("--quick", action="store_true")
ap.add_argument("--sections", default="ABCELFG")
ap.add_argument("--only", default="")
ap.add_argument("--plugin", action="append", default=["steward_adapter"], help="python module with a list PEERS of (label, factory)")
ap.add_argument("--out", default=ROOT + "/results.json")
ap.add_argument("--rounds", type=int, default=0)
ap.add_argument("--counts", default="1,100,1000")
ap.add_argument("--seed", type=int, default=1)
opt = ap.parse_args()
build()
Q = opt.quick
random.seed(opt.seed)
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)          # PR_SET_CHILD_SUBREAPER: daemons and orphans come back to us
R = {"meta": {}, "noise": {}}
if os.path.exists(opt.out) and opt.sections != "ABCELFG":
    R = json.load(open(opt.out))
T00 = time.time()

PEERS = [
    ("floor (C loop)", Floor),
    ("supervisord startsecs=0", lambda: Supervisord(0)),
    ("supervisord startsecs=1", lambda: Supervisord(1)),
    ("supervisord startsecs=0, chatty sibling", lambda: Supervisord(0, chatty=True)),
    ("runit", Runit),
    ("s6", S6),
    ("s6 + readiness (notification-fd)", lambda: S6(ready=True)),
    ("runit (run is the binary, no sh)", lambda: Runit(direct_run=True)),
    ("daemontools", Daemontools),
    ("pm2", Pm2),
    ("monit", Monit),
]
LABELS0, HANG_PEERS = [p[0] for p in PEERS], []
sys.path.insert(0, HERE)
for m in opt.plugin:
    PEERS += importlib.import_module(m).PEERS
    HANG_PEERS += getattr(importlib.import_module(m), "HANG_PEERS", [])     # for G alone
if opt.only:
    PEERS = [p for p in PEERS if any(o in p[0] for o in opt.only.split(","))]
LIVE = []
MISSING = []
for entry in PEERS[:]:
    probe = entry[1]()
    shutil.rmtree(probe.dir, ignore_errors=True)
    if probe.program and not os.path.exists(probe.program):
        PEERS.remove(entry)
        MISSING.append(entry[0])


def log(*a):
    print(f"[{time.time() - T00:7.1f}s]", *a, flush=True)


def make(label, fac):
    a = fac()
    a.label = label
    LIVE.append(a)
    return a


def done(a, **k):
    a.stop(**k)
    if a in LIVE:
        LIVE.remove(a)


def save():
    json.dump(R, open(opt.out + ".tmp", "w"), indent=1)
    os.rename(opt.out + ".tmp", opt.out)


def pct(xs, p):
    xs = sorted(xs)
    return xs[min(len(xs) - 1, max(0, -(-len(xs) * p // 100) - 1))]     # nearest rank


def summ(xs):
    return {"n": len(xs), "median": statistics.median(xs), "p99": pct(xs, 99), "min": min(xs), "max": max(xs), "mean": statistics.fmean(xs)} if xs else {"n": 0}


class Noise:
    """CPU other people's processes (and the kernel) used while a section ran: /proc/stat busy minus ours."""
    def __init__(self, name): self.name = name
    @staticmethod
    def snap():
        f = [int(x) for x in open("/proc/stat").readline().split()[1:]]
        s, c = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.time(), (sum(f[:8]) - f[3] - f[4]) / 100, f[7] / 100, s.ru_utime + s.ru_stime + c.ru_utime + c.ru_stime
    def __enter__(self):
        self.a = self.snap()
        self.l = os.getloadavg()
    def __exit__(self, *e):
        b, a = self.snap(), self.a
        w = b[0] - a[0]
        R["noise"][self.name] = {"wall_s": w, "all_busy_cpu_s": b[1] - a[1], "ours_cpu_s": b[3] - a[3], "steal_s": b[2] - a[2],
                                 "other_cores_busy": max(0, (b[1] - a[1] - (b[3] - a[3])) / w), "load_before": self.l, "load_after": os.getloadavg()}
        log(f"section {self.name}: {w:.0f} s, other load {R['noise'][self.name]['other_cores_busy']:.3f} cores")
        save()


# ------------------------------------------------------------------ A
def kill_once(a, uptime, give_up=15.0):
    """waits until child 0 has been up `uptime` seconds, SIGKILLs it, waits for its successor.
    Returns (latency_s or None, actual uptime)"""
    lines = a.stamp_lines()
    pid, born = (int(x) for x in lines[-1].split())
    n = len(lines)
    while True:
        left = born / 1e9 + uptime - time.time()
        if left <= 0:
            break
        time.sleep(min(left, 0.5) if left > 0.002 else 0)
    size0 = os.stat(a.stamps).st_size
    t = time.time_ns()
    os.kill(pid, signal.SIGKILL)
    if a.orphan_children:
        try:
            os.waitpid(pid, 0)               # stands in for init: reap at once
        except ChildProcessError:
            pass
    end = time.time() + give_up
    while time.time() < end:
        if os.stat(a.stamps).st_size > size0:
            l = a.stamp_lines()
            if len(l) > n and a_ends(a):
                p2, b2 = (int(x) for x in l[n].split())
                return (b2 - t) / 1e9, (t - born) / 1e9
        time.sleep(0.0005)
    return None, (t - born) / 1e9


def a_ends(a):
    return AD._read(a.stamps).endswith(b"\n")


def section_A():
    rounds = opt.rounds or (3 if Q else 20)
    out = R["A"] = {"rounds": rounds, "by": {}}
    up = []
    for label, fac in PEERS:
        a = make(label, fac)
        a.start(1, lambda i, a=a: [BIN + "/stamp", a.stamps])
        if a.wait_children(1, 20):
            up.append(a)
            out["by"][label] = {"long": [], "short": [], "giveups": 0, "uptimes": []}
        else:
            log("A: did not start", label)
            done(a)
    for r in range(rounds):
        order = up[:]
        random.shuffle(order)
        for a in order:
            o = out["by"][a.label]
            for kind, uptime in (("long", 3.0 + random.random()), ("short", 0.2)):
                lat, u = kill_once(a, uptime)
                o["uptimes"].append(round(u, 4))
                if lat is None:
                    o["giveups"] += 1
                    log("A: no respawn in 15 s:", a.label, kind)
                    n = len(a.stamp_lines())
                    a.revive()
                    a.wait_children(n + 1, 20)
                else:
                    o[kind].append(lat)
        if r % 10 == 9:
            log(f"A: round {r + 1}/{rounds}")
            save()
    for a in up:
        o = out["by"][a.label]
        log(f"A {a.label:26s} 3s: {fmt_ms(o['long'])}   0.2s: {fmt_ms(o['short'])}")
    # A2: crash loop: every new child is killed 0.2 s after it starts
    loop = out["loop"] = {}
    for a in up:
        if a.label in ("runit (run is the binary, no sh)", "supervisord startsecs=0, chatty sibling"):
            continue
        lats, gave = [], None
        time.sleep(0.1)
        for k in range(4 if Q else 20 if a.label in ("pm2", "floor (C loop)", "supervisord startsecs=1") or a.label not in LABELS0 else 5):
            lat, _ = kill_once(a, 0.2, give_up=8.0)
            if lat is None:
                gave = k + 1
                break
            lats.append(lat)
        loop[a.label] = {"latencies": lats, "gave_up_after_kill": gave}
        log("A2", a.label, "gave up after kill", gave, "latencies", [round(x, 3) for x in lats][:22])
    for a in up:
        done(a)
    save()


def fmt_ms(xs):
    s = summ(xs)
    return "-" if not s["n"] else f"median {s['median']*1e3:8.2f} p99 {s['p99']*1e3:8.2f} min {s['min']*1e3:8.2f} max {s['max']*1e3:8.2f} ms (n={s['n']})"


# ------------------------------------------------------------------ B, C, D
def memory(a):
    sup = a.supervisor_pids()
    t = collections.Counter()
    by = collections.Counter()
    for p in sup:
        m = pss_kb(p)
        t.update(m)
        by[os.path.basename(exe_of(p)) or "?"] += 1
    return {"pss_kb": t["Pss"], "rss_kb": t["Rss"], "private_kb": t["Private_Clean"] + t["Private_Dirty"], "procs": len(sup), "by_exe": dict(by)}


def idle_cpu(a, secs):
    p0 = a.supervisor_pids()
    snap = lambda: {p: (cpu_ns(p), (stat_of(p) or (0, 0, 0))[2], switches(p)) for p in p0}
    s0, t0 = snap(), time.time()
    time.sleep(secs)
    s1, t1 = snap(), time.time()
    d = [sum(s1[p][k] - s0[p][k] for p in p0) for k in range(3)]
    return {"secs": t1 - t0, "cpu_ms": d[0] / 1e6, "ticks_ms": d[1] * 10, "wakeups_per_s": d[2] / (t1 - t0), "procs": len(p0), "pids_changed": set(p0) != set(a.supervisor_pids())}


def hyper(a, cmds, runs):
    res = {}
    for label, argv in cmds.items():
        f = a.dir + "/hf.json"
        r = subprocess.run(["hyperfine", "-N", "--warmup", "2", "--runs", str(runs), "--export-json", f, sh_quote(argv)],
                           env=a.env, cwd=a.dir, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        if r.returncode:
            res[label] = {"error": r.stdout.decode()[-300:]}
            log("D error", label, res[label]["error"])
            continue
        j = json.load(open(f))["results"][0]
        res[label] = {**summ(j["times"]), "user": j["user"], "system": j["system"]}
    return res


ONLY_A = ("runit (run is the binary, no sh)", "supervisord startsecs=1", "supervisord startsecs=0, chatty sibling", "s6 + readiness (notification-fd)")
WITH_LOGGER = ("runit", "s6", "daemontools")


def section_B():
    out = R["BCD"] = {}
    for n in [int(x) for x in opt.counts.split(",")]:
        if Q and n == 1000:
            continue
        peers = [(l, f, None) for l, f in PEERS]
        peers = [p for p in peers if p[0] not in ONLY_A]
        peers += [(l + " + logger per child", f, Log()) for l, f in PEERS if l in WITH_LOGGER and n <= 100]
        for label, fac, lg in peers:
            a = make(label, fac)
            key = f"{label}|{n}"
            if n > a.max_children:
                done(a)
                continue
            try:
                t0 = time.time()
                a.start(n, lambda i, a=a: [BIN + "/stamp", a.stamps], lg)
                ok = a.wait_children(n, 60 if n < 1000 else 150)
                t1 = time.time()
                l = a.stamp_lines()
                o = out[key] = {"label": label, "n": n, "started": len(l), "start_s": (int(l[-1].split()[1]) / 1e9 - t0) if l else None}
                if not ok:
                    log(f"B: {label}: only {len(l)} of {n} children came up")
                    o["incomplete"] = True
                time.sleep(3)
                o["mem"] = memory(a)
                if n == 100 and label == "monit":                # alone: its cost grows with the number of processes on the machine
                    o["cpu"] = idle_cpu(a, 5 if Q else 30)
                if n <= 100 and lg is None:
                    o["client"] = hyper(a, a.status_cmds(n), 5 if Q else 20)
                m = o["mem"]
                log(f"B {key}: start {o['start_s'] or 0:.2f} s, procs {m['procs']}, PSS {m['pss_kb']/1024:.2f} MiB RSS {m['rss_kb']/1024:.2f} MiB priv {m['private_kb']/1024:.2f} MiB"
                    + (f", idle cpu {o['cpu']['cpu_ms']:.1f} ms/{o['cpu']['secs']:.0f} s ticks {o['cpu']['ticks_ms']} wakeups/s {o['cpu']['wakeups_per_s']:.1f}" if "cpu" in o else "")
                    + "".join(f", {k}: {v.get('median', 0)*1e3:.1f} ms" for k, v in o.get("client", {}).items()))
            except Exception as e:
                out[key] = {"label": label, "n": n, "error": repr(e)}
                log("B error", key, repr(e))
            done(a, timeout=60)
            save()


def section_C():
    """idle CPU with 100 children, everybody in the same window (monit is measured alone, in B)"""
    n, up, out = 100, [], R.setdefault("C", {})
    for label, fac in PEERS:
        if label in ONLY_A or label == "monit":
            continue
        a = make(label, fac)
        a.start(n, lambda i, a=a: [BIN + "/stamp", a.stamps])
        if a.wait_children(n, 60):
            up.append(a)
    time.sleep(8)
    secs = 5 if Q else 30
    sets = {a: a.supervisor_pids() for a in up}
    snap = lambda a: {p: (cpu_ns(p), (stat_of(p) or (0, 0, 0))[2], switches(p)) for p in sets[a]}
    s0 = {a: (time.time(), snap(a)) for a in up}
    time.sleep(secs)
    s1 = {a: (time.time(), snap(a)) for a in up}
    for a in up:
        d = [sum(s1[a][1][p][k] - s0[a][1][p][k] for p in sets[a]) for k in range(3)]
        w = s1[a][0] - s0[a][0]
        out[a.label] = {"secs": w, "cpu_ms": d[0] / 1e6, "ticks_ms": d[1] * 10, "wakeups_per_s": d[2] / w, "procs": len(sets[a])}
        log("C", a.label, out[a.label])
    for a in up:
        done(a)
    save()


# ------------------------------------------------------------------ E
LINES, LINE = 2_000_000, 100


def tail_has(files, want):
    for f in files[-3:]:
        try:
            with open(f, "rb") as h:
                h.seek(max(0, os.fstat(h.fileno()).st_size - 200))
                if want in h.read():
                    return True
        except OSError:
            pass
    return False


def check_log(files, n):
    p = subprocess.Popen([BIN + "/lncheck", str(n)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    split = 0
    for f in files:
        d = AD._read(f)
        if d and not d.endswith(b"\n"):
            split += 1
        try:
            p.stdin.write(d)
        except BrokenPipeError:
            break
    p.stdin.close()
    o = json.loads(p.stdout.read())
    p.wait()
    o.update(files=len(files), files_ending_mid_line=split, biggest=max([os.path.getsize(f) for f in files] or [0]))
    return o


def hwm_kb(pid):
    for l in AD._read(f"/proc/{pid}/status", "r").splitlines():
        if l.startswith("VmHWM"):
            return int(l.split()[1])
    return 0


def e_run(label, fac, mode, lg, lines, limit=120):
    a = make(label, fac)
    side = a.dir + "/side"
    want = b"%010d " % (lines - 1)
    os.sync()
    a.start(1, lambda i: [BIN + "/blast", mode, str(lines), side], lg)
    end, t_last = time.time() + limit, None
    while time.time() < end:
        if tail_has(a.log_files(), want):
            t_last = time.time()
            break
        time.sleep(0.005)
    sd = dict((l.split()[0], l.split()[1:]) for l in AD._read(side, "r").splitlines())
    sup = a.supervisor_pids()
    o = {"t": (t_last - int(sd["start"][0]) / 1e9) if t_last and "start" in sd else None,
         "producer_s": (int(sd["end"][0]) - int(sd["start"][0])) / 1e9 if "end" in sd else None,
         "producer_errno": sd.get("end", [0, 0, None])[2], "sup_cpu_s": sum(cpu_ns(p) for p in sup) / 1e9, "peak_rss_mb": max([hwm_kb(p) for p in sup] or [0]) / 1024}
    if o["t"] is None:
        time.sleep(0.2)
    if o["t"]:
        o["mb_s"] = lines * LINE / 1e6 / o["t"]
    time.sleep(0.05)
    o["check"] = check_log(a.log_files(), lines)
    done(a)
    return o


def e_base(kind, mode, lines):
    d = f"{ROOT}/run/base"
    shutil.rmtree(d, ignore_errors=True)
    os.makedirs(d)
    os.sync()
    want = b"%010d " % (lines - 1)
    b = f"{BIN}/blast {mode} {lines} {d}/side"
    p = subprocess.Popen(["/bin/sh", "-c", f"exec {b} > {d}/o" if kind == "file" else f"{b} | cat > {d}/o"], start_new_session=True)
    end, t = time.time() + 60, None
    while time.time() < end:
        if os.path.exists(d + "/o") and tail_has([d + "/o"], want):
            t = time.time()
            break
        time.sleep(0.005)
    sd = dict((l.split()[0], l.split()[1:]) for l in AD._read(d + "/side", "r").splitlines())
    o = {"t": t - int(sd["start"][0]) / 1e9}
    o["mb_s"] = lines * LINE / 1e6 / o["t"]
    os.killpg(p.pid, signal.SIGKILL)                 # our own new session
    p.wait()
    shutil.rmtree(d, ignore_errors=True)
    return o


def section_E():
    lines = 200_000 if Q else LINES
    reps = 1 if Q else 3
    out = R["E"] = {"lines": lines, "reps": reps, "by": {}}
    names = dict(PEERS)
    cfg = []
    for l, f in PEERS:
        if l in ONLY_A:
            continue
        a = f()
        cap = a.captures_logs
        shutil.rmtree(a.dir, ignore_errors=True)
        if not cap:
            continue
        cfg += [(l, f, 0)] if l == "pm2" else [(l, f, 7), (l, f, 1000)]
    for rep in range(reps):
        for mode in ("buf", "line"):
            todo = [("baseline: > file", None, "file"), ("baseline: | cat > file", None, "cat")] + cfg
            random.shuffle(todo)
            for label, fac, keep in todo:
                key = f"{label}|{mode}|{keep}"
                try:
                    o = e_base(keep, mode, lines) if fac is None else e_run(label, fac, mode, Log(keep=keep), lines)
                except Exception as e:
                    o = {"error": repr(e)}
                out["by"].setdefault(key, []).append(o)
                c = o.get("check", {})
                log(f"E rep {rep} {key}: {o.get('mb_s', 0):.1f} MB/s t={o.get('t')} cpu={o.get('sup_cpu_s', 0):.2f} hwm={o.get('peak_rss_mb', 0):.1f} {'missing %s malformed %s files %s split %s' % (c.get('missing'), c.get('malformed'), c.get('files'), c.get('files_ending_mid_line')) if keep not in (7, 'file', 'cat') else ''} {o.get('error', '')}")
                save()


# ------------------------------------------------------------------ L
def section_L():
    out = R["L"] = []
    d = f"{ROOT}/run/lr"
    secs = 4 if Q else 10
    plan = [("20 000 lines/s", "20000", 20000 * secs), ("200 000 lines/s", "200000", 200000 * secs), ("flat out, one write per line", "line", 10_000_000 if not Q else LINES), ("flat out, 64 KiB writes", "buf", 20_000_000 if not Q else LINES)]
    for desc, mode, lines in plan:
        for force in (False, True):
            shutil.rmtree(d, ignore_errors=True)
            os.makedirs(d)
            os.sync()
            write(d + "/lr.conf", f"{d}/app.log {{\n    size 1M\n    rotate 1000\n    copytruncate\n    missingok\n    nocompress\n}}\n")
            p = subprocess.Popen([BIN + "/blast", mode, str(lines), d + "/side", d + "/app.log"], start_new_session=True)
            rots, errs, end, durs = 0, 0, time.time() + 60, []
            nxt = time.time() + 0.1
            while time.time() < end:
                if "end " in AD._read(d + "/side", "r"):
                    break
                time.sleep(max(0, nxt - time.time()))
                nxt = max(nxt + 0.1, time.time())
                t = time.time()
                r = subprocess.run(["/usr/sbin/logrotate", "-s", d + "/state"] + (["-f"] if force else []) + [d + "/lr.conf"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                durs.append(time.time() - t)
                rots += 1
                if r.returncode:
                    errs += 1
                    last = r.stdout.decode()[-200:]
            sd = dict((l.split()[0], l.split()[1:]) for l in AD._read(d + "/side", "r").splitlines())
            p.kill(); p.wait()
            num = sorted((int(f.rsplit(".", 1)[1]) for f in glob.glob(d + "/app.log.*")), reverse=True)
            files = [f"{d}/app.log.{i}" for i in num] + [d + "/app.log"]
            c = check_log(files, lines)
            o = {"writer": desc, "force": force, "lines": lines, "producer_s": (int(sd["end"][0]) - int(sd["start"][0])) / 1e9 if "end" in sd else None, "logrotate_runs": rots, "errors": errs,
                 "rotations": len(files) - 1, "logrotate_ms_median": statistics.median(durs) * 1e3 if durs else None, "check": c}
            if errs:
                o["last_error"] = last
            out.append(o)
            log(f"L {desc} force={force}: {o['rotations']} rotations, missing {c['missing']} of {lines} in {c['gaps']} gaps, malformed {c['malformed']}, dup {c['dup']}, errors {errs} {o.get('last_error','')}")
            shutil.rmtree(d, ignore_errors=True)
            save()


# ------------------------------------------------------------------ F
def talkers(a):
    """{index: [pid, ...]} of live talkers"""
    t = collections.defaultdict(list)
    for p in a.child_pids():
        f = cmdline(p).split()
        if f and f[0].endswith("talker"):
            t[int(f[1])].append(p)
    return {k: sorted(v) for k, v in sorted(t.items())}


def side_summary(path, from_pids=None):
    """per pid: last ok seq, number of errs, last line"""
    d = {}
    for l in AD._read(path, "r").splitlines():
        f = l.split()
        if len(f) < 3:
            continue
        p = int(f[1])
        e = d.setdefault(p, {"ok": 0, "err": 0, "try": 0, "errno": None})
        if f[0] in ("ok", "err", "try"):
            e[f[0]] += 1
            if f[0] == "err":
                e["errno"] = int(f[3])
    return d


def loss(a, side, i):
    """lines the child was told were written (write() returned) which are in no log file"""
    lines = set()
    if isinstance(a, DirFamily):
        files = glob.glob(f"{a.scan}/c{i}/log/main/*")
    else:
        files = glob.glob(f"{a.dir}/out{i}.log*")
    for f in files:
        for l in AD._read(f, "r").splitlines():
            w = l.split()
            if len(w) == 4 and w[0] == "T":
                lines.add((int(w[2]), int(w[3])))
    ok, lost = 0, collections.Counter()
    for l in AD._read(side, "r").splitlines():
        w = l.split()
        if w[0] == "ok":
            ok += 1
            if (int(w[1]), int(w[2])) not in lines:
                lost[int(w[1])] += 1
    return ok, dict(lost)


def section_F():
    out = R.setdefault("F", [])
    S = {"supervisord": ("supervisord startsecs=1", lambda: Supervisord(1)), "pm2": ("pm2", Pm2), "s6": ("s6", S6), "s6lock": ("s6 + lock-fd", lambda: S6("s6 + lock-fd", lock_fd=True)),
         "runit": ("runit", Runit), "daemontools": ("daemontools", Daemontools)}
    plan = [(k, what, sig) for sig in ("default", "ignore") for k in S for what in ("direct",)] + [(k, "root", "default") for k in ("s6", "runit", "daemontools")]
    for l, f in PEERS:
        if l not in LABELS0 and l not in [v[0] for v in S.values()] and opt.plugin and l in sum([[p[0] for p in importlib.import_module(m).PEERS] for m in opt.plugin], []):
            S[l] = (l, f)
            plan += [(l, "direct", "default"), (l, "direct", "ignore")]
    if opt.only:
        plan = [p for p in plan if any(o in S[p[0]][0] for o in opt.only.split(","))]
    plan = [p for p in plan if S[p[0]][0] not in MISSING and S[p[0]][0].split(" +")[0] not in MISSING]
    for k, what, sig in plan:
        label, fac = S[k]
        a = make(label, fac)
        o = {"label": label, "killed": what, "sigpipe": sig, "events": []}
        ev = lambda s: (o["events"].append(s), log("F", label, what, sig, "|", s))
        try:
            sides = [f"{a.dir}/side{i}" for i in range(3)]
            a.start(3, lambda i: [BIN + "/talker", str(i), sides[i], "5", sig], Log())
            end = time.time() + 20
            while time.time() < end and len(talkers(a)) < 3:
                time.sleep(0.05)
            time.sleep(2.5)
            t0 = talkers(a)
            if hasattr(a, "before_crash"):
                a.before_crash()
            if what == "root":
                vict = [a.popen[0].pid]
            else:
                vict = a.direct_supervisors()
            names = [os.path.basename(exe_of(v)) for v in vict]
            o["before"] = t0
            for v in vict:
                os.kill(v, signal.SIGKILL)
            tk = time.time()
            ev(f"SIGKILL to {len(vict)} process(es): {', '.join(sorted(set(names)))}; children before: {t0}")
            seen = None
            while time.time() < tk + 7:
                a.reap()
                t = talkers(a)
                if t != seen:
                    ev(f"+{time.time() - tk:.2f} s: live children {t}")
                    seen = t
                time.sleep(0.05)
            o["after_kill"] = talkers(a)
            ss = [side_summary(s) for s in sides]
            o["side_after_kill"] = ss
            old = {p for v in t0.values() for p in v}
            errs = sum(e["err"] for s in ss for p, e in s.items() if p in old)
            o["orig_survivors"] = sum(1 for p in old if alive(p))
            ev(f"7 s after: {o['orig_survivors']} of 3 original children alive; write errors noted by them: {errs}" + (f" (errno {set(e['errno'] for s in ss for e in s.values() if e['errno'])})" if errs else "")
               + "; blocked in write: %d" % sum(1 for s in ss for p, e in s.items() if p in old and alive(p) and e["try"] > e["ok"] + e["err"]))
            if what == "root":
                a.popen[0].wait()
                a.go()
            else:
                a.restart_after_crash()
            tr, seen = time.time(), None
            while time.time() < tr + 6:
                a.reap()
                t = talkers(a)
                if t != seen:
                    ev(f"restart +{time.time() - tr:.2f} s: live children {t}")
                    seen = t
                time.sleep(0.05)
            o["after_restart"] = talkers(a)
            o["orig_survivors_end"] = sum(1 for p in old if alive(p))
            o["dups"] = sum(1 for v in o["after_restart"].values() if len(v) > 1)
            time.sleep(0.3)
            L = [loss(a, sides[i], i) for i in range(3)]
            o["ok_lines"] = sum(x[0] for x in L)
            o["lost_lines"] = sum(sum(x[1].values()) for x in L)
            o["lost_by_pid"] = [x[1] for x in L]
            ev(f"end: {o['dups']} of 3 services run twice; originals alive {o['orig_survivors_end']}; lines whose write() succeeded: {o['ok_lines']}, of them not (yet) in a log file: {o['lost_lines']}")
            if what == "root":                                   # is anybody still supervising them?
                v = o["after_restart"][0][0]
                os.kill(v, signal.SIGKILL)
                time.sleep(3)
                a.reap()
                o["respawned_after_root_restart"] = any(p != v for p in talkers(a).get(0, []))
                ev(f"after the restart child 0 was SIGKILLed: respawned {o['respawned_after_root_restart']}")
            orig = [p for p in old if alive(p)]
            for p in orig:                                       # the operator cleans up the stray originals
                os.kill(p, signal.SIGKILL)
            time.sleep(4)
            a.reap()
            for p in a.child_pids():                             # freeze the writers, then let the loggers catch up
                os.kill(p, signal.SIGSTOP)
            time.sleep(1.5)
            L = [loss(a, sides[i], i) for i in range(3)]
            o["ok_lines_final"] = sum(x[0] for x in L)
            o["lost_final"] = sum(sum(x[1].values()) for x in L)
            ev(f"after the {len(orig)} original(s) were ended and the loggers drained: {o['ok_lines_final']} lines written, {o['lost_final']} lost for good; running {talkers(a)}")
            for p in a.child_pids():
                os.kill(p, signal.SIGCONT)
        except Exception as e:
            o["error"] = repr(e)
            log("F error", label, repr(e))
        out.append(o)
        done(a)
        save()


# ------------------------------------------------------------------ G
def section_G():
    out = R["G"] = {}
    up = []
    for label, fac in PEERS + HANG_PEERS:
        if label in ONLY_A or label == "floor (C loop)":
            continue
        a = make(label, fac)
        a.start(1, lambda i, a=a: [BIN + "/stamp", a.stamps])
        a.wait_children(1, 20)
        up.append(a)
    time.sleep(3)
    for a in up:
        a.victim = int(a.stamp_lines()[-1].split()[0])
        os.kill(a.victim, signal.SIGSTOP)
    time.sleep(4 if Q else 12)
    for a in up:
        st = stat_of(a.victim)
        status = {}
        for k, v in a.status_cmds(1).items():
            s = a.tool(v).strip()
            if k == "pm2 jlist":
                try:
                    j = json.loads(s[s.index("[{"):])[0]
                    s = f"status={j['pm2_env']['status']} pid={j['pid']} restarts={j['pm2_env']['restart_time']}"
                except Exception:
                    pass
            status[k] = s.replace(a.dir, "…")
        o = out[a.label] = {"still_stopped_after_12s": st is not None and st[0] == "T", "respawned": len(a.stamp_lines()) > 1, "status": status}
        if hasattr(a, "stop_child"):
            t = time.time()
            try:
                a.stop_child()
                while alive(a.victim) and time.time() < t + 20:
                    time.sleep(0.01)
                o["stop_s"] = time.time() - t if not alive(a.victim) else None
            except Exception as e:
                o["stop_error"] = repr(e)
        log("G", a.label, o)
    for a in up:
        done(a)
    save()


# ------------------------------------------------------------------ main
def main():
    for ending in (signal.SIGTERM, signal.SIGHUP):           # through `finally`, which ends what was started
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    m = R["meta"]
    m.update(argv=sys.argv[1:], started=time.strftime("%F %T"), uname=" ".join(os.uname()), cpus=os.cpu_count(), python=sys.version.split()[0],
             mem_kb=int(open("/proc/meminfo").readline().split()[1]))
    m["not_installed"] = MISSING
    for label in MISSING:
        log("left out, not installed:", label)
    m["versions"] = {}
    for label, fac in PEERS:
        a = fac()
        try:
            m["versions"][label] = a.version()
        except Exception as e:
            m["versions"][label] = repr(e)
        shutil.rmtree(a.dir, ignore_errors=True)
    for t, c in (("hyperfine", ["hyperfine", "--version"]), ("logrotate", ["dpkg-query", "-W", "-f", "${Version}", "logrotate"]), ("gcc", ["gcc", "-dumpfullversion"])):
        m["versions"][t] = subprocess.run(c, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode().strip()
    try:
        for s, f in (("A", section_A), ("B", section_B), ("C", section_C), ("E", section_E), ("L", section_L), ("F", section_F), ("G", section_G)):
            if s in opt.sections:
                with Noise(s):
                    f()
    finally:
        for a in LIVE[:]:
            done(a)
        m["finished"] = time.strftime("%F %T")
        m["wall_s"] = m.get("wall_s", 0) + time.time() - T00
        save()
        log("done")


if __name__ == "__main__":
    main()
