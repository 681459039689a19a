"""A page as a PDF. The one door to WeasyPrint, which is an optional extra (`pip install community-hub[pdf]`, and Pango on the machine).

Tried: the browser's own "save as PDF" stays the way everywhere else; Pillow writes PDF, but sets no Chinese line and no table.
"""

from functools import cache
from importlib import import_module
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from PIL import ImageFile

HERE = "http://paper.invalid"  # a name that no host can have: addresses on the page become whole against it


@cache
def makes_pdf() -> bool:
    """Whether the extra and what it needs of the machine are there."""
    try:
        _weasyprint()
    except (ImportError, OSError):  # OSError: the extra without Pango
        return False
    return True


def pdf(page: str) -> bytes:
    """A rendered page as PDF; only where `makes_pdf`. It is given our own static files and nothing else: no file, no host."""
    made: bytes = _weasyprint().HTML(string=page, base_url=f"{HERE}/", url_fetcher=_fetcher()()).write_pdf()
    return made


def _weasyprint() -> Any:
    """The package. Importing it tells Pillow to take cut pictures for whole ones, in the whole process: that is taken back."""
    package = import_module("weasyprint")
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return package


def _fetcher() -> Any:
    """The class that WeasyPrint asks for each address on the page; what raises ValueError is left out of the paper."""
    urls = import_module("weasyprint.urls")

    class OurStaticFiles(urls.URLFetcher):  # type: ignore[name-defined]  # its base is there only where the extra is
        def fetch(self, url: str, headers: Any = None) -> Any:
            return urls.URLFetcherResponse(url, read(url), {"Content-Type": guess_type(url)[0] or "application/octet-stream"})

    return OurStaticFiles


def read(url: str) -> bytes:
    """The bytes of one of our static files; ValueError for any other address."""
    address = urlsplit(url)
    path = unquote(address.path)
    if f"{address.scheme}://{address.netloc}" != HERE or not path.startswith(settings.STATIC_URL):
        raise ValueError(f"Nothing is fetched for a paper: {address.scheme}")
    return _static_file(path.removeprefix(settings.STATIC_URL))


def _static_file(name: str) -> bytes:
    """From where static files were collected, else from where they are kept; ValueError for one that is in neither."""
    if ".." in name:
        raise ValueError("No such static file: outside")
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as collected:
            return bytes(collected.read())
    found = finders.find(name)
    if not found:
        raise ValueError(f"No such static file: {name}")
    return Path(str(found)).read_bytes()
