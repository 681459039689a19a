"""Reporting an error: by web, telephone, counter and paper alike."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from hub.core import clock, wording
from hub.core.errors import RuleBroken
from hub.core.references import new_reference
from hub.core.refusals import Refusal
from hub.hubs.models import Hub
from hub.people.models import ContactPhone, Resident
from mutualaid.woodpecker import rules
from mutualaid.woodpecker.actions.writing import REPORT, is_closed, locked_edition, note, user_of
from mutualaid.woodpecker.models import Edition, Reader, Report, Sender
from mutualaid.woodpecker.states import CHANNEL_OF, Ways

REFERENCE_TRIES = 5


@dataclass(frozen=True, slots=True)
class Wrong:
    """What somebody found."""

    page: int
    title: str
    wrong: str
    right: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who found it, how it came, for whom; a member of staff who takes it down is `taken_by`."""

    name: str
    phone: str
    way: str = Ways.WEB
    user: Any = None
    asked_by: Resident | None = None
    for_person: Resident | None = None
    taken_by: Any = None
    prints_full_name: bool = False


def report_error(*, edition: Edition, wrong: Wrong, by: Reporter, token: str, received_at: datetime | None = None, photo: bytes = b"") -> Report:
    """Write it down with the time the hub received it: now, unless `received_at` says when the paper came. RuleBroken with every complaint.

    The same `token` gives the report that was made first; with other words it is refused.
    """
    digest = digest_of(edition, wrong, by)
    for _try in range(REFERENCE_TRIES):
        try:
            return _report(edition, wrong, by, token, digest, received_at, photo)
        except IntegrityError as error:
            if earlier := made_before(token, digest):
                return earlier
            if "reference" not in str(error):
                raise
    raise RuntimeError("no free reference in five tries")


@transaction.atomic
def _report(edition: Edition, wrong: Wrong, by: Reporter, token: str, digest: str, received_at: datetime | None, photo: bytes) -> Report:
    held = locked_edition(edition.pk)
    if earlier := made_before(token, digest):
        return earlier
    now = clock.now()
    received = received_at or now
    refuse_what_cannot_be(held, wrong, by, received, now)
    made: Report = Report.objects.create(
        hub_id=held.hub_id, edition=held, reference=new_reference("newspaper_report"), token=token, body_digest=digest, page=wrong.page,
        title=wrong.title.strip(), wrong=wrong.wrong.strip(), right=wrong.right.strip(), reason=wrong.reason.strip(), way=by.way, received_at=received,
        typed_at=now,
    )  # fmt: skip
    sender = Sender(
        report=made, reader=reader_for(held.hub, by), channel=CHANNEL_OF.get(Ways(by.way), by.way), taken_by=by.taken_by, asked_by=by.asked_by,
        for_person=by.for_person, contact_name=by.name, contact_phone=by.phone, prints_full_name=by.prints_full_name,
    )  # fmt: skip
    if photo:
        sender.photo.save("photo.jpg", ContentFile(photo), save=False)
    sender.save(force_insert=True)
    note(REPORT, made, "report_error", by.taken_by or by.user, hub_id=held.hub_id, ref=made.reference, channel=str(sender.channel), way=str(by.way))
    return made


def made_before(token: str, digest: str) -> Report | None:
    """The report this token has made already; RuleBroken when it was asked with other words."""
    found: Report | None = Report.objects.select_related("edition__newspaper", "hub").filter(token=token).first()
    if found is not None and found.body_digest != digest:
        raise RuleBroken.of("done_otherwise")
    return found


def digest_of(edition: Edition, wrong: Wrong, by: Reporter) -> str:
    """What tells the same report when it comes again; nothing can be read out of it."""
    words = "\0".join([edition.key, str(wrong.page), wrong.title.strip(), wrong.wrong.strip(), wrong.right.strip(), wrong.reason.strip(), by.name, by.phone])
    return hashlib.sha256(words.encode()).hexdigest()[:43]


def refuse_what_cannot_be(edition: Edition, wrong: Wrong, by: Reporter, received: datetime, now: datetime) -> None:
    """RuleBroken with every complaint, each at its field; who comes too late reads which edition runs."""
    found: list[Refusal] = []
    if refused := rules.when_refusal(received, edition.window, now):
        found.append(refused if refused.code != "woodpecker_late" else late(edition, now))
    elif is_closed(edition):
        found.append(late(edition, now))
    if refused := rules.page_refusal(wrong.page, edition.pages_count):
        found.append(refused)
    found += [Refusal(f"woodpecker_{name}_missing", name) for name in ("title", "wrong") if not rules.plain(getattr(wrong, name))]
    if not found and by.taken_by is None and reports_today(edition.hub, by.phone, now) >= rules.MOST_A_DAY:
        found.append(Refusal("woodpecker_too_many", None, {"most": rules.MOST_A_DAY, "hotline": edition.hub.hotline}))
    if found:
        raise RuleBroken(*found)


def look_over(edition: Edition, wrong: Wrong, by: Reporter) -> None:
    """What reporting would refuse, before anything is written."""
    now = clock.now()
    refuse_what_cannot_be(edition, wrong, by, now, now)


def late(edition: Edition, now: datetime) -> Refusal:
    """Too late for this edition; the one that runs is named."""
    until = wording.moment_words(edition.last_moment)
    running = Edition.objects.at(edition.hub).running(clock.local(now).date()).exclude(pk=edition.pk).select_related("newspaper").first()
    if running is None:
        return Refusal("woodpecker_late", "edition", {"edition": edition.called, "until": until})
    return Refusal("woodpecker_late_next", "edition", {"edition": edition.called, "until": until, "running": running.called})


def reports_today(hub: Hub, phone: str, now: datetime) -> int:
    """How many came from a number on this day."""
    return Sender.objects.filter(contact_phone=phone, report__hub=hub, report__typed_at__gte=clock.day_bounds(clock.local(now).date())[0]).count()


def reader_for(hub: Hub, by: Reporter) -> Reader:
    """The one row of whoever reports: a resident (named, or the only one of this name with this number), else the number."""
    person = by.for_person
    if person is None:
        rows = ContactPhone.objects.at(hub).filter(number=by.phone, resident__name=by.name, resident__erased_at=None).select_related("resident")
        known = {row.resident_id: row.resident for row in rows}
        person = next(iter(known.values())) if len(known) == 1 else None
    wanted: dict[str, Any] = {"resident": person} if person else {"resident": None, "phone": by.phone}
    found, _is_new = Reader.objects.get_or_create(hub=hub, **wanted)
    return found


@transaction.atomic
def add_photo(*, report: Report, photo: bytes, by: Any = None) -> None:
    """A photo for a report that has none yet, while its edition is open."""
    held = locked_edition(report.edition_id)
    if is_closed(held):
        raise RuleBroken.of("woodpecker_closed")
    sender = Sender.objects.select_for_update(of=("self",)).get(report=report)
    if sender.photo:
        raise RuleBroken.of("woodpecker_photo_there", "photo")
    sender.photo.save("photo.jpg", ContentFile(photo), save=False)
    sender.save(update_fields=["photo"])
    note(REPORT, report, "add_photo", user_of(by), hub_id=held.hub_id, ref=report.reference)
