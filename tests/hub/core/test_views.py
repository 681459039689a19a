"""Alive and ready: what a proxy and the administrator ask."""

import time

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import DatabaseError

from hub.core import views
from hub.core.joins import periodic_jobs

pytestmark = pytest.mark.django_db
ALL_WELL = {"database": True, "cache": True, "files": True, "jobs": True}


@pytest.fixture
def long_up(monkeypatch, settings, tmp_path):
    """A process that has been up for a day, with files of its own."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(views, "STARTED", time.time() - 24 * 3600)
    for job in periodic_jobs:
        cache.delete(f"job:{job.name}")


def ready(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json()


def test_the_process_answers(client):
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (200, {"ok": True})


def test_ready_when_everything_answers(client, long_up):
    cache.set("job:notifications.send", time.time() - 60)

    assert ready(client) == (200, ALL_WELL)


def test_not_ready_when_no_job_has_run_for_long(client, long_up):
    cache.set("job:notifications.send", time.time() - views.JOBS_SILENT_AT_MOST - 1)

    assert ready(client) == (503, ALL_WELL | {"jobs": False})


def test_a_process_that_has_just_started_waits_for_the_jobs(client, long_up, monkeypatch):
    monkeypatch.setattr(views, "STARTED", time.time())

    assert ready(client) == (200, ALL_WELL)


def test_not_ready_when_files_cannot_be_written(client, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)

    assert ready(client) == (503, ALL_WELL | {"files": False})


def test_not_ready_when_the_database_is_gone(client, monkeypatch):
    class Gone:
        def __init__(self, *_args):
            raise DatabaseError("the server closed the connection")

    monkeypatch.setattr(views, "MigrationExecutor", Gone)

    assert ready(client) == (503, ALL_WELL | {"database": False})


@pytest.mark.parametrize(("path", "words"), [("/en/rooms/", "Ours is"), *((path, "请用这个") for path in ("/", "/api/v1/rooms", "/admin/", "/healthz"))])
@pytest.mark.parametrize("host", ["evil.example", "a b", "测试", "127.0.0.1:80:80", "x" * 300])
def test_an_address_that_is_not_ours_is_refused_with_the_right_one(client, path, words, host):
    client.cookies["sessionid"] = "nobody"
    answer = client.get(path, headers={"host": host}, raise_request_exception=False)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert 'href="http://localhost/"' in page
    assert host not in page
