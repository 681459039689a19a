"""Labels of audit lines and messages in words."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from hub.core.subjects import subject_words

ROOT = Path(__file__).parents[3]
NAMES = {"PURPOSE", "SUBJECT", "subject"}
IN_THE_DEMO = {"promises.demo"}  # a promise about nothing but itself


@pytest.mark.parametrize(
    ("label", "zh", "en"),
    [
        ("orders.order", "订单", "order"),
        ("parcels.parcel", "包裹", "parcel"),
        ("gone.thing", "gone.thing", "gone.thing"),
        ("", "", ""),
    ],
)
def test_a_label_in_words(label, zh, en):
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(subject_words(label))
    assert said == [zh, en]


def labels():
    """Every label that our code writes: SUBJECT = "…", PURPOSE = "…", subject="…"."""
    for folder in ("hub", "cms", "bookings", "mutualaid"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                named = [getattr(target, "id", "") for target in node.targets] if isinstance(node, ast.Assign) else [getattr(node, "arg", "")]
                value = getattr(node, "value", None)
                if NAMES & set(named) and isinstance(value, ast.Constant) and isinstance(value.value, str) and "." in value.value:
                    yield value.value


def test_every_label_the_code_writes_has_words():
    found = set(labels()) - IN_THE_DEMO
    assert len(found) > 25
    assert {label for label in found if subject_words(label) == label} == set()
