"""Adapters: one class per supervisor.  See README.md for the interface; in short

    class Mine(Adapter):
        name = "mine"
        def start(self, n, argv_for, log=None): ...   # start the supervisor with n children
        def status_cmds(self, n): ...                 # {label: argv} client commands to time (section D)
        def log_files(self): ...                      # child 0's captured log, oldest first (section E)
        def stop_tool(self): ...                      # the polite way to stop; the base class sweeps up after it

Everything an adapter starts must go through self.spawn()/self.tool(), which put PEERBENCH_TAG in the
environment; that (or the run directory in a command line) is how processes are found again, measured and ended.
"""
import glob, json, os, shutil, signal, subprocess, time

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
ROOT = REPOSITORY + "/target/bench"              # programs, run folders, pm2 and results: ignored by git
BIN = ROOT + "/bin"
CHILD_EXES = {BIN + "/stamp", BIN + "/blast", BIN + "/talker"}
ME = os.getpid()


def build():
    """The measured children and the floor, from src/ beside this file into BIN."""
    subprocess.run(["/bin/sh", HERE + "/make.sh", BIN], check=True)


class Log:
    """How a child's stdout must be captured: rotate at `size` bytes, keep `keep` old files."""
    def __init__(self, size=1048576, keep=7):
        self.size, self.keep = size, keep


# ---------------------------------------------------------------- /proc helpers
def _read(p, mode="rb"):
    try:
        with open(p, mode) as f:
            return f.read()
    except OSError:
        return b"" if "b" in mode else ""


def stat_of(pid):
    """(state, ppid, utime+stime ticks) or None"""
    s = _read(f"/proc/{pid}/stat")
    if not s:
        return None
    f = s[s.rindex(b")") + 2:].split()
    return f[0].decode(), int(f[1]), int(f[11]) + int(f[12])


def alive(pid):
    s = stat_of(pid)
    return s is not None and s[0] not in "ZX"


def exe_of(pid):
    try:
        return os.readlink(f"/proc/{pid}/exe")
    except OSError:
        return ""


def cmdline(pid):
    return _read(f"/proc/{pid}/cmdline").replace(b"\0", b" ").decode("utf8", "replace").strip()


def descends_from_me(pid):
    for _ in range(64):
        if pid == ME:
            return True
        s = stat_of(pid)
        if not s or s[1] <= 1:
            return False
        pid = s[1]
    return False


def pss_kb(pid):
    out = {"Rss": 0, "Pss": 0, "Private_Clean": 0, "Private_Dirty": 0}
    for line in _read(f"/proc/{pid}/smaps_rollup", "r").splitlines():
        k = line.split(":")[0]
        if k in out:
            out[k] = int(line.split()[1])
    return out


def cpu_ns(pid):
    """Precise CPU time of all live threads, from schedstat (ns); falls back to ticks."""
    t = 0
    for p in glob.glob(f"/proc/{pid}/task/*/schedstat"):
        s = _read(p).split()
        if s:
            t += int(s[0])
    return t


def switches(pid):
    v = 0
    for p in glob.glob(f"/proc/{pid}/task/*/status"):
        for l in _read(p, "r").splitlines():
            if l.startswith("voluntary_ctxt"):
                v += int(l.split()[1])
    return v


# ---------------------------------------------------------------- base class
class Adapter:
    name = "?"
    captures_logs = True          # can it capture stdout (E, F)?
    max_children = 1000           # skip larger n
    program = None                # what has to be installed, as a path
    orphan_children = False       # children are daemonised away from it (monit): the harness must reap them
    start_timeout = 60
    _seq = 0

    def __init__(self, label=None):
        Adapter._seq += 1
        self.label = label or self.name
        self.dir = f"{ROOT}/run/{ME}-{Adapter._seq:03d}-{self.name}".replace(" ", "_").replace("(", "").replace(")", "")
        shutil.rmtree(self.dir, ignore_errors=True)
        os.makedirs(self.dir + "/home")
        self.tag = f"pb{ME}-{Adapter._seq}"
        self.env = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": self.dir + "/home",
                    "LANG": "C.UTF-8", "PEERBENCH_TAG": self.tag}
        self.popen = []
        self.stamps = self.dir + "/stamps"

    # -- to override
    def start(self, n, argv_for, log=None): raise NotImplementedError
    def status_cmds(self, n): return {}
    def log_files(self): return []
    def stop_tool(self): pass
    def revive(self): pass                       # called when it gave up on child 0
    def direct_supervisors(self): return self.supervisor_pids()   # what F kills with SIGKILL
    def restart_after_crash(self): pass          # what an operator would do after F's kill
    def version(self): return ""

    # -- provided
    def spawn(self, argv, **kw):
        out = open(self.dir + "/supervisor.out", "ab")
        p = subprocess.Popen(argv, env=self.env, cwd=kw.pop("cwd", self.dir), stdin=subprocess.DEVNULL, stdout=kw.pop("stdout", out), stderr=out, start_new_session=True, **kw)
        self.popen.append(p)
        return p

    def tool(self, argv, timeout=60, check=False):
        r = subprocess.run(argv, env=self.env, cwd=self.dir, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout)
        return r.stdout.decode("utf8", "replace")

    def my_pids(self):
        """every live process of this adapter: descends from the harness and carries its tag or run directory"""
        tag, d, res = f"PEERBENCH_TAG={self.tag}".encode(), (self.dir + "/").encode(), []
        for e in os.listdir("/proc"):
            if not e.isdigit() or int(e) == ME:
                continue
            pid = int(e)
            env = _read(f"/proc/{e}/environ")
            if not ((tag + b"\0") in env or env.endswith(tag) or d in _read(f"/proc/{e}/cmdline")):
                continue
            if descends_from_me(pid) and alive(pid):
                res.append(pid)
        return res

    def child_pids(self):
        return [p for p in self.my_pids() if exe_of(p) in CHILD_EXES]

    def supervisor_pids(self):
        return [p for p in self.my_pids() if exe_of(p) not in CHILD_EXES]

    def stamp_lines(self):
        return _read(self.stamps, "r").splitlines()

    def wait_children(self, n, timeout=None):
        end = time.time() + (timeout or self.start_timeout)
        while time.time() < end:
            if len(self.stamp_lines()) >= n:
                return True
            time.sleep(0.02)
        return False

    def reap(self):
        known = {p.pid for p in self.popen}
        for t in os.listdir("/proc/self/task"):
            for c in _read(f"/proc/self/task/{t}/children").split():
                c = int(c)
                s = stat_of(c)
                if c not in known and s and s[0] == "Z":
                    try:
                        os.waitpid(c, os.WNOHANG)
                    except OSError:
                        pass
        for p in self.popen:
            p.poll()

    def stop(self, timeout=20, keep=False):
        try:
            self.stop_tool()
        except Exception as e:                                   # never let a stuck tool keep processes alive
            print(f"    [{self.label}] stop_tool: {e!r}", flush=True)
        end, first = time.time() + timeout, True
        while True:
            sup, ch = self.supervisor_pids(), self.child_pids()
            self.reap()
            if not sup and not ch:
                break
            late = time.time() > end
            for p in (sup or ch):                                # supervisors first, or they would restart the children
                try:
                    os.kill(p, signal.SIGKILL if (late or not first) else signal.SIGTERM)
                except ProcessLookupError:
                    pass
            if late and time.time() > end + 20:
                print(f"    [{self.label}] could not end {sup + ch}", flush=True)
                break
            time.sleep(0.5 if first else 0.05)
            first = False
        self.reap()
        if not keep:
            shutil.rmtree(self.dir, ignore_errors=True)


def AD_read(p):
    with open(p) as f:
        return f.read()


def sh_quote(argv):
    import shlex
    return " ".join(shlex.quote(a) for a in argv)


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    os.chmod(path, mode)


# ---------------------------------------------------------------- the floor
class Floor(Adapter):
    name = "floor (C loop)"
    captures_logs = False

    def start(self, n, argv_for, log=None):
        self.spawn([BIN + "/floor", str(n)] + argv_for(0))

    def stop_tool(self):
        for p in self.popen:
            p.kill()


# ---------------------------------------------------------------- supervisord
class Supervisord(Adapter):
    name = "supervisord"
    program = "/usr/bin/supervisord"
    startsecs = 0

    def __init__(self, startsecs=0, label=None, chatty=False):
        self.startsecs, self.chatty = startsecs, chatty
        super().__init__(label or f"supervisord startsecs={startsecs}")

    def start(self, n, argv_for, log=None):
        self.n = n
        big = "minfds=16384\n" if n > 150 else ""             # the default, 1024, costs less: every fork closes fds up to it
        c = [f"[unix_http_server]\nfile={self.dir}/s.sock\n[supervisord]\nlogfile={self.dir}/supervisord.log\npidfile={self.dir}/s.pid\n"
             f"nodaemon=true\nuser=root\nchildlogdir={self.dir}\n{big}[rpcinterface:supervisor]\n"
             "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n"
             f"[supervisorctl]\nserverurl=unix://{self.dir}/s.sock\n"]
        for i in range(n):
            lg = "" if log is None else f"stdout_logfile={self.dir}/out{i}.log\nstdout_logfile_maxbytes={log.size}\nstdout_logfile_backups={log.keep}\n"
            c.append(f"[program:c{i}]\ncommand={sh_quote(argv_for(i))}\nautorestart=true\nstartsecs={self.startsecs}\n{lg}")
        if self.chatty:                                          # a sibling whose output wakes the main loop every 20 ms
            c.append(f"[program:chatty]\ncommand={BIN}/talker 0 {self.dir}/chatty 20 default\nautorestart=true\n")
        write(self.dir + "/s.conf", "".join(c))
        self.go()

    def go(self):
        self.spawn(["/usr/bin/supervisord", "-n", "-c", self.dir + "/s.conf"], stdout=subprocess.DEVNULL)

    def ctl(self, *a):
        return ["/usr/bin/supervisorctl", "-c", self.dir + "/s.conf", *a]

    def status_cmds(self, n):
        return {"supervisorctl status": self.ctl("status")}

    def log_files(self):
        b = self.dir + "/out0.log"
        k = sorted(int(p.rsplit(".", 1)[1]) for p in glob.glob(b + ".*"))
        return [f"{b}.{i}" for i in reversed(k)] + ([b] if os.path.exists(b) else [])

    def revive(self):
        self.tool(self.ctl("start", "c0"))

    def stop_child(self):
        self.tool(self.ctl("stop", "c0"))

    def restart_after_crash(self):
        for f in ("s.sock", "s.pid"):
            if os.path.exists(f"{self.dir}/{f}"):
                pass                                             # left as the crash left them, on purpose
        self.go()

    def stop_tool(self):
        self.tool(self.ctl("shutdown"), timeout=30) if self.supervisor_pids() else None
        for p in self.popen:
            try:
                p.wait(25)
            except subprocess.TimeoutExpired:
                pass

    def version(self):
        return self.tool(["/usr/bin/supervisord", "--version"]).strip() + " (" + self.tool(["/usr/bin/python3", "--version"]).strip() + ")"


# ---------------------------------------------------------------- daemontools family
class DirFamily(Adapter):
    """runit, s6, daemontools: a scan directory with one service directory per child."""
    direct_run = False        # the run file is the binary itself (a symlink), no /bin/sh
    max_children = 1000

    def make(self, n, argv_for, log):
        self.n, self.scan = n, self.dir + "/scan"
        for i in range(n):
            d = f"{self.scan}/c{i}"
            if self.direct_run:
                os.makedirs(d)
                os.symlink(BIN + "/stamp", d + "/run")
                os.symlink(self.stamps, d + "/out")
            else:
                write(d + "/run", "#!/bin/sh\nexec " + sh_quote(argv_for(i)) + "\n", 0o755)
            self.extra(d)
            if log is not None:
                write(d + "/log/run", "#!/bin/sh\nexec " + self.logger(d, log) + "\n", 0o755)

    def extra(self, d): pass
    def start(self, n, argv_for, log=None):
        self.make(n, argv_for, log)
        self.go()

    def log_files(self):
        m = f"{self.scan}/c0/log/main"
        cur = [m + "/" + f for f in ("previous", "current") if os.path.exists(m + "/" + f)]
        return sorted(glob.glob(m + "/@*")) + cur

    def direct_supervisors(self):
        return [p for p in self.supervisor_pids() if os.path.basename(exe_of(p)) == self.supervise_exe and "/log" not in cmdline(p)
                and not self._cwd(p).endswith("/log")]

    @staticmethod
    def _cwd(p):
        try:
            return os.readlink(f"/proc/{p}/cwd")
        except OSError:
            return ""


class Runit(DirFamily):
    name, supervise_exe = "runit", "runsv"
    program = "/usr/bin/runsvdir"

    def __init__(self, label=None, direct_run=False):
        self.direct_run = direct_run
        super().__init__(label)

    def logger(self, d, log):
        write(d + "/log/main/config", f"s{log.size}\nn{log.keep}\n")
        return "svlogd ./main"

    def go(self):
        self.spawn(["/usr/bin/runsvdir", "-P", self.scan])

    def status_cmds(self, n):
        one = {"sv status (1 service)": ["/usr/bin/sv", "status", self.scan + "/c0"]}
        return one if n == 1 else {**one, f"sv status ({n} services)": ["/usr/bin/sv", "status"] + [f"{self.scan}/c{i}" for i in range(n)]}

    def stop_child(self):
        self.tool(["/usr/bin/sv", "down", self.scan + "/c0"])

    def stop_tool(self):
        for p in self.popen:
            if p.poll() is None:
                p.send_signal(signal.SIGHUP)                     # runsvdir: TERM to every runsv, then exit
                try:
                    p.wait(5)
                except subprocess.TimeoutExpired:
                    pass
        time.sleep(0.5)

    restart_after_crash = lambda self: None
    def version(self): return self.tool(["dpkg-query", "-W", "-f", "${Version}", "runit"])


class S6(DirFamily):
    name, supervise_exe = "s6", "s6-supervise"
    program = "/usr/bin/s6-svscan"
    lock_fd = False

    def __init__(self, label=None, direct_run=False, lock_fd=False, ready=False):
        self.direct_run, self.lock_fd, self.ready = direct_run, lock_fd, ready
        super().__init__(label)

    def extra(self, d):
        if self.ready:                                           # tells s6-supervise it is ready as soon as it runs
            write(d + "/notification-fd", "3\n")
            r = AD_read(d + "/run")
            write(d + "/run", r.replace("exec ", "echo >&3; exec 3>&-\nexec ", 1), 0o755)
        if self.lock_fd:
            write(d + "/lock-fd", "9\n")
            os.makedirs(d + "/supervise", 0o700, exist_ok=True)
            write(d + "/supervise/service-lock", "")             # s6 < 2.14 never creates it and then cannot start the service

    def logger(self, d, log):
        return f"s6-log n{log.keep} s{log.size} ./main"

    def go(self):
        self.spawn(["/usr/bin/s6-svscan", "-c", "2500", self.scan])

    def status_cmds(self, n):
        one = {"s6-svstat (1 service)": ["/usr/bin/s6-svstat", self.scan + "/c0"]}
        return one if n == 1 else {**one, f"sh loop of s6-svstat ({n} services)": ["/bin/sh", "-c", f'for d in {self.scan}/c*; do s6-svstat "$d"; done']}

    def stop_child(self):
        self.tool(["/usr/bin/s6-svc", "-wD", "-d", self.scan + "/c0"])

    def stop_tool(self):
        if self.supervisor_pids():
            self.tool(["/usr/bin/s6-svscanctl", "-t", self.scan])
            for p in self.popen:
                try:
                    p.wait(8)
                except subprocess.TimeoutExpired:
                    pass

    def version(self): return self.tool(["dpkg-query", "-W", "-f", "${Version}", "s6"])


class Daemontools(DirFamily):
    name, supervise_exe = "daemontools", "supervise"
    program = "/usr/bin/svscan"
    max_children = 1000

    def logger(self, d, log):
        return f"multilog s{log.size} n{log.keep} ./main"

    def go(self):
        self.spawn(["/usr/bin/svscan", self.scan])

    def status_cmds(self, n):
        one = {"svstat (1 service)": ["/usr/bin/svstat", self.scan + "/c0"]}
        return one if n == 1 else {**one, f"svstat ({n} services)": ["/usr/bin/svstat"] + [f"{self.scan}/c{i}" for i in range(n)]}

    def stop_child(self):
        self.tool(["/usr/bin/svc", "-d", self.scan + "/c0"])

    def stop_tool(self):
        for p in self.popen:
            if p.poll() is None:
                p.kill()
                p.wait()
        self.tool(["/bin/sh", "-c", f"svc -dx {self.scan}/c* ; for d in {self.scan}/c*/log; do [ -d $d ] && svc -dx $d; done"], timeout=30)
        time.sleep(0.5)

    def version(self): return self.tool(["dpkg-query", "-W", "-f", "${Version}", "daemontools"])


# ---------------------------------------------------------------- pm2
class Pm2(Adapter):
    name = "pm2"
    start_timeout = 240
    PM2 = program = ROOT + "/pm2/node_modules/pm2/bin/pm2"

    def __init__(self, label=None):
        super().__init__(label)
        self.env["PM2_HOME"] = self.dir + "/home/.pm2"

    def cli(self, *a):
        return ["/usr/bin/node", self.PM2, *a]

    def start(self, n, argv_for, log=None):
        self.n = n
        apps = []
        for i in range(n):
            a = argv_for(i)
            app = {"name": f"c{i}", "script": a[0], "args": a[1:], "interpreter": "none", "exec_mode": "fork", "cwd": self.dir}
            if log is not None:
                app.update(out_file=f"{self.dir}/out{i}.log", error_file=f"{self.dir}/err{i}.log")
            apps.append(app)
        write(self.dir + "/eco.config.json", json.dumps({"apps": apps}))
        self.tool(self.cli("start", self.dir + "/eco.config.json"), timeout=self.start_timeout)

    def supervisor_pids(self):
        return [p for p in super().supervisor_pids()]

    def status_cmds(self, n):
        return {"pm2 jlist": self.cli("jlist"), "pm2 ls": self.cli("ls")}

    def log_files(self):
        return [self.dir + "/out0.log"]

    def revive(self):
        self.tool(self.cli("restart", "c0"))

    def stop_child(self):
        self.tool(self.cli("stop", "c0"))

    def before_crash(self):
        self.tool(self.cli("save"))

    def restart_after_crash(self):
        self.tool(self.cli("resurrect"))

    def stop_tool(self):
        if self.supervisor_pids():
            self.tool(self.cli("kill"), timeout=60)

    def version(self):
        return json.load(open(ROOT + "/pm2/node_modules/pm2/package.json"))["version"] + " (node " + self.tool(["/usr/bin/node", "--version"]).strip() + ")"


# ---------------------------------------------------------------- monit
class Monit(Adapter):
    name = "monit"
    program = "/usr/bin/monit"
    captures_logs = False
    orphan_children = True

    def start(self, n, argv_for, log=None):
        self.n = n
        c = [f"set daemon 1\nset log {self.dir}/monit.log\nset pidfile {self.dir}/monit.pid\nset idfile {self.dir}/monit.id\n"
             f"set statefile {self.dir}/monit.state\nset httpd unixsocket {self.dir}/monit.sock\n    allow root:pw\n"]
        for i in range(n):
            a = argv_for(i)
            cmd = sh_quote([a[0], "-d", f"{self.dir}/c{i}.pid"] + a[1:])
            c.append(f'check process c{i} with pidfile {self.dir}/c{i}.pid\n  start program = "{cmd}"\n')
            if n > 1:                                            # monit starts its programs one by one, seconds each way: give it running ones
                subprocess.run([a[0], "-d", f"{self.dir}/c{i}.pid"] + a[1:], env=self.env, cwd=self.dir)
        write(self.dir + "/monitrc", "".join(c), 0o600)
        self.go()

    def go(self):
        self.spawn(["/usr/bin/monit", "-I", "-c", self.dir + "/monitrc"])

    def status_cmds(self, n):
        return {"monit summary": ["/usr/bin/monit", "-c", self.dir + "/monitrc", "summary"]}

    def stop_tool(self):
        for p in self.popen:
            if p.poll() is None:
                p.terminate()
                try:
                    p.wait(15)
                except subprocess.TimeoutExpired:
                    pass

    def version(self): return self.tool(["/usr/bin/monit", "-V"]).splitlines()[0]
