"""`make check`: everything that can be known without running the suite. Each check by itself, all of them even when one fails."""

import os
import secrets
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
MANAGE = [PYTHON, "manage.py"]
TEST = {"DJANGO_SETTINGS_MODULE": "hub.settings.test"}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "hub.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "FIELD_KEYS": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    "INDEX_KEY": secrets.token_urlsafe(32),
    "BASE_URL": "https://hub.example.org",
    "ALLOWED_HOSTS": "hub.example.org",
    "HUB_DEMO": "0",
}
CHECKS: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff", [str(BIN / "ruff"), "check", "-q", "."], {}),
    ("mypy", [str(BIN / "mypy"), "hub", "cms", "bookings", "mutualaid"], {}),
    ("import contracts", [str(BIN / "lint-imports"), "--no-cache"], TEST),
    ("templates", [PYTHON, "-m", "tests.template_check"], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], TEST),
    ("catalogue", [PYTHON, "-m", "tests.catalogue_check"], TEST),
    ("production settings", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
]


def main() -> int:
    failed = []
    for name, command, environment in CHECKS:
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)
        print(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout[-8000:] + done.stderr[-4000:], flush=True)
    print(f"{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
