"""An example plug-in: a 30-line supervisor in Python (waitpid loop, stdout straight to out{i}.log), and its adapter.
    ./bench peers --plugin example_plugin --only mine,floor --sections A --quick --out mine.json"""
import sys
from adapters import Adapter, write

SRC = r'''
import json, os, sys
spec = json.load(open(sys.argv[1])); pids = {}
def start(i):
    pid = os.fork()
    if not pid:
        fd = os.open(spec["dir"] + "/out%d.log" % i, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(fd, 1); os.execv(spec["argv"][i][0], spec["argv"][i])
    pids[pid] = i
for i in range(len(spec["argv"])): start(i)
while True:
    pid, st = os.waitpid(-1, 0)
    if pid in pids: start(pids.pop(pid))
'''


class Mine(Adapter):
    name = "mine"

    def start(self, n, argv_for, log=None):
        import json
        write(self.dir + "/sup.py", SRC)
        write(self.dir + "/spec.json", json.dumps({"dir": self.dir, "argv": [argv_for(i) for i in range(n)]}))
        self.go()

    def go(self):
        self.spawn(["/usr/bin/python3", self.dir + "/sup.py", self.dir + "/spec.json"])

    def log_files(self): return [self.dir + "/out0.log"]           # no rotation
    def restart_after_crash(self): self.go()
    def stop_tool(self): [p.terminate() for p in self.popen]
    def version(self): return sys.version.split()[0]


PEERS = [("mine (example)", Mine)]
