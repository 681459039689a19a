"""`manage.py add_staff <username> --role director`: an account for somebody who works here; the password is printed this once."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from hub.people.management.commands.api_token import hub_named
from hub.people.signin.actions import open_staff_account
from hub.people.states import Roles


class Command(BaseCommand):
    help = "Make a staff account, or give an existing account a role. A new account's password is made by chance and printed once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--hub", default="", help="the hub's short name; may be left out where there is one hub")
        parser.add_argument("--role", required=True, choices=Roles.values)
        parser.add_argument("--name", default="", help="as colleagues and residents read it")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = hub_named(options["hub"])
        try:
            user, password = open_staff_account(hub=hub, username=options["username"], role=options["role"], name=options["name"])
        except ValidationError as wrong:
            raise CommandError(" ".join(wrong.messages)) from None
        if password:
            self.stdout.write(f"username: {user.username}\npassword: {password}\nThe password is shown only now; change it after signing in.")
        else:
            self.stdout.write(f"{user.username} was there already and keeps its password; it is now {options['role']} of {hub.slug}.")
