"""Runs the periodic jobs of all apps, each when it is due, until it is ended."""

import logging
import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.cache import cache
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from hub.core.joins import PeriodicJob, periodic_jobs

log = logging.getLogger(__name__)
TICK_SECONDS = 5


class Command(BaseCommand):
    help = "Run the periodic jobs (--once: each of them now, then end). Safe to run twice and two at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and end")
        parser.add_argument("--list", action="store_true", help="say which jobs there are")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for job in periodic_jobs:
                self.stdout.write(f"{job.name:<24} every {job.every_minutes} min  {job.about}")
            return
        if options["once"]:
            for job in periodic_jobs:
                self.stdout.write(f"{job.name}: {run(job)}")
            return
        self.keep_going()

    def keep_going(self) -> None:
        """Until SIGTERM or SIGINT."""
        going = True

        def stop(*_: object) -> None:
            nonlocal going
            going = False

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        due_at: dict[str, float] = {}
        while going:
            for job in periodic_jobs:
                if going and time.monotonic() >= due_at.get(job.name, 0):
                    run(job)
                    due_at[job.name] = time.monotonic() + job.every_minutes * 60
            close_old_connections()
            time.sleep(TICK_SECONDS)


def run(job: PeriodicJob) -> int | None:
    """Run one job; a failure is logged and does not stop the others. The heartbeat is what readyz and the administrator read."""
    try:
        done = job.run()
    except Exception:
        log.exception("job %s failed", job.name)
        return None
    cache.set(f"job:{job.name}", time.time(), timeout=None)
    return done
