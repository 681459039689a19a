"""Three pictures for the demo, drawn here: flat colour printed slightly off an ink line. No photographs, nobody's rights."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

PAPER, INK, BRICK, TILE, TAN, SHEET = "#F6EFE1", "#241F19", "#9F3220", "#9DB3B2", "#E2CFA6", "#FFFBF3"
WIDTH, HEIGHT, LINE, OFF = 1200, 800, 9, 10
Brush = ImageDraw.ImageDraw
Box = tuple[int, int, int, int]


def block(brush: Brush, box: Box, colour: str) -> None:
    """A colour plate with its line, the colour a little to the right and below."""
    left, top, right, bottom = box
    brush.rectangle((left + OFF, top + OFF, right + OFF, bottom + OFF), fill=colour)
    brush.rectangle(box, outline=INK, width=LINE)


def disc(brush: Brush, box: Box, colour: str) -> None:
    left, top, right, bottom = box
    brush.ellipse((left + OFF, top + OFF, right + OFF, bottom + OFF), fill=colour)
    brush.ellipse(box, outline=INK, width=LINE)


def room(brush: Brush) -> None:
    """One wall, a window, a floor line."""
    brush.line((0, 640, WIDTH, 640), fill=INK, width=LINE)
    block(brush, (90, 110, 390, 400), TILE)
    brush.line((240, 110, 240, 400), fill=INK, width=LINE)
    brush.line((90, 255, 390, 255), fill=INK, width=LINE)


def writing(brush: Brush) -> None:
    """A table with paper, ink stone and brushes."""
    block(brush, (470, 460, 1110, 510), TAN)
    for leg in (520, 1040):
        block(brush, (leg, 510, leg + 30, 700), TAN)
    block(brush, (560, 150, 700, 400), BRICK)
    block(brush, (760, 150, 900, 400), BRICK)
    block(brush, (950, 400, 1060, 460), TILE)
    for left in (970, 1000, 1030):
        brush.line((left, 400, left + 14, 270), fill=INK, width=LINE)


def dumplings(brush: Brush) -> None:
    """A steaming basket on a round table."""
    disc(brush, (470, 470, 1110, 660), TAN)
    block(brush, (620, 380, 960, 500), SHEET)
    for left in (640, 740, 840):
        disc(brush, (left, 400, left + 90, 470), TAN)
    disc(brush, (1000, 440, 1080, 520), BRICK)
    for left in (690, 780, 870):
        brush.arc((left, 230, left + 60, 310), 90, 270, fill=INK, width=LINE)
        brush.arc((left, 300, left + 60, 370), 270, 90, fill=INK, width=LINE)


def heating(brush: Brush) -> None:
    """A radiator and a toolbox."""
    for left in range(520, 940, 70):
        block(brush, (left, 300, left + 44, 600), SHEET)
    brush.line((480, 340, 980, 340), fill=INK, width=LINE)
    brush.line((480, 560, 980, 560), fill=INK, width=LINE)
    block(brush, (940, 600, 1130, 720), BRICK)
    brush.arc((990, 540, 1080, 640), 180, 360, fill=INK, width=LINE)


def drawn(thing: Callable[[Brush], None]) -> bytes:
    """The picture as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    brush = ImageDraw.Draw(picture)
    room(brush)
    thing(brush)
    out = BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()
