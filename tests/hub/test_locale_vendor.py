"""The catalogues in hub/locale_vendor: compiled, complete, placeholders kept."""

import ast
import re
import shutil
import struct
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CATALOGUES = Path(__file__).resolve().parents[2] / "hub/locale_vendor/zh_Hans/LC_MESSAGES"
NAMES = ("django", "djangojs")

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w+\}")
KEYWORD = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr(?:\[(\d+)\])?) (\".*\")$")


@dataclass
class Entry:
    flags: set[str] = field(default_factory=set)
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The message as a .mo file names it: context, singular and plural."""
        key = self.fields["msgid"]
        if "msgid_plural" in self.fields:
            key += "\0" + self.fields["msgid_plural"]
        if "msgctxt" in self.fields:
            key = self.fields["msgctxt"] + "\4" + key
        return key

    @property
    def forms(self) -> list[str]:
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def read_po(path: Path) -> list[Entry]:
    entries = []
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry, name = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.flags |= {flag.strip() for flag in line[2:].split(",")}
            elif line.startswith("#"):
                continue
            elif match := KEYWORD.match(line):
                name = match[1]
                entry.fields[name] = ast.literal_eval(match[3])
            elif line:
                entry.fields[name] += ast.literal_eval(line)
        if "msgid" in entry.fields:
            entries.append(entry)
    return entries


def read_mo(path: Path) -> dict[str, str]:
    data = path.read_bytes()
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    count, originals, translations = struct.unpack_from(f"{order}3I", data, 8)

    def text(table: int, row: int) -> str:
        length, offset = struct.unpack_from(f"{order}2I", data, table + 8 * row)
        return data[offset : offset + length].decode("utf-8")

    return {text(originals, row): text(translations, row) for row in range(count)}


@pytest.mark.parametrize("name", NAMES)
def test_mo_is_the_compiled_po(name, tmp_path):
    po, mo = CATALOGUES / f"{name}.po", CATALOGUES / f"{name}.mo"
    entries = read_po(po)
    expected = {entry.key: "\0".join(entry.forms) for entry in entries}
    assert len(expected) == len(entries), "a message is listed twice"
    assert read_mo(mo) == expected
    if msgfmt := shutil.which("msgfmt"):
        compiled = tmp_path / f"{name}.mo"
        subprocess.run([msgfmt, "-c", "-o", compiled, po], check=True)
        assert read_mo(mo) == read_mo(compiled)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_fuzzy_or_untranslated(name):
    for entry in read_po(CATALOGUES / f"{name}.po"):
        assert "fuzzy" not in entry.flags, entry.key
        assert entry.forms and all(entry.forms), entry.key


@pytest.mark.parametrize("name", NAMES)
def test_placeholders_are_kept(name):
    for entry in read_po(CATALOGUES / f"{name}.po"):
        source = entry.fields.get("msgid_plural") or entry.fields["msgid"]
        if not source:  # the header
            continue
        wanted = sorted(PLACEHOLDER.findall(source))
        for form in entry.forms:
            assert sorted(PLACEHOLDER.findall(form)) == wanted, entry.key
