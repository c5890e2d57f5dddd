"""The programs that the measurements of the audit trail run: the C floor, callers in a JVM like the daemon's, the launcher."""
import glob, os, subprocess
from adapters import BIN, REPOSITORY
from steward_adapter import LAUNCHER

HERE = os.path.dirname(os.path.abspath(__file__))
GROUPS = BIN + "/groups"
CLASSES = BIN + "/callers"


def steward(*words):
    return [LAUNCHER, *words]


def build():
    """After the launcher has made its build."""
    os.makedirs(CLASSES, exist_ok=True)
    subprocess.run(["gcc", "-O2", "-Wall", "-o", GROUPS, HERE + "/groups.c"], check=True)
    javac = os.path.dirname(java()[0]) + "/javac"
    subprocess.run([javac, "-d", CLASSES, "-cp", class_path(), HERE + "/Callers.java"], check=True)


def java():
    """What the launcher runs a daemon with, up to its program; without the AOT cache, which fits no other class path."""
    words = subprocess.run(steward("--java-command", "daemon"), stdout=subprocess.PIPE, check=True).stdout.decode().split("\0")
    return [word for word in words[:words.index("-jar")] if not word.startswith(("-XX:AOTCache", "-Dsteward."))]


def class_path():
    with open(REPOSITORY + "/.build/current") as f:
        current = REPOSITORY + "/.build/" + f.read().strip()
    return ":".join([CLASSES, current + "/steward.jar", *glob.glob(current + "/lib/*.jar")])


def callers(*words):
    command = java() + ["-cp", class_path(), "Callers", *map(str, words)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
