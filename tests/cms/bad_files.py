"""Files that people and attackers upload."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

GPS_TAG, MAKE_TAG = 0x8825, 0x010F


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: object) -> bytes:
    """A good picture."""
    out = BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(out, format=kind, **options)
    return out.getvalue()


def from_a_phone() -> bytes:
    """A JPEG with the place it was taken at, the camera, a comment, turned on its side."""
    exif = Image.Exif()
    exif[MAKE_TAG] = "Camera of somebody"
    exif[0x0112] = 6  # turn 90° to see it
    exif.get_ifd(GPS_TAG).update({1: "N", 2: (34.0, 44.0, 59.0), 3: "E", 4: (113.0, 41.0, 2.0)})
    return picture("JPEG", (80, 40), exif=exif.tobytes(), comment=b"taken at home")


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int = 11_000, height: int = 11_000, *, rows: int | None = None) -> bytes:
    """A small PNG of 121 million points; with `rows`, one that only claims them."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    points = zlib.compress(b"\0" * ((width // 8 + 1) * (height if rows is None else rows)), 9)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", points) + png_chunk(b"IEND", b"")


def office(main: str, extra: dict[str, bytes] | None = None) -> bytes:
    """A Word or Excel file as far as anybody looks."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(main, "<x/>")
        for name, content in (extra or {}).items():
            packed.writestr(name, content)
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
EXE = b"MZ\x90\x00" + b"\x00" * 200
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

BAD_PICTURES = {
    "a program named picture": ("cat.jpg", EXE, "picture_format"),
    "an svg with a script": ("cat.svg", SVG, "picture_format"),
    "an svg named png": ("cat.png", SVG, "picture_format"),
    "a gif": ("cat.gif", picture("GIF"), "picture_format"),
    "a page of html": ("cat.png", b"<html><script>alert(1)</script>", "picture_format"),
    "a jpeg that stops after its first bytes": ("cat.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40, "picture_format"),
    "a jpeg cut in half": ("cat.jpg", picture("JPEG", (400, 400), quality=95)[:900], "picture_unreadable"),
    "a png with broken points": ("cat.png", picture("PNG", (50, 50))[:45] + b"\x00" * 60, "picture_unreadable"),
    "a png that is only its first bytes": ("cat.png", b"\x89PNG\r\n\x1a\n" + b"x" * 60, "picture_format"),
    "a webp with nothing in it": ("cat.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 30, "picture_format"),
    "a bomb of 121 million points": ("cat.png", bomb(), "picture_pixels"),
    "a header that claims far more": ("cat.png", bomb(60_000, 60_000, rows=1), "picture_huge"),
    "nothing at all": ("cat.png", b"", "empty"),
}
BAD_DOCUMENTS = {
    "a program named pdf": ("form.pdf", EXE, "document_other"),
    "a pdf without an end": ("form.pdf", b"%PDF-1.4 and no more", "document_other"),
    "a page of html": ("form.html", b"<html>", "document_format"),
    "a program": ("form.exe", EXE, "document_format"),
    "an svg": ("form.svg", SVG, "document_format"),
    "a table named letter": ("form.docx", XLSX, "document_other"),
    "a letter that is no archive": ("form.docx", b"PK\x03\x04" + b"\x00" * 30, "document_other"),
    "a letter with macros": ("form.docx", office("word/document.xml", {"word/vbaProject.bin": b"x"}), "document_macros"),
    "a table that unpacks to a flood": ("form.xlsx", office("xl/workbook.xml", {"xl/x": b"\0" * 210_000_000}), "document_bomb"),
    "nothing at all": ("form.pdf", b"", "empty"),
}
