"""A shift from the call to the certificate, and every page of it sound on a phone, in every view."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from hub.core import clock, paper
from hub.desk.actions import open_call
from hub.people.models import Resident
from mutualaid.volunteers.actions import ask_correction, confirm, show
from mutualaid.volunteers.models import Certificate, HoursEntry, Shift, SignUp
from tests.cast import signed_in_as, user_with
from tests.factories.people import UserFactory
from tests.factories.volunteers import MemberFactory, TrainingFactory, VisitRoundFactory, a_certificate, a_shift, a_volunteer, confirmed, filed, joined
from tests.journeys.conftest import Visitor
from tests.journeys.sound import findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound_here(visitor: Visitor) -> dict[str, Any]:
    """What is wrong with the page one is on."""
    visitor.bytes_loaded = 0
    found: dict[str, Any] = findings(visitor)
    return found


def become(visitor: Visitor, session: str) -> None:
    """Somebody who has signed in, from now on."""
    visitor.page.context.add_cookies([{"name": "sessionid", "value": session, "url": visitor.base}])


def session_of(person: Resident) -> str:
    """Of their own account."""
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


@pytest.fixture
def shift(ticking: None, live_server: Any, hub: Any) -> Shift:
    """This morning from half past ten to twelve, two places. What makes PDF is looked for beforehand: the first look takes seconds."""
    paper.makes_pdf()
    return a_shift(hub, days=0, start="10:30", end="12:00", places=2)


def test_a_shift_from_the_call_to_the_certificate(visitor: Visitor, shift: Shift, hub: Any, live_server: Any) -> None:
    person: Resident = a_volunteer(hub, user=UserFactory(name="郑勇"))
    # the operator takes it down while the caller is on the line
    become(visitor, signed_in_as("operator", hub).cookies["sessionid"].value)
    call = open_call(hub=hub, by=user_with("operator", hub), person=person)
    visitor.page.goto(f"{visitor.base}{call.url}?task=volunteers")
    visitor.page.select_option("[name=shift]", index=1)
    visitor.press("[data-key=check]")
    assert visitor.page.locator(".op-lines").count() == 1
    visitor.page.select_option("[name=wrap-code]", index=1)
    visitor.press("[data-key=wrap]")
    made = SignUp.objects.get()
    assert (made.for_person, made.taken_by, made.state, made.channel) == (person, user_with("operator", hub), "going", "phone")
    # at the place: the phone reads the sheet, one tap
    become(visitor, session_of(person))
    visitor.go(f"/volunteer/here/{shift.code}/")
    assert sound_here(visitor) == {}
    before = visitor.navigations
    visitor.press(".key-main")
    made.refresh_from_db()
    assert (made.came_at is not None, visitor.navigations - before <= 4, sound_here(visitor)) == (True, True, {})
    SignUp.objects.update(came_at=shift.starts_at)
    with time_machine.travel(shift.starts_at + timedelta(minutes=75), tick=True):
        visitor.go("/volunteer/here/")
        visitor.press(".key-main")
        entry = HoursEntry.objects.get()
        assert (entry.minutes, entry.state, sound_here(visitor)) == (75, "filed", {})
        # somebody else confirms
        coordinator = signed_in_as("coordinator", hub)
        coordinator.post("/admin/hoursentry/decide/", {"entries": [entry.pk]})
        visitor.go("/volunteer/hours/")
        assert (HoursEntry.objects.get().state, sound_here(visitor)) == ("confirmed", {})
        # and the certificate is checked by anybody
        visitor.press("form[action$='/certificate/'] button")
        certificate = Certificate.objects.get()
        assert (visitor.shows(certificate.grouped_number), certificate.minutes, sound_here(visitor)) == (True, 75, {})
        visitor.page.context.clear_cookies(name="sessionid")
        visitor.go(certificate.url.removeprefix("/en"))
        assert (visitor.shows("郑勇"), visitor.page.locator(".summary-row").count(), sound_here(visitor)) == (False, 4, {})


def test_signing_up_by_oneself_and_withdrawing(visitor: Visitor, hub: Any, shift: Shift) -> None:
    later = a_shift(hub, days=7, places=1)
    joined(later)
    person = a_volunteer(hub)
    visitor.go("/volunteer/")
    assert sound_here(visitor) == {}
    visitor.press(f"a[href='{visitor.prefix}/volunteer/shifts/{later.ref}/']")
    assert (visitor.page.locator("form.paper").count(), sound_here(visitor)) == (0, {})
    become(visitor, session_of(person))
    visitor.go(f"/volunteer/shifts/{later.ref}/")
    visitor.fill(phone="1380000")
    visitor.press("form.paper .key-main")
    assert (visitor.page.locator("#errors li").count(), sound_here(visitor)) == (1, {})
    visitor.fill(phone="１３８ 0000 1234")
    visitor.press("form.paper .key-main")
    made = SignUp.objects.get(for_person=person)
    assert (made.state, made.contact_phone, sound_here(visitor)) == ("waiting", "13800001234", {})
    visitor.press("a[href$='/withdraw/']")
    assert sound_here(visitor) == {}
    visitor.press("form .key-main")
    made.refresh_from_db()
    assert (made.state, sound_here(visitor)) == ("withdrawn", {})


def test_my_hours_every_page_is_sound(visitor: Visitor, hub: Any, shift: Shift) -> None:
    person, coordinator = a_volunteer(hub), user_with("coordinator", hub)
    entry = confirmed(person)
    waiting = filed(person, "2026-11-21")
    a_certificate(entry)
    ask_correction(entry=confirm(entry=filed(person, "2026-11-22"), by=coordinator), words="早走了", by=person.user)
    show(resident=person, nickname="老郑", by=person.user)
    member = MemberFactory(hub=hub, resident=person, is_leader=True)
    TrainingFactory(presenter=member, listeners_count=40)
    VisitRoundFactory(member=member)
    become(visitor, session_of(person))
    pages = ["/volunteer/", "/volunteer/hours/", "/volunteer/hours/file/", f"/volunteer/hours/{waiting.token}/change/", "/volunteer/here/", "/me/"]
    pages += [f"/volunteer/hours/{entry.token}/correct/", "/volunteer/certificate/", "/volunteer/thanks/", f"/volunteer/shifts/{shift.ref}/"]
    for page in pages:
        visitor.bytes_loaded = 0
        assert visitor.go(page).status == 200
        assert (page, findings(visitor)) == (page, {})
    visitor.go("/volunteer/hours/file/")
    visitor.fill(day=f"{clock.today()}", starts="08:00", ends="09:00", what="")
    visitor.press(".key-main")
    assert (visitor.page.locator("#errors li").count(), sound_here(visitor)) == (1, {})
    visitor.fill(what="陪邻居看病")
    visitor.press(".key-main")
    assert HoursEntry.objects.filter(what="陪邻居看病").count() == 1
