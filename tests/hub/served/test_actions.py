"""Writing the ledger once, and using a code once."""

import threading
from typing import Any

import pytest
from django.db import connection

from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import Rating, RatingTaker
from hub.core.registry import Registry
from hub.people.models import Organisation, Resident
from hub.served import actions as served
from hub.served import rules
from hub.served.actions import hash_of, rate_service, record_service, use_code
from hub.served.joins import export, strangers
from hub.served.models import RatingCode, ServiceEvent
from hub.served.queries import code_about, code_of, code_typed
from hub.served.states import Posts
from tests.cast import user_with
from tests.factories.served import ServiceEventFactory

DONE = {"post": Posts.CULTURE, "what": "使用书画活动室", "subject": "rooms.booking"}


def record(hub: Any, ref: str = "66210259", **more: Any) -> tuple[ServiceEvent, str | None]:
    return record_service(**{"hub_id": hub.pk, "ref": ref, "happened_at": clock.now(), **DONE, **more})


@pytest.mark.django_db
def test_what_was_done_is_written_with_its_code(hub: Any, frozen: Any) -> None:
    clerk = user_with("clerk", hub)
    person = Resident.objects.create(hub=hub, name="张桂兰")
    event, code = record(hub, for_person_id=person.pk, by=clerk)
    assert (event.hub, event.post, event.what, event.happened_at, event.for_person, event.by) == (hub, "culture", "使用书画活动室", clock.now(), person, clerk)
    assert code is not None
    assert rules.clean_code(code) == code
    kept = RatingCode.objects.get()
    assert (kept.event, kept.code_hash, kept.expires_at, kept.used_at) == (event, hash_of(code), clock.now() + rules.VALID_FOR, None)
    assert Line.objects.get(verb="record_service").changes == {"post": "culture", "about": "rooms.booking 66210259"}


@pytest.mark.django_db
def test_one_subject_is_written_once(hub: Any) -> None:
    event, code = record(hub)
    assert code is not None
    assert record(hub, what="别的") == (event, None)
    assert (ServiceEvent.objects.count(), RatingCode.objects.count(), Line.objects.filter(verb="record_service").count()) == (1, 1, 1)
    assert ServiceEvent.objects.get().what == "使用书画活动室"


@pytest.mark.django_db
def test_the_code_itself_is_kept_nowhere(hub: Any) -> None:
    _event, code = record(hub)
    assert code not in {str(value) for row in RatingCode.objects.values_list() for value in row}


@pytest.mark.django_db
def test_a_code_is_used_once(hub: Any, frozen: Any) -> None:
    event, code = record(hub)
    assert code is not None
    assert use_code(code=rules.grouped(code).lower()) == event
    assert RatingCode.objects.get().used_at == clock.day_bounds(clock.today())[0]  # the day alone: the moment would lead to what was said
    with pytest.raises(RuleBroken) as refused:
        use_code(code=code)
    assert refused.value.code == "code_used"


@pytest.mark.django_db
def test_a_code_can_be_said_again_until_it_is_used_or_has_run_out(hub: Any, second_hub: Any, frozen: Any) -> None:
    event, code = record(hub)
    other, _code = record(hub, ref="66210260")
    assert (code_of(event), code_about("rooms.booking", "66210259"), code_about("rooms.booking", "1"), code_of(None)) == (code, code, None, None)
    assert (code_typed(hub, f" {code} ").event, code_typed(second_hub, code or ""), code_typed(hub, "nonsense")) == (event, None, None)
    use_code(code=code or "", hub_id=hub.pk)
    assert (code_of(event), code_typed(hub, code or "").used_at is not None) == (None, True)
    frozen.shift(rules.VALID_FOR)
    assert (code_of(other), code_typed(hub, code or "").event) == (None, event)


@pytest.mark.django_db
def test_a_code_of_another_hub_opens_nothing(hub: Any, second_hub: Any) -> None:
    _event, code = record(hub)
    with pytest.raises(RuleBroken) as refused:
        use_code(code=code or "", hub_id=second_hub.pk)
    assert (refused.value.code, RatingCode.objects.get().used_at) == ("code_unknown", None)


@pytest.mark.django_db
def test_what_a_domain_was_told_uses_the_code_up_and_is_told_on_once(hub: Any, monkeypatch: Any) -> None:
    told: list[Any] = []
    takers: Registry[RatingTaker] = Registry()
    takers.register(RatingTaker("tests", lambda event, rating: told.append((event.subject_ref, rating.grade))))
    monkeypatch.setattr(served, "rating_takers", takers)
    event, code = record(hub)
    once = rate_service(subject="rooms.booking", ref="66210259", rating=Rating(4))
    again = rate_service(subject="rooms.booking", ref="66210259", rating=Rating(1))
    nothing = rate_service(subject="rooms.booking", ref="1", rating=Rating(4))
    assert (once, again, nothing, told, code_of(event)) == (event, None, None, [("66210259", 4)], None)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["", "7KQ2M9XA", "nonsense", "7KQ2M9X0", "\u0000" * 8, "7" * 1000])
def test_an_unknown_code_opens_nothing(hub: Any, code: str) -> None:
    record(hub)
    with pytest.raises(RuleBroken) as refused:
        use_code(code=code)
    assert (refused.value.code, refused.value.refusals[0].field) == ("code_unknown", "code")
    assert RatingCode.objects.get().used_at is None


@pytest.mark.django_db
def test_a_code_runs_out(hub: Any, frozen: Any) -> None:
    _event, code = record(hub)
    frozen.shift(rules.VALID_FOR)
    with pytest.raises(RuleBroken) as refused:
        use_code(code=code or "")
    assert refused.value.code == "code_unknown"


@pytest.mark.django_db
def test_another_key_opens_nothing(hub: Any, settings: Any) -> None:
    _event, code = record(hub)
    settings.INDEX_KEY = "another"
    with pytest.raises(RuleBroken):
        use_code(code=code or "")


def both_at_once(work: Any) -> list[str]:
    """What two threads that begin together got: the answer, or the refusal's code."""
    answers: list[str] = []
    together = threading.Barrier(2, timeout=20)

    def run() -> None:
        try:
            together.wait()
            answers.append(str(work()))
        except RuleBroken as refused:
            answers.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_use_a_code_at_once_one_goes_through(hub: Any) -> None:
    for ref in ("1", "2", "3"):
        event, code = record(hub, ref=ref)
        assert both_at_once(lambda code=code: use_code(code=code).pk) == sorted([str(event.pk), "code_used"])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_who_record_at_once_one_gets_the_code(hub: Any) -> None:
    for ref in ("1", "2", "3"):
        answers = both_at_once(lambda ref=ref: record(hub, ref=ref)[1] is not None)
        assert answers == ["False", "True"]
    assert (ServiceEvent.objects.count(), RatingCode.objects.count()) == (3, 3)


@pytest.mark.django_db
def test_a_person_can_have_what_is_known(hub: Any, frozen: Any) -> None:
    person = Resident.objects.create(hub=hub, name="张桂兰")
    ServiceEventFactory(hub=hub, for_person=person, subject_ref="66210259")
    ServiceEventFactory(hub=hub)
    assert [(row["what"], row["which"]) for row in export(person)] == [("使用书画活动室", "66210259")]


@pytest.mark.django_db
def test_a_service_for_somebody_of_another_hub_is_found(hub: Any, second_hub: Any) -> None:
    ServiceEventFactory(hub=hub, for_person=Resident.objects.create(hub=hub, name="张"))
    ServiceEventFactory(hub=hub)
    assert list(strangers()) == []
    wrong = ServiceEventFactory(hub=hub, organisation=Organisation.objects.create(hub=second_hub, name_zh="北苑小学", kind="public"))
    assert list(strangers()) == [f"served.ServiceEvent {wrong.pk}: done at one hub for somebody of another"]
