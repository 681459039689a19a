"""`manage.py change_keys`: after a new key was put in front of FIELD_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.people.signin.keys import reseal_everything


class Command(BaseCommand):
    help = "Seal ID numbers and second factors anew with the first of FIELD_KEYS; then the old keys can be taken out. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        found = reseal_everything()
        self.stdout.write(f"{found.numbers} ID numbers and {found.factors} second factors are sealed with the first key.")
        if found.unreadable:
            raise CommandError(f"None of FIELD_KEYS opens these, they were left as they are: {', '.join(found.unreadable)}. Keep the old keys.")
        self.stdout.write("The keys behind it are no longer needed. Keep them as long as you keep backups from before.")
