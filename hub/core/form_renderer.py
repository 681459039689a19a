"""How form fields are drawn: Django's own way, with the field types every page has (a line, a choice) in one template each.

Django includes a template for each option and another for each set of attributes; a page with a choice of ten drew twenty-four for it, a fifth of its time.
The result is the same but for white space: `tests/hub/core/test_form_renderer.py`.
"""

from pathlib import Path
from typing import Any

import django.forms
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

OURS = Path(__file__).parent / "form_templates"
DJANGOS = Path(django.forms.__file__).parent / "templates"


class FlatTemplates(DjangoTemplates):
    """Django's renderer, which looks among ours first."""

    @cached_property
    def engine(self) -> Any:
        return self.backend({"APP_DIRS": True, "DIRS": [OURS, DJANGOS], "NAME": "djangoforms", "OPTIONS": {}})
