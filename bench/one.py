"""Runs one module of rows on the database that BENCH_DATABASE_URL names, and prints its rows as JSON: a process of its own for each."""

import json
import os
import sys
from dataclasses import asdict
from importlib import import_module

import django


def main(module: str, is_quick: bool, roots: list[int]) -> None:
    """`roots` are the processes that count as ours, beside this one: the database server."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    from bench.quiet import PATIENCE, Watch
    from bench.run import Run

    this = Run(is_quick=is_quick, watch=Watch([os.getpid(), *roots], patience=0 if is_quick else PATIENCE))
    print(json.dumps([asdict(row) for row in import_module(f"bench.{module}").rows(this)]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] == "quick", [int(root) for root in sys.argv[3:]])
