"""What was done is read in words."""

from typing import Any

import pytest
from django.utils.translation import override

from hub.audit.actions import write_line
from hub.audit.models import Line
from hub.audit.verbs import VERBS, verb_words

pytestmark = [pytest.mark.django_db]


def test_every_verb_has_chinese_words() -> None:
    with override("zh-hans"):
        assert [code for code in VERBS if verb_words(code).isascii()] == []
    with override("en"):
        assert (verb_words("reveal_id"), verb_words("not_known_yet")) == ("reveal id", "not known yet")


def test_a_verb_without_words_is_refused_under_test_and_read_as_its_code_elsewhere(hub: Any, settings: Any) -> None:
    with pytest.raises(LookupError):
        write_line(hub_id=hub.pk, verb="no_such_verb", subject="rooms.booking")
    settings.AUDIT_VERBS_STRICT = False
    write_line(hub_id=hub.pk, verb="no_such_verb", subject="rooms.booking", ref="12345678")
    assert Line.objects.filter(verb="no_such_verb").count() == 1


def test_the_director_reads_words_and_filters_by_them(hub: Any, as_role: Any) -> None:
    for verb in ("reveal_id", "move"):
        write_line(hub_id=hub.pk, verb=verb, subject="people.resident", ref="7", reason="办低保")
    page = as_role("director").get("/admin/audit/", {"verb": "reveal_id"}).content.decode()
    rows = page[page.rindex("<tbody") : page.rindex("</tbody>")]
    assert ("查看证件号" in rows, "reveal_id" in rows, "改时间" in rows) == (True, False, False)
    assert "查看证件号" in as_role("director").get(f"/admin/audit/inspect/{Line.objects.get(verb='reveal_id').pk}/").content.decode()
