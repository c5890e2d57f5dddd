"""What the daemon itself takes for it: at rest with many logs, and by the gigabyte."""
import time
import rig, sides
from adapters import BIN, cpu_ns, pss_kb
from rig import Section
from supervision.common import begin, finish, log

AGENTS = 90


def at_rest(quick):
    """The daemon's share of a core while 90 agents have said one line and are quiet, and its memory."""
    side, seconds = begin(sides.Rotating("steward-rest")), 10 if quick else 30
    side.start(AGENTS, lambda i: ["/bin/sh", "-c", f"echo up; exec {BIN}/stamp {side.stamps}"])
    if not side.wait_children(AGENTS, 60):
        raise RuntimeError(f"not all of {AGENTS} agents came up, see {side.dir}")
    pid = side.await_daemon()
    time.sleep(4 if quick else 8)
    began, before = time.monotonic(), cpu_ns(pid)
    time.sleep(seconds)
    share = (cpu_ns(pid) - before) / 1e9 / (time.monotonic() - began)
    pss = pss_kb(pid)["Pss"] * 1024 / 1e6
    finish(side)
    log(f"at rest: {share:.3%} of a core, {pss:.0f} MB")
    return {"agents": AGENTS, "seconds": seconds, "share": share, "pss_mb": pss}


def table(rest, spent):
    found = Section("What the daemon takes", ["what", "CPU", "PSS before, MB", "PSS after, MB"])
    if rest:
        found.add(f"{rest['agents']} quiet agents, their logs watched, {rest['seconds']} s", f"{rest['share']:.2%} of a core", "", f"{rest['pss_mb']:.0f}")
        found.seen.append(rest)
    for mode, side in dict.fromkeys((one["mode"], one["side"]) for one in spent):
        ones = [one for one in spent if (one["mode"], one["side"]) == (mode, side)]
        middle = lambda key: rig.median([one[key] for one in ones])
        what = "rotated and compressed" if side == "steward-gz" else "rotated"
        unsettled = "" if all(one["settled"] for one in ones) else "; it was not done when the time was up"
        how = {"line": "a `write` a line", "block": "64 KiB blocks"}[mode]
        found.add(f"{middle('gb'):.2g} GB {what}, {how}{unsettled}", f"{middle('cpu_s_per_gb'):.2f} s a GB", f"{middle('pss_before_mb'):.0f}",
                  f"{middle('pss_after_mb'):.0f}")
        found.seen += ones
    return found
