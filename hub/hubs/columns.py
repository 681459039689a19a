"""Columns of staff lists that several apps show."""

from typing import Any

from wagtail.admin.ui.tables import Column

from hub.core.subjects import subject_words


class SubjectColumn(Column):
    """What a line or a message is about, in words."""

    def get_value(self, instance: Any) -> str:
        return subject_words(instance.subject_label)
