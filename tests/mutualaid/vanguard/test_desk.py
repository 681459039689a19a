"""A visit is closed and rated on the operator's own page, as it is pressed there."""

from typing import Any

import pytest

from mutualaid.vanguard.models import CounterVisit, Rating
from tests.cast import signed_in_as
from tests.hub.desk.calling import a_call, a_caller, code_of, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.mark.parametrize("step", ["do", "wrap"])
def test_the_code_is_read_out_sign_by_sign_and_rates_for_the_caller(hub: Any, step: str) -> None:
    operator = signed_in_as("operator", hub)
    call = a_call(hub, person=a_caller(hub))
    page = post(operator, call, step, task="visit", station="living", what="问补贴", **{"wrap-code": code_of(hub).pk})
    if page.status_code == 302:
        page = operator.get(page["Location"])
    visit = CounterVisit.objects.get()
    call.refresh_from_db()
    code = call.done[-1]["reference"]
    assert (page.status_code, visit.station, len(code)) == (200, "living", 9)
    assert " ".join(code[:4]).translate(str.maketrans("0123456789", "〇一二三四五六七八九")) in page.content.decode()
    if step == "do":
        rated = post(operator, call, "do", task="rate", turn="1", code=code.lower(), grade="5", **{"wrap-code": code_of(hub).pk})
        assert (rated.status_code in {200, 302}, Rating.objects.get().grade) == (True, 5)
