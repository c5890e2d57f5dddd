#!/usr/bin/env python3
"""report.py results.json: Markdown tables on stdout."""
import json, statistics as st, sys
R = json.load(open(sys.argv[1]))
P = print


def pct(xs, p):
    xs = sorted(xs); return xs[min(len(xs) - 1, max(0, -(-len(xs) * p // 100) - 1))]


def row(*c): P("| " + " | ".join(str(x) for x in c) + " |")
def head(*c):
    P(); row(*c); P("|" + "---|" * len(c))
def ms(x): return f"{x*1e3:.1f}" if x * 1e3 >= 10 else f"{x*1e3:.2f}"


m = R["meta"]
P("# Peers, measured\n")
P(f"{m['started']} to {m.get('finished')}; {m['uname']}; {m['cpus']} CPUs, {m['mem_kb']/1048576:.1f} GiB; harness Python {m['python']}")
head("what", "version")
for k, v in m["versions"].items():
    if v: row(k, v)
P("\nLoad from other processes (and the kernel) while each section ran (the machine is shared):")
head("section", "wall s", "other load (cores of 2)", "steal s", "load average before → after")
for k, v in R["noise"].items():
    row(k, f"{v['wall_s']:.0f}", f"{v['other_cores_busy']:.3f}", f"{v['steal_s']:.2f}", f"{v['load_before'][0]:.2f} → {v['load_after'][0]:.2f}")

if "A" in R:
    P("\n## A. kill → respawn latency (ms)\n\nLeft: child had been up at least 3 s (median of the actual uptimes given); right: killed 0.2 s after its start. p99 is nearest-rank, so with n≤100 it is the maximum.")
    head("supervisor", "n", "median", "p99", "min", "max", "median uptime s", "n (0.2 s)", "median", "p99", "min", "max", "no respawn in 15 s")
    for k, o in R["A"]["by"].items():
        c = [k]
        for kind in ("long", "short"):
            x = o[kind]
            c += [len(x)] + ([ms(st.median(x)), ms(pct(x, 99)), ms(min(x)), ms(max(x))] if x else ["-"] * 4)
            if kind == "long":
                c.append(f"{st.median(o['uptimes'][::2]):.1f}")
        row(*c, o["giveups"])
    P("\n### A2. crash loop: every new child killed 0.2 s after it starts")
    head("supervisor", "kills", "gave up (no respawn in 8 s) at kill", "latencies, s")
    for k, o in R["A"]["loop"].items():
        x = o["latencies"]
        row(k, len(x) + (o["gave_up_after_kill"] is not None), o["gave_up_after_kill"] or "never seen", ", ".join(f"{v:.3f}" for v in x))

if "loop_fresh" in R.get("A", {}):
    P("\n### A2, fresh: the same from the app's very first start")
    head("supervisor", "respawns", "gave up at kill", "state afterwards")
    for k, o in R["A"]["loop_fresh"].items(): row(k, o["respawns"], o["gave_up_at_kill"], o["state"])

if "BCD" in R:
    P("\n## B. Memory of the supervisor side (MiB; without the children)\n\nOne supervisor at a time. USS = private pages.")
    head("supervisor", "children", "came up", "time to the last child's start, s", "processes", "PSS", "RSS", "USS", "PSS KiB per extra child")
    base = {o["label"]: o["mem"]["pss_kb"] for o in R["BCD"].values() if o.get("n") == 1 and "mem" in o}
    for n in (1, 100, 1000):
        for o in R["BCD"].values():
            if o["n"] != n: continue
            if "mem" not in o:
                row(o["label"], n, "error", o.get("error"), "", "", "", "", ""); continue
            q = o["mem"]
            row(o["label"], n, o["started"], f"{o['start_s'] or 0:.2f}", q["procs"], f"{q['pss_kb']/1024:.2f}", f"{q['rss_kb']/1024:.2f}", f"{q['private_kb']/1024:.2f}",
                f"{(q['pss_kb']-base[o['label']])/(n-1):.1f}" if n > 1 and o["label"] in base else "")
    P("\n## C. Idle CPU, 100 children, 30 s")
    P("\nAll in the same window, except monit (alone; its cost grows with the number of processes on the machine).")
    head("supervisor", "processes", "CPU ms in 30 s (schedstat)", "same by utime+stime (10 ms ticks)", "% of a core", "voluntary wake-ups /s")
    C = dict(R.get("C", {}))
    for o in R["BCD"].values():
        if "cpu" in o: C[o["label"]] = o["cpu"]
    for k, c in C.items():
        row(k, c["procs"], f"{c['cpu_ms']:.2f}", c["ticks_ms"], f"{c['cpu_ms']/c['secs']/10:.4f}", f"{c['wakeups_per_s']:.2f}")
    P("\n## D. Client latency (ms, hyperfine -N, 2 warm-ups, 20 runs)")
    head("command", "children", "median", "p99 (=max)", "min", "mean", "user+sys CPU")
    for o in R["BCD"].values():
        for k, d in o.get("client", {}).items():
            if "error" in d: row(k, o["n"], d["error"], "", "", "", "")
            else: row(k, o["n"], ms(d["median"]), ms(d["p99"]), ms(d["min"]), ms(d["mean"]), ms(d["user"] + d["system"]))

if "E" in R:
    P(f"\n## E. Log capture: {R['E']['lines']:,} lines of 100 bytes, rotation at 1 MiB\n\nMedian of {R['E']['reps']} interleaved repetitions, in brackets min–max.")
    head("capture", "writer", "keep", "MB/s", "seconds", "logger CPU s", "peak RSS MiB of the biggest supervisor-side process", "lines missing", "malformed", "out of order / dup", "files", "files ending mid-line", "largest file")
    for k, os_ in sorted(R["E"]["by"].items(), key=lambda kv: (kv[0].split("|")[-2], kv[0])):
        l, mode, keep = k.rsplit("|", 2)
        g = [o for o in os_ if o.get("mb_s")]
        if not g: row(l, mode, keep, "no result: " + "; ".join(str(o.get("error") or "timed out") for o in os_), *[""] * 9); continue
        x = [o["mb_s"] for o in g]; t = [o["t"] for o in g]
        c = [l, {"buf": "64 KiB writes", "line": "write per line"}[mode], {"0": "no rotation", "file": "", "cat": ""}.get(keep, keep), f"{st.median(x):.0f} ({min(x):.0f}–{max(x):.0f})", f"{st.median(t):.2f}"]
        if "check" in g[0]:
            full = keep in ("1000", "0")
            ch = [o["check"] for o in os_ if "check" in o]
            c += [f"{st.median([o['sup_cpu_s'] for o in g]):.2f}", f"{max(o['peak_rss_mb'] for o in g):.1f}", "+".join(str(q["missing"]) for q in ch) if full else f"(keeps {st.median([q['distinct'] for q in ch]):.0f} lines)",
                  max(q["malformed"] for q in ch) if full else "", f"{max(q['out_of_order'] for q in ch)} / {max(q['dup'] for q in ch)}", ch[-1]["files"], max(q["files_ending_mid_line"] for q in ch), max(q["biggest"] for q in ch)]
        else: c += [""] * 8
        if len(g) < len(os_): c[3] += f" [{len(os_) - len(g)} of {len(os_)} failed]"
        row(*c)
if "L" in R:
    P("\n## L. logrotate copytruncate (rotate 1000), size 1M, run every 100 ms, writer appends straight to the file (O_APPEND)")
    head("writer", "-f", "lines", "writer s", "logrotate runs", "rotations", "lines lost", "% lost", "in gaps", "malformed lines", "dup", "logrotate median ms")
    for o in R["L"]:
        c = o["check"]
        row(o["writer"], "yes" if o["force"] else "no", f"{o['lines']:,}", f"{o['producer_s']:.2f}" if o["producer_s"] else "cut off", o["logrotate_runs"], o["rotations"], f"{c['missing']:,}" , f"{100*c['missing']/o['lines']:.3f}", c["gaps"], c["malformed"], c["dup"], f"{o['logrotate_ms_median']:.1f}" if o["logrotate_ms_median"] else "")
if "F" in R:
    P("\n## F. Crash safety: kill -9 of the supervisor with 3 children (200 lines/s each on stdout)")
    head("supervisor", "killed", "child's SIGPIPE", "originals alive 7 s later", "write errors seen by them", "services running twice after the restart", "lines written", "not in a log file at that time", "lost for good (after strays ended, loggers drained)", "other")
    for o in R["F"]:
        if "error" in o and "dups" not in o: row(o["label"], o["killed"], o["sigpipe"], "error " + o["error"], *[""] * 6); continue
        errs = sum(e["err"] for s in o["side_after_kill"] for e in s.values()); en = {e["errno"] for s in o["side_after_kill"] for e in s.values() if e["errno"]}
        row(o["label"], {"direct": "the supervisor(s)", "root": "the tree's root"}[o["killed"]], o["sigpipe"], f"{o['orig_survivors']} of 3", f"{errs}" + (" (EPIPE)" if en == {32} else f" {en}" if en else ""), f"{o['dups']} of 3", o["ok_lines"], o["lost_lines"], o.get("lost_final", "-"),
            (f"after the restart a killed child is respawned: {o['respawned_after_root_restart']}" if "respawned_after_root_restart" in o else ""))
    P("\n<details><summary>time lines</summary>\n")
    for o in R["F"]:
        P(f"\n* **{o['label']}**, {o['killed']}, SIGPIPE {o['sigpipe']}")
        for e in o["events"]: P(f"  * {e}")
    P("\n</details>")
if "G" in R:
    P("\n## G. A child that is SIGSTOPped (12 s)")
    head("supervisor", "still stopped, same pid", "respawned", "what its client says", "stop command on the stopped child: s until it is gone")
    for k, o in R["G"].items():
        s = o["status"].get("pm2 jlist") or next(iter(o["status"].values()))
        row(k, o["still_stopped_after_12s"], o["respawned"], "`" + " ".join(s.split())[-90:] + "`", f"{o['stop_s']:.3f}" if o.get("stop_s") is not None else "-")
P(f"\nHarness wall time: {m['wall_s']:.0f} s")

