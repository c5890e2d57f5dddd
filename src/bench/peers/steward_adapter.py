"""Steward, as a plug-in of the peers' bench: a home in the run folder, started by the repository's own launcher."""
import glob, json, os, subprocess, time
from adapters import Adapter, REPOSITORY, write

LAUNCHER = REPOSITORY + "/steward"
KEPT = ("JAVA_HOME", "STEWARD_JAVA_HOME", "STEWARD_JAVA_OPTS", "STEWARD_NO_AOT")
AGENT = """  c{i}:
    command: {command}
    log: {log}
    ready: {{after: 100ms}}
    restarts: {{limit: 1000000, within: 60s}}
    failures: {{limit: 1000000, within: 60s}}
"""


def prepare(patience=120):
    """The build and its AOT caches, which the first command makes in the background: neither may run beside a measurement."""
    if subprocess.run([LAUNCHER, "version"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode:
        raise SystemExit("bench: steward can't be built, see above; STEWARD_NO_BUILD=1 measures the present build")
    with open(REPOSITORY + "/.build/current") as f:
        build = REPOSITORY + "/.build/" + f.read().strip()
    until = time.time() + patience
    while time.time() < until and os.environ.get("STEWARD_NO_AOT") != "1":
        roles = {os.path.basename(f).split("-")[0] for f in glob.glob(build + "/*-*.aot*")}
        if roles >= {"cli", "daemon", "agent"} and not os.path.islink(build + "/training"):
            return
        time.sleep(0.2)


class Steward(Adapter):
    name = "steward"
    start_timeout = 60
    prepared = False

    def __init__(self, label=None):
        super().__init__(label)
        self.home = self.dir + "/node"
        self.env["STEWARD_NO_BUILD"] = "1"
        self.env.update({k: os.environ[k] for k in KEPT if k in os.environ})

    def start(self, n, argv_for, log=None):
        self.configure(n, argv_for)
        self.up()

    def configure(self, n, argv_for):
        if not Steward.prepared:
            prepare()
            Steward.prepared = True
        agents = [AGENT.format(i=i, command=json.dumps(argv_for(i)), log=self.log(i)) for i in range(n)]
        write(self.home + "/steward.yaml", "agents:\n" + "".join(agents))

    def log(self, i):
        return f"{self.dir}/out{i}.log"

    def cli(self, *words):
        return [LAUNCHER, "--home", self.home, *words]

    def up(self):
        return self.tool(self.cli("up", "--detach"))

    def daemon_alone(self):
        """The daemon without the command that waits for it: for the time that a cold start takes."""
        return self.spawn(self.cli("daemon"))

    def status(self):
        return json.loads(self.tool(self.cli("status", "--json")))

    def status_cmds(self, n):
        return {"steward status": self.cli("status")}

    def log_files(self):
        archives = glob.glob(self.log(0) + ".*")
        return sorted(archives, key=lambda f: -int(f.rsplit(".", 1)[1])) + [self.log(0)]

    def direct_supervisors(self):
        with open(self.home + "/run/daemon.pid") as f:
            return [int(f.read())]

    def restart_after_crash(self):
        self.up()

    def revive(self):
        self.tool(self.cli("start", "c0"))

    def stop_child(self):
        self.tool(self.cli("stop", "c0"))

    def stop_tool(self):
        self.tool(self.cli("down"))

    def version(self):
        java = self.tool([LAUNCHER, "version"]).strip()
        return java.removeprefix("steward ")


class Beating(Steward):
    """Its child beats, so that one that is frozen can be told from one that is quiet."""
    name = "steward-beat"

    def configure(self, n, argv_for):
        super().configure(n, argv_for)
        script = f"echo $$ $(date +%s%N) >>{self.stamps}; while touch {self.dir}/hb; do sleep 0.5; done"
        agent = AGENT.format(i=0, command=json.dumps(["sh", "-c", script]), log=self.log(0)).replace("    ready: {after: 100ms}\n", "")
        beat = f"    heartbeat: {{path: {self.dir}/hb, every: 1s, stale_after: 3s}}\n"
        write(self.home + "/steward.yaml", "agents:\n" + agent + beat)


PEERS = [("steward", Steward)]
HANG_PEERS = [("steward, its child has a heartbeat", Beating)]
