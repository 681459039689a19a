"""`manage.py api_token <username>`: a token for the JSON interface, printed this once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.hubs.models import Hub
from hub.people.models import User
from hub.people.signin.tokens import issue_token


class Command(BaseCommand):
    help = "Print a new token with which a programme acts as this user. It is shown once and kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--hub", default="", help="the hub's short name; may be left out where there is one hub, or for the default site's")
        parser.add_argument("--label", default="", help="what it is for")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active account '{options['username']}'.")
        self.stdout.write(issue_token(user=user, hub=hub_named(options["hub"]), label=options["label"][:60]))


def hub_named(slug: str) -> Hub:
    """The hub with that short name; with '' the only one, or that of the default site. CommandError when there is none."""
    hubs = Hub.objects.filter(slug=slug) if slug else Hub.objects.all()
    found = list(hubs) if slug or hubs.count() == 1 else list(hubs.filter(site__is_default_site=True))
    if not found:
        known = ", ".join(Hub.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise CommandError(f"Which hub? Name it with --hub ({known}).")
    return found[0]
