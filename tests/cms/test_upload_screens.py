"""Every way in which Wagtail takes a file: one door behind all of them, and never a server error."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import UploadedFile

from cms.models import HubDocument, HubImage
from tests.cms import bad_files as files
from tests.factories.cms import HubDocumentFactory, HubImageFactory, collection_of

pytestmark = pytest.mark.django_db


def single(client, hub, name, content):
    response = client.post("/admin/images/add/", {"title": "图", "file": SimpleUploadedFile(name, content), "collection": collection_of(hub).pk, "tags": ""})
    return response.status_code, response.content.decode()


def multiple(client, hub, name, content, title="图"):
    sent = {"title": title, "files[]": SimpleUploadedFile(name, content), "collection": collection_of(hub).pk}
    response = client.post("/admin/images/multiple/add/", sent)
    return response.status_code, response.content.decode()


def chooser(client, hub, name, content):
    sent = {
        "image-chooser-upload-title": "图",
        "image-chooser-upload-file": SimpleUploadedFile(name, content),
        "image-chooser-upload-collection": collection_of(hub).pk,
        "image-chooser-upload-tags": "",
    }
    response = client.post("/admin/images/chooser/create/", sent)
    return response.status_code, response.content.decode()


def replacing(client, hub, name, content):
    image = HubImage.objects.first() or HubImageFactory(hub=hub)
    sent = {"title": "图", "file": SimpleUploadedFile(name, content), "collection": collection_of(hub).pk, "tags": "", "description": ""}
    response = client.post(f"/admin/images/{image.pk}/", sent)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("screen", [single, multiple, chooser, replacing])
@pytest.mark.parametrize(("name", "content", "code"), files.BAD_PICTURES.values(), ids=files.BAD_PICTURES)
def test_a_bad_picture_is_a_form_error_on_every_screen(hub, as_role, screen, name, content, code):
    if screen is replacing:
        HubImageFactory(hub=hub)
    before = list(HubImage.objects.values_list("file_hash", "file"))
    status, answer = screen(as_role("editor"), hub, name, content)

    assert status == 200
    assert list(HubImage.objects.values_list("file_hash", "file")) == before
    assert UploadedFile.objects.count() == 0
    if screen is multiple:
        assert json.loads(answer)["success"] is False
        assert json.loads(answer)["error_message"] != ""


@pytest.mark.parametrize(("screen", "status"), [(single, 302), (multiple, 200), (chooser, 200), (replacing, 302)])
def test_a_good_picture_comes_in_clean_on_every_screen(hub, as_role, screen, status):
    assert screen(as_role("editor"), hub, "猫.png", files.from_a_phone())[0] == status
    image = HubImage.objects.get()
    with image.file.open() as kept:
        content = kept.read()

    assert b"Camera of somebody" not in content
    assert image.file.name.endswith(".jpg")
    assert (image.width, image.height) == (40, 80)
    with Image.open(BytesIO(content)) as seen:
        assert dict(seen.getexif()) == {}


def test_what_the_multiple_uploader_keeps_while_a_title_is_mended_is_clean_too(hub, as_role):
    client = as_role("editor")
    answer = json.loads(multiple(client, hub, "cat.jpg", files.from_a_phone(), title="长" * 300)[1])
    kept = UploadedFile.objects.get()
    with kept.file.open() as content:
        assert b"Camera of somebody" not in content.read()

    prefix = f"uploaded-image-{kept.pk}"
    done = client.post(
        f"/admin/images/multiple/create_from_uploaded_image/{kept.pk}/",
        {f"{prefix}-title": "短", f"{prefix}-collection": collection_of(hub).pk, f"{prefix}-tags": "", f"{prefix}-description": ""},
    )

    assert answer["success"] is True
    assert done.json()["success"] is True
    with HubImage.objects.get().file.open() as content:
        assert b"Camera of somebody" not in content.read()


def document_single(client, hub, name, content):
    sent = {"title": "表", "file": SimpleUploadedFile(name, content), "collection": collection_of(hub).pk, "tags": ""}
    return client.post("/admin/documents/add/", sent)


def document_multiple(client, hub, name, content):
    return client.post("/admin/documents/multiple/add/", {"title": "表", "files[]": SimpleUploadedFile(name, content), "collection": collection_of(hub).pk})


def document_chooser(client, hub, name, content):
    prefix = "document-chooser-upload"
    sent = {f"{prefix}-title": "表", f"{prefix}-file": SimpleUploadedFile(name, content), f"{prefix}-collection": collection_of(hub).pk, f"{prefix}-tags": ""}
    return client.post("/admin/documents/chooser/create/", sent)


@pytest.mark.parametrize("screen", [document_single, document_multiple, document_chooser])
@pytest.mark.parametrize(("name", "content", "code"), files.BAD_DOCUMENTS.values(), ids=files.BAD_DOCUMENTS)
def test_a_bad_document_is_a_form_error_on_every_screen(hub, as_role, screen, name, content, code):
    assert screen(as_role("editor"), hub, name, content).status_code == 200
    assert HubDocument.objects.count() == 0
    assert UploadedFile.objects.count() == 0


@pytest.mark.parametrize(("screen", "status"), [(document_single, 302), (document_multiple, 200), (document_chooser, 200)])
def test_a_good_document_comes_in_on_every_screen(hub, as_role, screen, status):
    assert screen(as_role("editor"), hub, "申请表.docx", files.DOCX).status_code == status
    assert HubDocument.objects.get().file.read() == files.DOCX


def linked(hub, document, *, live):
    from tests.factories.cms import standing

    page = standing(hub, "表格", slug="forms", text=f'<a linktype="document" id="{document.pk}">表</a>')
    page.live = live
    page.save()


@pytest.mark.parametrize(("is_linked", "live", "status"), [(False, True, 404), (True, False, 404), (True, True, 200)])
def test_a_document_is_public_once_a_live_page_leads_to_it(hub, client, is_linked, live, status):
    document = HubDocumentFactory(hub=hub)
    if is_linked:
        linked(hub, document, live=live)

    assert client.get(document.url).status_code == status


def test_staff_of_its_hub_see_a_document_before_that(hub, second_hub, as_role):
    document = HubDocumentFactory(hub=hub)

    assert as_role("editor").get(document.url).status_code == 200
    assert as_role("clerk").get(document.url).status_code == 404
    assert as_role("editor", at=second_hub).get(document.url).status_code == 404


def test_a_document_is_a_download(hub, client):
    document = HubDocumentFactory(hub=hub)
    linked(hub, document, live=True)
    response = client.get(document.url)

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_media_serves_pictures_in_the_sizes_pages_show_and_nothing_else(hub, client):
    image, document = HubImageFactory(hub=hub), HubDocumentFactory(hub=hub)
    shown = client.get(image.get_rendition("max-20x20").url)

    assert (shown.status_code, shown["Content-Type"], shown["X-Content-Type-Options"]) == (200, "image/png", "nosniff")
    for name in [
        image.file.name,
        document.file.name,
        "images/",
        "images/none.png",
        "images/../hub.sqlite3",
        "images/%2e%2e/x.png",
        "images/a/b.png",
        "readyz.txt",
    ]:
        assert client.get(f"/media/{name}").status_code == 404
