"""Steward beside the supervisors that people use now: respawn, memory, CPU, clients, logs, crashes, hangs."""
import os, runpy, sys

HERE = os.path.dirname(os.path.abspath(__file__)) + "/peers"
sys.path.insert(0, HERE)
runpy.run_path(HERE + "/peerbench.py", run_name="__main__")
