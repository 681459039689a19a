"""The one way in for files."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from hub.core.uploads import LONGEST_SIDE, UploadRefused, check_document, clean_picture, take_picture
from tests.cms import bad_files as files


@pytest.mark.parametrize(("name", "content", "code"), files.BAD_PICTURES.values(), ids=files.BAD_PICTURES)
def test_what_is_no_good_picture_is_refused_with_a_sentence(name, content, code):
    with pytest.raises(UploadRefused) as refused:
        clean_picture(BytesIO(content))

    assert refused.value.code == code
    assert "%(" not in str(refused.value)


@pytest.mark.parametrize(("name", "content", "code"), files.BAD_DOCUMENTS.values(), ids=files.BAD_DOCUMENTS)
def test_what_is_no_good_document_is_refused_with_a_sentence(name, content, code):
    with pytest.raises(UploadRefused) as refused:
        check_document(SimpleUploadedFile(name, content))

    assert refused.value.code == code
    assert "%(" not in str(refused.value)


@pytest.mark.parametrize(("name", "content"), [("form.pdf", files.PDF), ("FORM.PDF", files.PDF), ("form.docx", files.DOCX), ("form.xlsx", files.XLSX)])
def test_good_documents_pass_unchanged(name, content):
    upload = SimpleUploadedFile(name, content)

    check_document(upload)

    assert upload.read() == content


def test_a_picture_that_is_too_heavy_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 100

    with pytest.raises(UploadRefused) as refused:
        clean_picture(BytesIO(files.picture("PNG", (300, 300)) + b"\0" * 100))

    assert refused.value.code == "too_heavy"


@pytest.mark.parametrize(("points", "is_taken"), [(2_400, True), (2_399, False)])
def test_the_limit_of_points_is_the_settings(settings, points, is_taken):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = points
    taken = True
    try:
        clean_picture(BytesIO(files.picture("PNG", (60, 40))))
    except UploadRefused:
        taken = False

    assert taken == is_taken


def test_nothing_of_the_phone_is_left_and_the_picture_stands_upright():
    clean = clean_picture(BytesIO(files.from_a_phone()))

    with Image.open(BytesIO(clean.content)) as seen:
        assert dict(seen.getexif()) == {}
        assert set(seen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert seen.size == (40, 80)
    assert b"Camera of somebody" not in clean.content
    assert b"taken at home" not in clean.content


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_nothing_of_the_maker_is_left_in_png_and_webp(kind):
    exif = Image.Exif()
    exif[files.MAKE_TAG] = "Camera of somebody"
    clean = clean_picture(BytesIO(files.picture(kind, exif=exif.tobytes())))

    with Image.open(BytesIO(clean.content)) as seen:
        assert dict(seen.getexif()) == {}
    assert b"somebody" not in clean.content


def test_what_hangs_behind_the_picture_is_cut_off():
    clean = clean_picture(BytesIO(files.picture("PNG") + files.office("word/document.xml")))

    assert b"document.xml" not in clean.content


def test_the_type_comes_from_the_content():
    upload = SimpleUploadedFile("猫.png", files.picture("JPEG"), "image/png")

    take_picture(upload)

    assert (upload.name, upload.content_type, upload.size) == ("猫.jpg", "image/jpeg", len(upload.read()))


def test_a_large_upload_on_disk_is_cleaned_in_place():
    upload = TemporaryUploadedFile("big.jpg", "image/jpeg", 0, None)
    upload.write(files.from_a_phone())

    take_picture(upload)

    assert b"Camera of somebody" not in Path(upload.temporary_file_path()).read_bytes()


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "LA", "RGBA"),
        ("PNG", "P", "RGB"),
        ("PNG", "L", "L"),
        ("PNG", "1", "L"),
        ("JPEG", "CMYK", "RGB"),
        ("WEBP", "RGBA", "RGBA"),
    ],
)
def test_every_colour_mode_survives(kind, mode, expected):
    clean = clean_picture(BytesIO(files.picture(kind, mode=mode)))

    with Image.open(BytesIO(clean.content)) as seen:
        assert seen.mode == expected


def test_a_colour_profile_is_worked_in_and_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    clean = clean_picture(BytesIO(files.picture("JPEG", icc_profile=profile)))

    with Image.open(BytesIO(clean.content)) as seen:
        assert "icc_profile" not in seen.info


def test_a_broken_colour_profile_costs_nothing_but_its_colours():
    clean = clean_picture(BytesIO(files.picture("JPEG", icc_profile=b"not a profile")))

    with Image.open(BytesIO(clean.content)) as seen:
        assert seen.size == (60, 40)


def test_no_side_stays_longer_than_any_page_shows():
    clean = clean_picture(BytesIO(files.picture("PNG", (5000, 100))))

    with Image.open(BytesIO(clean.content)) as seen:
        assert max(seen.size) == LONGEST_SIDE


@given(st.binary(min_size=1, max_size=400), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBPVP8L", b"GIF89a"]))
def test_no_bytes_whatever_break_it(noise, start):
    with suppress(UploadRefused):  # any other exception fails the test
        clean_picture(BytesIO(start + noise))
