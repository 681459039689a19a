"""Asks every app whether something is so that must never be."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from hub.core.joins import integrity_checks


class Command(BaseCommand):
    help = "Overlaps, orphans, guards that are missing: one line a finding, exit code 1 when there is any."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for check in integrity_checks:
            for sentence in check.find():
                self.stderr.write(f"{check.name}: {sentence}")
                found += 1
        self.stdout.write(f"{len(integrity_checks)} checks, {found} findings")
        if found:
            sys.exit(1)
