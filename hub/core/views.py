"""Pages of the house itself: is it alive, is it ready, and the answer to a form that came too late."""

import time

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views import defaults
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub.core.joins import periodic_jobs

STARTED = time.time()
JOBS_SILENT_AT_MOST = 20 * 60  # seconds; the most frequent jobs run every few minutes


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"ok": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated, the cache answers, files can be written and the jobs run; else 503. Says which, not why."""
    found = {"database": _database_is_ready(), "cache": _cache_answers(), "files": _files_can_be_written(), "jobs": _jobs_are_run()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token: say what to do, keep nothing."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What could not be read. Asked at an address that is not ours: the way to the right one, on a page that asks nothing of the request,
    since every page's own context asks which host it is, and would be refused once more."""
    if not isinstance(exception, DisallowedHost):
        return defaults.bad_request(request, exception)
    with translation.override("en" if request.path_info.startswith("/en/") else settings.LANGUAGE_CODE):
        return HttpResponseBadRequest(render_to_string("400_host.html", {"home_url": f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/"}))


def _database_is_ready() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _cache_answers() -> bool:
    try:
        caches["default"].set("readyz", 1, 10)
        return bool(caches["default"].get("readyz") == 1)
    except DatabaseError:
        return False


def _jobs_are_run() -> bool:
    """Whether `keep_house` has run any job lately, or this process has only just started. One job that fails is in the log."""
    try:
        ran = caches["default"].get_many([f"job:{job.name}" for job in periodic_jobs])
    except DatabaseError:
        return False
    last: float = max([STARTED, *ran.values()])
    return time.time() - last < JOBS_SILENT_AT_MOST


def _files_can_be_written() -> bool:
    try:
        name = default_storage.save("readyz.txt", ContentFile(b"ok"))
        default_storage.delete(name)
    except OSError:
        return False
    return True
