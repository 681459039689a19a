"""Fills the demo: two hubs, people, rooms, two months of bookings in every state. Safe to run again."""

import random
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from hub.core import clock
from hub.core.demo import World
from hub.core.joins import demo_seeds
from hub.hubs.demo import open_demo_hubs


class Command(BaseCommand):
    help = "Fill the demo (only with HUB_DEMO=1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2026, help="the chance's seed: the same seed gives the same demo")
        parser.add_argument("--scale", type=int, default=1, help="how many times as many people and bookings")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.HUB_DEMO:
            raise CommandError("The demo's logins are known to everybody: set HUB_DEMO=1 to say that this is a demo.")
        hub, second_hub = open_demo_hubs()
        world = World(hub=hub, second_hub=second_hub, now=clock.now(), random=random.Random(options["seed"]), scale=options["scale"])  # noqa: S311  a repeatable chance is wanted
        for seed in demo_seeds:
            with transaction.atomic():  # whole or not at all; and one wait for the disk instead of thousands
                seed.seed(world)
            if options["verbosity"] > 1:
                self.stdout.write(f"  {seed.name}")
