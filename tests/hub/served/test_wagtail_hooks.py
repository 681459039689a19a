"""The staff's list of services: read only, names masked, an export without formulas."""

from typing import Any

import pytest

from hub.people.models import Organisation, Resident
from hub.people.states import SERVES_RESIDENTS, Roles
from hub.served.models import ServiceEvent
from tests.factories.served import ServiceEventFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/served/"


@pytest.mark.parametrize("role", Roles.values)
def test_who_serves_residents_reads_the_ledger(as_role: Any, hub: Any, role: str) -> None:
    event, client = ServiceEventFactory(hub=hub), as_role(role)
    expected = 200 if role in SERVES_RESIDENTS | {Roles.COORDINATOR} else 404
    answers = {client.get(f"{LIST}{path}").status_code for path in ("", f"inspect/{event.pk}/", "?export=csv")}
    assert {200 if answer == 200 else 404 for answer in answers} == {expected}


@pytest.mark.parametrize("verb", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_edits_the_ledger(as_role: Any, hub: Any, verb: str) -> None:
    event = ServiceEventFactory(hub=hub)
    assert as_role("director").post(LIST + verb.format(pk=event.pk), {"what": "x"}).status_code == 404
    assert ServiceEvent.objects.get().what == "使用书画活动室"


def test_names_are_masked_everywhere(as_role: Any, hub: Any) -> None:
    event = ServiceEventFactory(hub=hub, for_person=Resident.objects.create(hub=hub, name="张桂兰"))
    client = as_role("clerk")
    for path in ("", f"inspect/{event.pk}/"):
        page = client.get(LIST + path).content.decode()
        assert ("张**" in page, "张桂兰" in page) == (True, False)


def test_the_export_holds_this_hubs_rows_masked_and_without_formulas(as_role: Any, hub: Any, second_hub: Any, frozen: Any) -> None:
    person = Resident.objects.create(hub=hub, name="张桂兰")
    firm = Organisation.objects.create(hub=hub, name_zh="=cmd", kind="firm")
    ServiceEventFactory(hub=hub, for_person=person, subject_ref="1")
    ServiceEventFactory(hub=hub, organisation=firm, subject_ref="2")
    ServiceEventFactory(hub=second_hub, what="别处")
    answer = as_role("clerk").get(f"{LIST}?export=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[1:] for line in lines] == [
        ["文化活动中心", "使用书画活动室", "", "'=cmd", "2"],
        ["文化活动中心", "使用书画活动室", "张**", "", "1"],
    ]
