"""What a template must not hold: inline style or script, and text that nobody can translate.

djlint was tried: it finds inline styles, but knows nothing of untranslated text and stumbles over Wagtail's blocks.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("hub", "cms", "bookings", "mutualaid")
INLINE = [
    (re.compile(r"\sstyle\s*=", re.I), "inline style"),
    (re.compile(r"<style\b", re.I), "style element"),
    (re.compile(r"<script\b(?![^>]*\bsrc=)", re.I), "inline script"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I), "inline event handler"),
    (re.compile(r"\|\s*safe\b"), "|safe"),
    (re.compile(r"href\s*=\s*[\"']javascript:", re.I), "javascript: link"),
]
TRANSLATED = re.compile(r"{%\s*(blocktranslate|blocktrans)\b.*?{%\s*end\1\s*%}", re.S)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.S)
TAG_OF_TEMPLATE = re.compile(r"{%.*?%}|{{.*?}}", re.S)
TAG_OF_HTML = re.compile(r"<[^>]*>", re.S)
WORDS = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]+")
TEXT_ATTRIBUTES = re.compile(r"\b(?:alt|title|placeholder|aria-label|data-busy)=\"([^\"]*)\"")
ALLOWED = frozenset({"nbsp", "middot", "amp", "copy"})  # HTML entities, no words
NAMES_OF_LANGUAGES = frozenset({("language_link.html", "中文"), ("language_link.html", "English")})  # a language is named in itself


def complaints(path: Path) -> Iterator[str]:
    """One sentence a finding."""
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT)
    for pattern, what in INLINE:
        for found in pattern.finditer(COMMENT.sub("", text)):
            yield f"{name}: {what}: {found.group(0).strip()}"
    bare = COMMENT.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", text)))
    without_template = TAG_OF_TEMPLATE.sub(" ", bare)
    for attribute in TEXT_ATTRIBUTES.findall(without_template):
        yield from (f"{name}: untranslated attribute: {word}" for word in WORDS.findall(attribute))
    for word in WORDS.findall(TAG_OF_HTML.sub(" ", without_template)):
        if word not in ALLOWED and (path.name, word) not in NAMES_OF_LANGUAGES:
            yield f"{name}: untranslated text: {word}"


def main() -> int:
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("**/*.html"))]
    found = [sentence for path in paths for sentence in complaints(path)]
    print("\n".join(found) if found else f"{len(paths)} templates, nothing inline, nothing untranslated")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
