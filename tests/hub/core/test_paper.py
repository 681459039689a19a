"""A page becomes a PDF with our own static files, and fetches nothing else."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread

import pytest

from hub.core import paper
from hub.core.uploads import UploadRefused, clean_picture
from tests.cms import bad_files as files
from tests.papers import needs_pango


@needs_pango
def test_a_page_becomes_a_pdf_in_chinese() -> None:
    page = '<link rel="stylesheet" href="/static/css/print.css"><h1>志愿服务证明</h1>'
    made, without = paper.pdf(page), paper.pdf(page.replace("志愿服务证明", ""))
    assert (made[:5], len(made) > len(without) + 1000) == (b"%PDF-", True)  # the characters' shapes are in it


def test_our_own_sheet_of_styles_is_used() -> None:
    assert paper.read(f"{paper.HERE}/static/css/print.css").startswith(b"/* On paper")


@pytest.mark.parametrize("address",
    ["file:///etc/passwd", "http://127.0.0.1:9/", "/media/secret.png", "/static/../pyproject.toml", "data:text/css,x", "/static/no.css"],
)
def test_nothing_but_a_static_file_is_given(address: str) -> None:
    with pytest.raises(ValueError, match=r"Nothing is fetched|No such static file"):
        paper.read(address if ":" in address else paper.HERE + address)


@needs_pango
def test_no_host_is_asked() -> None:
    asked: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Canary)
    Thread(target=server.handle_request, daemon=True).start()
    page = f'<img src="http://127.0.0.1:{server.server_port}/x"><link rel="stylesheet" href="http://127.0.0.1:{server.server_port}/y"><p>1'
    assert (paper.pdf(page)[:5], asked) == (b"%PDF-", [])
    server.server_close()


@needs_pango
def test_uploads_refuse_a_cut_picture_also_after_a_paper_was_made() -> None:
    paper.pdf("<p>1")
    with pytest.raises(UploadRefused) as refused:
        clean_picture(BytesIO(files.BAD_PICTURES["a jpeg cut in half"][1]))
    assert refused.value.code == "picture_unreadable"
