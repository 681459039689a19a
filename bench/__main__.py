"""`python -m bench [--quick] [--only NAME]`: every module `rows_*.py` on each database it names, one after the other, each in a process
of its own; then a table, and bench/results.json. Ends with 1 when a bar was not met.
"""

import argparse
import ast
import json
import os
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from bench.report import Row, keep, table
from bench.run import say

HERE = Path(__file__).parent
LONGEST = 900  # seconds for one module


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        addresses = {"sqlite": f"sqlite:///{folder}/first", "postgresql": "", "none": ""}
        roots: list[int] = []
        rows: list[Row] = []
        for module, databases in modules(asked.only):
            for vendor in databases:
                if vendor == "postgresql" and not addresses[vendor]:
                    addresses[vendor], roots = start_postgres()
                rows += rows_of(module, addresses[vendor], asked.quick, roots)
    print(table(rows))
    if not asked.quick and not asked.only:
        keep(rows)
        say("written to bench/results.json")
    return 1 if any(row.bar and row.ok is False for row in rows) else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="smaller and once, for working on the bench; nothing is kept")
    parser.add_argument("--only", default="", help="modules whose name contains this; nothing is kept")
    return parser.parse_args()


def modules(only: str) -> list[tuple[str, list[str]]]:
    """Names of the modules that give rows, with the databases each wants; read, not imported: Django waits for its database."""
    found = []
    for path in sorted(HERE.glob("rows_*.py")):
        if only in path.stem:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            wanted = [ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DATABASES"]
            found.append((path.stem, list(wanted[0])))
    return found


def start_postgres() -> tuple[str, list[int]]:
    """One server for every system: BENCH_DATABASE_URL, or one from a wheel; its address and its processes' root, where it is known."""
    if given := os.environ.get("BENCH_DATABASE_URL"):
        return given, []
    warnings.simplefilter("ignore")
    import psutil

    from tests.postgres_server import start

    address = start()
    folder = address.partition("host=")[2]
    pid = int((Path(folder) / "postmaster.pid").read_text().split()[0]) if (Path(folder) / "postmaster.pid").exists() else 0
    return address, [pid] if pid and psutil.pid_exists(pid) else []


def rows_of(module: str, address: str, is_quick: bool, roots: list[int]) -> list[Row]:
    """One module on one database."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.one", module, "quick" if is_quick else "full", *map(str, roots)]
    try:
        done = subprocess.run(command, env={**os.environ, "BENCH_DATABASE_URL": address}, stdout=subprocess.PIPE, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        sys.exit(f"bench.{module} took longer than {LONGEST // 60} minutes: the machine is too busy")
    if done.returncode:
        sys.exit(f"bench.{module} broke off")
    return [Row(**row) for row in json.loads(done.stdout.decode().splitlines()[-1])]


if __name__ == "__main__":
    sys.exit(main())
