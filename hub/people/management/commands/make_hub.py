"""Opens a hub of one's own: asks for name, address, hotline, hours and the first director."""

import getpass
import os
import secrets
import unicodedata
from argparse import ArgumentParser
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.text import slugify

from hub.hubs.actions import open_hub
from hub.hubs.models import Hub
from hub.people.actions.roles import grant_role
from hub.people.models import User
from hub.people.states import Roles

ASKED = [
    ("name", "Name of the hub (西大街社区之家)", ""),
    ("slug", "Short name for files and groups (xidajie)", "hub"),
    ("address", "Address", ""),
    ("hotline", "Hotline number, without area code", ""),
    ("area_code", "Area code", "0371"),
    ("from", "Hotline answers from", "08:00"),
    ("until", "Hotline answers until", "20:00"),
    ("director", "Username of the first director", "director"),
]


def hour(typed: str) -> time:
    """8:00, 08:00 and full-width ８：００; ValidationError when it is no time of day."""
    try:
        return time.fromisoformat(unicodedata.normalize("NFKC", typed).strip().zfill(5))
    except ValueError:
        raise ValidationError(f"{typed} is no time of day. Please write it as 8:00.") from None


class Command(BaseCommand):
    help = "Open a hub. What is not given as an option (or HUB_NAME, HUB_ADDRESS … in the environment) is asked for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, words, _default in ASKED:
            parser.add_argument(f"--{name.replace('_', '-')}", dest=name, help=words)
        parser.add_argument("--hostname", default="127.0.0.1", help="the host name of its address")

    def handle(self, *args: Any, **options: Any) -> None:
        if Hub.objects.exists():
            self.stdout.write("A hub is open already; nothing was changed.")
            return
        given = {name: options[name] or os.environ.get(f"HUB_{name.upper()}") or self.ask(words, default) for name, words, default in ASKED}
        password = os.environ.get("HUB_DIRECTOR_PASSWORD") or (getpass.getpass("Password of the director (empty: one is made): ") if os.isatty(0) else "")
        made = not password
        password = password or secrets.token_urlsafe(12)
        try:
            self.open(given, password, options["hostname"])
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        self.stdout.write(f"The hub is open. Sign in at /login/?password=1 as {given['director']}" + (f" with the password {password}" if made else ""))

    @staticmethod
    def ask(words: str, default: str) -> str:
        """One line from the keyboard; CommandError where there is no keyboard and no default."""
        if os.isatty(0):
            return input(f"{words}{f' [{default}]' if default else ''}: ").strip() or default
        if default:
            return default
        raise CommandError(f"Missing: {words}. Give it as an option or in the environment (manage.py make_hub --help).")

    @staticmethod
    @transaction.atomic
    def open(given: dict[str, str], password: str, hostname: str) -> None:
        """The hub, and its first director, who is also publisher and administrator until there are more people."""
        from_, until = hour(given["from"]), hour(given["until"])
        if from_ >= until:
            raise ValidationError(f"The hotline answers from {given['from']} until {given['until']}: the second has to be later, for example 20:00.")
        hub = open_hub(
            slug=slugify(given["slug"]) or "hub",
            name_zh=given["name"],
            address_zh=given["address"],
            hotline=given["hotline"],
            area_code=given["area_code"],
            hotline_from=from_,
            hotline_until=until,
            hostname=hostname,
            is_default=True,
        )
        user = User(username=given["director"])
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        for role in (Roles.DIRECTOR, Roles.PUBLISHER, Roles.ADMIN):
            grant_role(user=user, hub=hub, role=role)
