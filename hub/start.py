"""`make start` and `make hub`: bring the database and the files up to date, then serve.

One command line for somebody who has Python and make; Ctrl-C ends the server and the worker together. What has been brought up to
date is remembered by a fingerprint of migrations, locks, static files and catalogues, so that the second start only serves.
"""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from hub.settings.keys import write_env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
BIN = Path(sys.executable).parent
LOGINS = (
    "resident neighbour elder guardian organisation operator clerk provider volunteer coordinator reviewer reviewer2 reviewer3 "
    "editor publisher director admin stranger"
)


def main() -> int:
    ask = argparse.ArgumentParser(description="Serve the demo, or (--own) an empty hub of one's own.")
    ask.add_argument("--own", action="store_true", help="an empty hub: asks for its name, address, hotline, hours and first director")
    own: bool = ask.parse_args().own
    write_env()
    VAR_DIR.mkdir(exist_ok=True)
    host = os.environ.get("HOST", "127.0.0.1")
    port = free_port(host, int(os.environ.get("PORT") or "8000"))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hub.settings.demo",
        "HUB_DEMO": "0" if own else "1",
        "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / ('hub.sqlite3' if own else 'demo.sqlite3')}"),
        "BASE_URL": f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}",  # noqa: S104  the user asked for it: a phone in the house
    }
    prepare(environment, own=own)
    return serve(environment, host, port, own=own)


def prepare(environment: dict[str, str], *, own: bool) -> None:
    """Migrate, gather static files, fill the demo or open the hub; nothing when the fingerprint says it was done."""
    stamp = VAR_DIR / ("own.stamp" if own else "demo.stamp")
    mark = fingerprint(environment["DATABASE_URL"])
    if stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
        return
    steps = [["migrate", "--verbosity=0"], ["createcachetable"], ["collectstatic", "--noinput", "--verbosity=0"]]
    steps.append(["make_hub"] if own else ["seed_demo"])
    steps.append(["update_index", "--verbosity=0"])
    for step in steps:
        print("  " + step[0] + " …", flush=True)
        subprocess.run([sys.executable, "manage.py", *step], cwd=BASE_DIR, env=environment, check=True)  # noqa: S603  our own commands
    stamp.write_text(mark, encoding="utf-8")


def fingerprint(database: str) -> str:
    """Changes when a migration, a lock, a static file, a catalogue or the demo's own code does."""
    found = hashlib.sha256(database.encode())
    for pattern in ("*/**/migrations/*.py", "requirements/run.txt", "static/**/*", "hub/locale*/**/*.mo", "**/demo.py"):
        for path in sorted(BASE_DIR.glob(pattern)):
            if path.is_file() and ".venv" not in path.parts:
                found.update(f"{path.relative_to(BASE_DIR)} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return found.hexdigest()


def free_port(host: str, first: int) -> int:
    """The first free port from `first` on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No free port between {first} and {first + 99}: close something, or set PORT.")


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def serve(environment: dict[str, str], host: str, port: int, *, own: bool) -> int:
    """Run the web server and, once it answers, the workers, until one ends or Ctrl-C comes; then end all."""
    web = [str(BIN / "gunicorn"), "hub.wsgi:application", "--bind", f"{host}:{port}", "--worker-class", "gthread", "--workers", "2"]
    web += ["--threads", "4", "--preload", "--graceful-timeout", "20", "--log-level", "warning"]
    workers = [[sys.executable, "manage.py", "keep_house"], [sys.executable, "manage.py", "db_worker", "--verbosity=0"]]
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    children = [subprocess.Popen(web, cwd=BASE_DIR, env=environment)]  # noqa: S603  our own commands
    try:
        while children[0].poll() is None and not answers(host, port):
            time.sleep(0.05)
        print(f"\n  {environment['BASE_URL']}\n")
        if not own:
            print(f"  Demo logins (the password is the username): {LOGINS}")
            print(f"  The second hub: http://beiyuan.localhost:{port}\n")
        print("  Ctrl-C ends it.", flush=True)
        children += [subprocess.Popen(command, cwd=BASE_DIR, env=environment) for command in workers]  # noqa: S603  our own commands
        while all(child.poll() is None for child in children):
            time.sleep(0.3)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            child.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
