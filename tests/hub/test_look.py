"""The look: every drawing is there, colours keep their contrast, pages stand without script, style attributes or context."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from hub.core.templatetags import drawings

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "hub" / "templates").rglob("*.html"))
DEMO_ROOMS = (
    "classroom430 dance rehab chess science painting tearoom xie reading gym calligraphy library meeting hall music".split()  # noqa: SIM905  fifteen words
)


class SmallForm(forms.Form):
    phone = forms.CharField(label="Telephone", help_text="Spaces do no harm")
    who = forms.ChoiceField(label="For whom", choices=[("me", "Me"), ("other", "Somebody else")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I keep the rules")


def show(source: str, **context: object) -> str:
    return Template("{% load drawings %}" + source).render(Context(context))


# --- drawings ---------------------------------------------------------------------------------------------------------
def test_the_tag_knows_exactly_the_symbols_of_the_sprite():
    assert set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "img" / "drawings.svg").read_text())) == drawings.SYMBOLS


def test_the_tag_knows_exactly_the_room_pictures():
    assert {picture.stem for picture in (STATIC / "img" / "rooms").glob("*.svg")} == drawings.SCENES


@pytest.mark.parametrize("room", [*DEMO_ROOMS, "hall-east", "hall-west"])
def test_every_demo_room_has_a_symbol_and_a_picture(room, settings):
    settings.DRAWINGS_STRICT = True
    assert 'aria-hidden="true"' in show("{% drawing room size=44 %}", room=room)
    assert 'alt="a &quot;room&quot;"' in show("{% scene room alt=alt %}", room=room, alt='a "room"')


@pytest.mark.parametrize(("size", "width"), [(30, "5"), (44, "3.8"), (60, "3.4"), (96, "3")])
def test_smaller_drawings_have_thicker_lines(size, width):
    assert f'stroke-width="{width}"' in show("{% drawing 'tea' size=size %}", size=size)


@pytest.mark.parametrize("source", ["{% drawing 'dragon' %}", "{% scene 'dragon' %}"])
def test_an_unknown_drawing_is_loud_for_developers_and_silent_for_residents(source, settings):
    settings.DRAWINGS_STRICT = True
    with pytest.raises(drawings.UnknownDrawingError, match="dragon"):
        show(source)
    settings.DRAWINGS_STRICT = False
    assert show(source) == ""


@pytest.mark.parametrize("picture", sorted((STATIC / "img").rglob("*.svg")), ids=lambda picture: picture.stem)
def test_pictures_carry_no_style_script_or_foreign_address(picture):
    text = picture.read_text()
    assert re.findall(r"<style|<script|style=|class=|href=|data:", text) == []
    assert re.findall(r"https?://[^\"' ]+", text) == ["http://www.w3.org/2000/svg"]


# --- weight and strictness --------------------------------------------------------------------------------------------
def carried_by_every_page() -> set[Path]:
    """The style sheets and scripts that base.html names, and the drawings every page shows."""
    named = re.findall(r'static "((?:css|js)/[^"]+)"', (ROOT / "hub/templates/base.html").read_text())
    return {STATIC / name for name in named} | {STATIC / "img" / name for name in ("drawings.svg", "eaves.svg", "lane.svg", "mark.svg")}


def test_what_every_page_carries_stays_light():
    assert sum(path.stat().st_size for path in carried_by_every_page()) < 100_000


def test_what_a_single_page_adds_stays_light():
    own = {path.name: path.stat().st_size for path in [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")] if path not in carried_by_every_page()}
    assert "alike.js" in own and {name for name, size in own.items() if size > 8_000} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_no_inline_style_or_script(path):
    assert re.findall(r"\sstyle=|<style|<script(?! src=)|\son[a-z]+=|javascript:", path.read_text()) == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("css/*.css")), ids=lambda path: path.name)
def test_style_sheets_need_nothing_an_old_web_view_lacks(path):
    assert re.findall(r"@import|:has\(|@container|data:|@font-face|https?://", path.read_text()) == []


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(letter * 2 for letter in colour[1:])


def tokens(theme: str) -> dict[str, str]:
    usual, more = (STATIC / "css" / "tokens.css").read_text().split("@media (prefers-contrast: more)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", usual))
    if theme == "more":
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", more))
    return {name: full(colour) for name, colour in found.items()}


PAIRS = [(text, ground) for text in ("ink", "ink-2", "brick") for ground in ("paper", "sheet", "kraft", "tile-white")]
PAIRS += [("on-dark", ground) for ground in ("brick", "brick-edge", "tile", "ink")]


@pytest.mark.parametrize(("theme", "least"), [("usual", 4.5), ("more", 7)])
def test_words_keep_their_contrast(theme, least):
    colours = tokens(theme)
    assert [(text, ground) for text, ground in PAIRS if contrast(colours[text], colours[ground]) < least] == []


# --- partials ---------------------------------------------------------------------------------------------------------
def test_an_error_is_said_in_the_same_words_above_and_at_the_field_and_linked():
    form = SmallForm({"phone": "138 0000 123"})
    form.is_valid()
    form.add_error("phone", "One digit is missing, please add it")
    with override("en"):
        above = render_to_string("partials/error_summary.html", {"form": form})
        at_field = render_to_string("partials/form_fields.html", {"form": form})
    assert '<a href="#id_phone">One digit is missing, please add it</a>' in above
    assert "Error: One digit is missing, please add it" in at_field
    assert 'role="alert" tabindex="-1"' in above
    assert set(re.findall(r'href="#([^"]+)"', above)) <= set(re.findall(r'id="([^"]+)"', at_field))
    assert 'value="138 0000 123"' in at_field


def test_every_described_field_points_to_something_that_is_there():
    form = SmallForm({})
    form.is_valid()
    html = render_to_string("partials/form_fields.html", {"form": form})
    wanted = {name for names in re.findall(r'aria-describedby="([^"]+)"', html) for name in names.split()}
    assert wanted == {"id_phone_helptext", "id_phone_error", "id_who_error", "id_agree_error"}
    assert wanted <= set(re.findall(r'id="([^"]+)"', html))


def test_tiles_say_chosen_in_words():
    html = render_to_string("partials/tiles.html", {"field": SmallForm(initial={"who": "me"})["who"]})
    assert html.count('class="tile-chosen" aria-hidden="true"') == 2


@pytest.mark.parametrize("page", ["500.html", "503.html"])
def test_the_page_for_a_broken_house_needs_no_context(page):
    html = render_to_string(page)
    assert html.count("<h1>") == 1
    assert 'href="/"' in html


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"])
@pytest.mark.parametrize(("language", "lang"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_error_pages_are_marked_with_their_language(page, language, lang):
    with override(language):
        assert f'<html lang="{lang}">' in render_to_string(page)


def test_the_elder_view_changes_the_page_by_class_and_size():
    html = render_to_string("base.html", {"elder": True, "text_size": 26, "plain_url": "?view=plain", "smaller_url": "?view=elder-24"})
    assert 'class="elder" data-size="26"' in html
    assert "css/elder.css" in html
    assert "css/elder.css" not in render_to_string("base.html")


# --- what the tests stand on ------------------------------------------------------------------------------------------
def test_vendored_files_are_the_ones_that_were_noted():
    vendor = ROOT / "tests" / "vendor"
    for package in json.loads((vendor / "vendor.json").read_text()):
        for path, digest in package["files"].items():
            assert hashlib.sha256((vendor / path).read_bytes()).hexdigest() == digest, path
