"""Is the Chinese catalogue whole: every source string in it, none empty or fuzzy, and the compiled file the very same."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "hub/locale/zh_Hans/LC_MESSAGES/django.po"
IGNORED = ["tests", "bench", "var", ".venv*", "hub/locale", "hub/locale_vendor", "node_modules"]


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings.test")
    django.setup()
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        gathered = Path(folder) / "zh_Hans/LC_MESSAGES/django.po"
        gathered.parent.mkdir(parents=True)
        shutil.copy(CATALOGUE, gathered)
        settings.LOCALE_PATHS = [folder]
        call_command("makemessages", locale=["zh_Hans"], no_location=True, no_obsolete=True, no_wrap=True, ignore_patterns=IGNORED, verbosity=0)
        found = [f"without Chinese: {line}" for line in entries(gathered, "--untranslated")]
        found += [f"fuzzy: {line}" for line in entries(gathered, "--only-fuzzy")]
        found += [f"in the catalogue, not in the source: {line}" for line in sorted(set(entries(CATALOGUE)) - set(entries(gathered)))]
        compiled = Path(folder) / "django.mo"
        subprocess.run(["msgfmt", "-c", "-o", str(compiled), str(CATALOGUE)], check=True)
        if compiled.read_bytes() != CATALOGUE.with_suffix(".mo").read_bytes():
            found.append("django.mo is not the compiled django.po: run 'make messages'")
    print("\n".join(found) if found else "the catalogue is whole")
    return 1 if found else 0


def entries(path: Path, *choice: str) -> list[str]:
    """The msgid lines that msgattrib chooses."""
    text = subprocess.run(["msgattrib", "--no-wrap", "--no-obsolete", *choice, str(path)], check=True, capture_output=True, text=True).stdout
    return [line for line in text.splitlines() if line.startswith("msgid ") and line != 'msgid ""']


if __name__ == "__main__":
    sys.exit(main())
