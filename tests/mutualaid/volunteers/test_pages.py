"""What volunteers and the public see; what people really send, through every page that takes it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from hub.core import clock
from hub.core.joins import my_things
from hub.people.models import Consent, Resident
from mutualaid.volunteers.actions import contribute, draw_certificate, file_hours, show
from mutualaid.volunteers.actions import reverse as reverse_hours
from mutualaid.volunteers.models import Certificate, Contribution, HoursEntry, SignUp
from mutualaid.volunteers.schemes import Scheme, schemes
from tests.cast import user_with
from tests.factories.people import UserFactory
from tests.factories.volunteers import (
    MemberFactory,
    TeamFactory,
    TrainingFactory,
    VisitRoundFactory,
    a_certificate,
    a_child,
    a_shift,
    a_volunteer,
    at,
    confirmed,
    filed,
    joined,
)
from tests.mutualaid.volunteers.test_sign_ups import refused
from tests.papers import needs_pango

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def browser_of(person: Resident) -> Client:
    client = Client()
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


# --- the public ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [1, 3])
def test_the_landing_asks_the_same_few_questions_however_much_there_is(hub: Any, client: Client, n: int, django_assert_num_queries: Any) -> None:
    for _each in range(n):
        joined(a_shift(hub))
        member = MemberFactory(hub=hub, is_leader=True, is_party_member=True)
        TrainingFactory(presenter=member, listeners_count=40)
        VisitRoundFactory(member=member)
    client.get("/volunteer/")
    with django_assert_num_queries(9):
        page = client.get("/volunteer/?again")
    assert (len(page.context["shifts"]), {(card.members_count, card.party_percent, card.homes_count, card.helped_count) for card in page.context["teams"]}) == (
        n,
        {(1, 100, 12, 3)},
    )


def test_another_hubs_shifts_teams_and_slips_are_not_here(hub: Any, second_hub: Any, client: Client) -> None:
    shift = a_shift(second_hub)
    sign_up, team = joined(shift), TeamFactory(hub=second_hub, name_zh="别处的队")
    certificate = a_certificate(confirmed(a_volunteer(second_hub)))
    assert team.name_zh not in client.get("/volunteer/").content.decode()
    addresses = [shift.url, sign_up.url, certificate.url]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    assert [Client(headers={"host": "beiyuan.localhost"}).get(address).status_code for address in addresses] == [200, 200, 200]


def test_a_visitor_is_led_to_sign_in_and_a_slip_names_nobody(hub: Any, client: Client) -> None:
    sign_up = joined(a_shift(hub), a_volunteer(hub, "钱多多"))
    page = client.get(sign_up.shift.url).content.decode()
    assert (f"/login/?next={sign_up.shift.url}" in page, "<form" in page.partition("<main")[2]) == (True, False)
    assert "钱多多" not in client.get(sign_up.url).content.decode()
    assert "钱多多" in browser_of(sign_up.for_person).get(sign_up.url).content.decode()


def test_signing_up_waiting_and_withdrawing(hub: Any) -> None:
    shift, person = a_shift(hub, places=1), a_volunteer(hub)
    joined(shift)
    browser = browser_of(person)
    page = browser.get(shift.url)
    sent = {"who": person.pk, "phone": person.user.phone, "token": page.context["token"]}
    replies = [browser.post(shift.url, sent) for _tap in range(2)]
    made = SignUp.objects.get(for_person=person)
    assert ([reply.url for reply in replies], made.state, made.asked_by) == ([made.url] * 2, "waiting", person)
    assert browser.get(made.url).context["in_line"] == 1
    assert (browser.post(f"{made.url}withdraw/").status_code, SignUp.objects.get(pk=made.pk).state) == (302, "withdrawn")


def test_an_account_nobody_knows_becomes_somebody_with_a_consent(hub: Any) -> None:
    shift, user = a_shift(hub), UserFactory(name="")
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"name": "周新", "phone": user.phone, "token": "a" * 20}
    assert (browser.post(shift.url, sent).status_code, Resident.objects.filter(user=user).exists()) == (422, False)
    assert browser.post(shift.url, {**sent, "keep": "on"}).status_code == 302
    person = Resident.objects.get(user=user)
    assert (person.name, SignUp.objects.get().for_person, Consent.objects.get(resident=person).purpose) == ("周新", person, "basic")


def test_a_guardian_signs_the_child_up_with_a_word(hub: Any) -> None:
    shift = a_shift(hub)
    child, guardian = a_child(hub)
    sent = {"who": child.pk, "phone": "13800001234", "token": "a" * 20}
    browser = browser_of(guardian)
    assert browser.post(shift.url, sent).status_code == 422
    assert browser.post(shift.url, {**sent, "guardian_agrees": "on"}).status_code == 302
    assert Consent.objects.get(purpose="volunteer_child").given_by == guardian


BAD_JOINS = [
    {"who": ""},
    {"who": "987654321"},
    {"who": "nobody"},
    {"phone": ""},
    {"phone": "1380000"},
    {"phone": "打我电话"},
    {"phone": "1" * 1_000_000},
    {"phone": "138\0"},
    {"who": ["", "x"]},
]


@pytest.mark.parametrize("change", BAD_JOINS)
def test_bad_sign_ups_are_refused_with_words(hub: Any, change: dict[str, Any]) -> None:
    shift, person, stranger = a_shift(hub), a_volunteer(hub), a_volunteer(hub)
    page = browser_of(person).post(shift.url, {"who": person.pk, "phone": "13800001234", "token": "a" * 20, **change})
    assert (page.status_code, "errors-title" in page.content.decode(), SignUp.objects.count()) == (422, True, 0)
    assert browser_of(person).post(shift.url, {"who": stranger.pk, "phone": "13800001234"}).status_code == 422


# --- the hours book -----------------------------------------------------------------------------------------------------
GOOD = {"day": "2026-11-20", "starts": "09:00", "ends": "11:00", "what": "帮邻居买菜", "token": "b" * 20}
BAD_HOURS = [
    {"day": ""},
    {"day": "2026-02-30"},
    {"day": "明天"},
    {"day": "9999-12-31"},
    {"day": "0001-01-01"},
    {"day": "2024-01-01"},
    {"day": "2026-11-29"},
    {"starts": ""},
    {"starts": "25:00"},
    {"starts": "上午"},
    {"ends": "x" * 500_000},
    {"starts": "09:00", "ends": "09:00"},
    {"day": "2026-11-28", "starts": "09:00", "ends": "10:01"},
    {"day": "2026-11-27", "starts": "23:00", "ends": "22:00"},
    {"starts": "08:00", "ends": "09:01", "day": "2026-11-19"},
    {"what": ""},
    {"what": "　"},
    {"what": "a" * 101},
    {"what": "a\0b"},
    {"day": ["", "x"]},
]


@pytest.mark.parametrize("change", BAD_HOURS)
def test_bad_hours_are_refused_with_words_and_kept(hub: Any, change: dict[str, Any]) -> None:
    person = a_volunteer(hub)
    filed(person, "2026-11-19", "09:00", "11:00")
    filed(person, "2026-11-18")
    waiting = HoursEntry.objects.get(starts_at=at("2026-11-18", "09:00"))
    browser = browser_of(person)
    for address in ("/volunteer/hours/file/", f"/volunteer/hours/{waiting.token}/change/"):
        page = browser.post(address, {**GOOD, **change})
        assert (address, page.status_code, "errors-title" in page.content.decode()) == (address, 422, True)
        assert "what" in change or GOOD["what"] in page.content.decode()
    assert list(HoursEntry.objects.order_by("id").values_list("minutes", flat=True)) == [120, 120]


@pytest.mark.parametrize(("change", "minutes"), [({}, 120), ({"starts": "２２：３０", "ends": "1:15"}, 165), ({"starts": "9点半", "ends": "1100"}, 90)])
def test_times_are_read_as_people_write_them(hub: Any, change: dict[str, str], minutes: int) -> None:
    browser = browser_of(a_volunteer(hub))
    for _tap in range(2):
        assert browser.post("/volunteer/hours/file/", {**GOOD, **change}).status_code == 302
    assert HoursEntry.objects.get().minutes == minutes


@pytest.mark.parametrize("n", [1, 3])
def test_my_book_asks_the_same_few_questions(hub: Any, n: int, django_assert_num_queries: Any) -> None:
    person = a_volunteer(hub)
    for day in range(n):
        confirmed(person, f"2026-11-{10 + day}")
    a_certificate(HoursEntry.objects.first())
    browser = browser_of(person)
    browser.get("/volunteer/hours/")
    with django_assert_num_queries(12):
        page = browser.get("/volunteer/hours/")
    assert (page.context["sums"].confirmed, page.context["months"]) == (120 * n, [("2026-11", 120 * n)])


def test_others_hours_are_not_there(hub: Any) -> None:
    entry, other = filed(a_volunteer(hub)), browser_of(a_volunteer(hub))
    found = [other.post(f"/volunteer/hours/{entry.token}/{word}/", GOOD).status_code for word in ("change", "correct")]
    assert (found, HoursEntry.objects.get().minutes) == ([404, 404], 120)


def test_waiting_hours_are_taken_back_confirmed_ones_corrected(hub: Any) -> None:
    person = a_volunteer(hub)
    waiting, locked = filed(person), confirmed(person, "2026-11-21")
    browser = browser_of(person)
    assert browser.post(f"/volunteer/hours/{waiting.token}/change/", {"step": "take_back"}).status_code == 302
    assert browser.get(f"/volunteer/hours/{locked.token}/change/").status_code == 302
    assert browser.post(f"/volunteer/hours/{locked.token}/correct/", {"words": ""}).status_code == 422
    assert browser.post(f"/volunteer/hours/{locked.token}/correct/", {"words": "早走了"}).status_code == 302
    assert HoursEntry.objects.get().correction == "早走了"
    assert "早走了" in browser.get("/volunteer/hours/").content.decode()


def test_my_things_show_sums_reasons_and_coming_shifts(hub: Any) -> None:
    person = a_volunteer(hub)
    joined(a_shift(hub), person)
    entry = filed(person)
    HoursEntry.objects.filter(pk=entry.pk).update(
        state="refused", takes_time="no", reason="那天没有活动", decided_by=user_with("coordinator", hub), decided_at=clock.now()
    )
    confirmed(person, "2026-11-21", "09:00", "10:00")
    page = browser_of(person).get("/me/").content.decode()
    assert ("那天没有活动" in page, "1小时" in page, len(my_things["volunteers.hours"].rows(person.user, hub))) == (True, True, 2)


# --- at the place ---------------------------------------------------------------------------------------------------------
def test_in_and_out_on_the_phone_takes_two_taps(hub: Any, frozen: Any) -> None:
    sign_up = joined(a_shift(hub, days=1))
    frozen.move_to(sign_up.shift.starts_at)
    browser = browser_of(sign_up.for_person)
    page = browser.get(f"/volunteer/here/{sign_up.shift.code}/")
    assert sign_up.shift.code in page.content.decode()
    assert browser.post("/volunteer/here/", {"sign_up": sign_up.token, "code": "1"}).status_code == 422
    assert browser.post("/volunteer/here/", {"sign_up": sign_up.token, "code": f" {sign_up.shift.code} "}).status_code == 302
    frozen.shift(timedelta(hours=1))
    assert browser.post("/volunteer/here/", {"sign_up": sign_up.token}).status_code == 302
    assert HoursEntry.objects.get().minutes == 60
    assert browser_of(a_volunteer(hub)).get("/volunteer/here/").context["rows"] == []


def test_another_volunteers_place_is_not_checked_in(hub: Any, frozen: Any) -> None:
    sign_up = joined(a_shift(hub, days=1))
    frozen.move_to(sign_up.shift.starts_at)
    browser_of(a_volunteer(hub)).post("/volunteer/here/", {"sign_up": sign_up.token, "code": sign_up.shift.code})
    assert SignUp.objects.get().came_at is None


# --- certificates -----------------------------------------------------------------------------------------------------------
def test_anybody_with_the_number_sees_whether_it_stands_and_no_full_name(hub: Any, client: Client) -> None:
    person = a_volunteer(hub, "郑大勇")
    entry = confirmed(person)
    browser = browser_of(person)
    reply = browser.post("/volunteer/certificate/", {"first_on": "2026-01-01", "last_on": "2026-11-28"})
    certificate = Certificate.objects.get()
    assert reply.url == f"{certificate.url}paper/"
    assert "郑大勇" in browser.get(reply.url).content.decode()
    page = client.get(certificate.url.replace("-", "").lower()).content.decode()
    assert ("郑大勇" in page, "郑**" in page, "2小时" in page, client.get(reply.url).status_code) == (False, True, True, 302)
    assert browser_of(a_volunteer(hub)).get(reply.url).status_code == 404
    reverse_hours(entry=entry, by=user_with("coordinator", hub), reason="x")
    assert client.get(certificate.url).context["stands"] is False
    for number in ("AAAA-AAAA-AAAA-AAAA", "x", "编号", "9" * 300):
        assert client.get(f"/volunteer/certificate/{number}/").status_code == 404


@needs_pango
def test_a_certificate_is_made_as_pdf(hub: Any) -> None:
    certificate = a_certificate(confirmed(a_volunteer(hub)))
    reply = browser_of(certificate.resident).get(f"{certificate.url}pdf/")
    assert (reply["Content-Type"], reply.content[:5]) == ("application/pdf", b"%PDF-")


# --- the contribution book ----------------------------------------------------------------------------------------------------
@pytest.fixture
def scheme(monkeypatch: pytest.MonkeyPatch) -> Scheme:
    """One that a test registers, and which goes with it."""
    found = Scheme("errors", "找出差错")  # type: ignore[arg-type]  # plain words will do here
    monkeypatch.setitem(schemes._rows, found.name, found)
    return found


def test_schemes_add_to_the_book_once_and_nobody_sees_it_unasked(hub: Any, client: Client, scheme: Scheme) -> None:
    person = a_volunteer(hub, "郑大勇")
    rows = [contribute(resident=person, scheme="errors", subject="paper.error", ref="7", what="第二版错字") for _again in range(2)]
    assert (rows[0], Contribution.objects.count(), "找出差错" in client.get("/volunteer/thanks/").content.decode()) == (rows[1], 1, False)
    with pytest.raises(KeyError):
        contribute(resident=person, scheme="unknown", subject="x", ref="1", what="x")
    browser = browser_of(person)
    assert browser.post("/volunteer/thanks/me/", {"nickname": "打13800001234"}).status_code == 422
    assert browser.post("/volunteer/thanks/me/", {"nickname": ""}).status_code == 302
    assert ("找出差错 1" in (page := client.get("/volunteer/thanks/?a").content.decode()), "郑**" in page, "郑大勇" in page) == (True, True, False)
    browser.post("/volunteer/thanks/me/", {"nickname": "老郑"})
    assert "老郑" in client.get("/volunteer/thanks/?b").content.decode()
    browser.post("/volunteer/thanks/me/", {"step": "hide"})
    assert ("老郑" in client.get("/volunteer/thanks/?c").content.decode(), Consent.objects.standing().filter(purpose="thanked").count()) == (False, 0)


def test_a_withdrawn_consent_takes_the_name_off_and_a_child_needs_a_guardian(hub: Any, client: Client) -> None:
    person = a_volunteer(hub)
    shown = show(resident=person, nickname="老郑", by=person.user)
    shown.consent.withdrawn_at = clock.now()
    shown.consent.save()
    assert client.get("/volunteer/thanks/").context["rows"] == []
    child, guardian = a_child(hub)
    assert refused(show, resident=child, nickname="小明", by=guardian.user) == "thanks_guardian"
    assert show(resident=child, nickname="小明", by=guardian.user, given_by=guardian).called == "小明"


def test_pages_speak_english(hub: Any, client: Client) -> None:
    shift = a_shift(hub)
    confirmed(person := a_volunteer(hub))
    file_hours(resident=person, starts_at=at("2026-11-22", "09:00"), ends_at=at("2026-11-22", "10:00"), what="x", by=person.user)
    draw_certificate(resident=person, first_on=at("2026-11-01", "00:00").date(), last_on=clock.today(), by=person.user)
    browser = browser_of(person)
    for address in ("/volunteer/", f"/volunteer/shifts/{shift.ref}/", "/volunteer/hours/", "/volunteer/here/", "/volunteer/hours/file/", "/volunteer/thanks/"):
        page = browser.get(f"/en{address}")
        left = re.sub(r"<[^>]*lang=\"zh[^>]*>.*?</[a-z]+>", "", page.content.decode().partition("<main")[2].partition("</main>")[0])
        assert (address, page.status_code, re.findall(r"未|请|您", left)) == (address, 200, [])
