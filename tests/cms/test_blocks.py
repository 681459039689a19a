"""The parts pages are made of."""

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import RichText

from cms.blocks import BodyBlock, HomeBlock, HoursBlock, check_link_words, check_links_in_text
from cms.models.home import rows_of


def is_taken(check, value):
    try:
        check(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("点击这里", False),
        ("这里。", False),
        ("更多", False),
        ("Click here", False),
        ("read more…", False),
        ("开放时间", True),
        ("Opening hours", True),
        ("更多房间", True),
    ],
)
def test_a_link_says_where_it_leads(words, expected):
    assert is_taken(check_link_words, words) == expected
    assert is_taken(check_links_in_text, RichText(f'<p>请看<a href="/x/"><b>{words}</b></a>。<a id="3" linktype="page">通知</a></p>')) == expected


@pytest.mark.parametrize(("opens", "closes", "expected"), [("09:00", "17:00", True), ("17:00", "09:00", False), ("09:00", "09:00", False)])
def test_a_desk_closes_later_than_it_opens(opens, closes, expected):
    block = HoursBlock()
    value = block.to_python({"name": "大厅", "days": ["0"], "opens": opens, "closes": closes})

    assert is_taken(block.clean, block.normalize(value)) == expected


@pytest.mark.parametrize(
    ("kinds", "rows"),
    [
        ([], []),
        (["front", "happenings", "notices"], [["front"], ["happenings", "notices"]]),
        (["happenings", "words", "notices"], [["happenings"], ["words"], ["notices"]]),
        (["notices", "happenings", "hotline"], [["notices", "happenings"], ["hotline"]]),
    ],
)
def test_neighbours_that_fit_stand_side_by_side(kinds, rows):
    class Block:
        def __init__(self, kind):
            self.block_type = kind

    assert [[block.block_type for block in row] for row in rows_of([Block(kind) for kind in kinds])] == rows


@pytest.mark.parametrize("stream", [HomeBlock(), BodyBlock()])
def test_written_text_has_no_first_rank_heading_and_no_pictures_inside(stream):
    text = stream.child_blocks["words"]

    assert isinstance(text, blocks.RichTextBlock)
    assert text.features == ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
