"""Fields drawn by our templates are those that Django draws."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from hub.core.form_renderer import FlatTemplates

GROUPED = [("", "—"), ("One", [("a", "<A>"), ("b", "B&C")]), (3, "three")]


class Marked(forms.Select):
    """Whose options carry attributes of their own."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().create_option(*args, **kwargs), "attrs": {"data-x": '"1"', "disabled": True, "hidden": False}}


@pytest.mark.parametrize("widget", [
    forms.TextInput({"class": 'a"b', "required": True, "hidden": False}), forms.NumberInput({"min": 1}), forms.HiddenInput(), forms.EmailInput(),
    forms.PasswordInput(), forms.FileInput(), forms.DateInput(), forms.CheckboxInput(), forms.Select({"id": "id_x"}, GROUPED), Marked(choices=GROUPED),
    forms.SelectMultiple(choices=GROUPED), forms.RadioSelect({"id": "id_x"}, GROUPED), forms.CheckboxSelectMultiple(choices=GROUPED), forms.Textarea(),
])  # fmt: skip
@pytest.mark.parametrize("value", [None, "", "a", '<"3">', 3, ["a", "3"]])
def test_the_same_field(widget: Any, value: Any) -> None:
    drawn = [re.sub(r">\s+", ">", re.sub(r"\s+<", "<", widget.render("x", value, renderer=way()))) for way in (FlatTemplates, DjangoTemplates)]
    assert drawn[0] == drawn[1]
