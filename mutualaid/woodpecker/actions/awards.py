"""Prizes: given by the panel's scores and the edition's prizes, never over its budget; handed over by somebody else than who wins."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Sum

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.letters import CERTIFICATE, new_letters
from hub.core.names import masked_name
from mutualaid.woodpecker import rules
from mutualaid.woodpecker.actions.writing import AWARD, EDITION, is_closed, locked_edition, note, open_edition, user_of
from mutualaid.woodpecker.models import Award, CanonicalError, Edition, EditionPrize, Handover, Reader, Sender
from mutualaid.woodpecker.panel import Ranked, ranking, unscored
from mutualaid.woodpecker.queries import raw_reports
from mutualaid.woodpecker.states import Receipts


def plan(edition: Edition) -> tuple[list[rules.Given], dict[int, Ranked]]:
    """What the rules give now, beside what was handed over already; and everybody's mark by reader."""
    ranked = ranking(edition)
    kept = [as_given(row) for row in edition.awards.standing().filter(handover__isnull=False)]
    left = edition.budget_fen - sum(row.cash_fen for row in kept)
    given = rules.award([row.reader for row in ranked], [row.as_rule for row in edition.prizes.all()], left, kept)
    return given, {row.reader: row for row in ranked}


def as_given(award: Award) -> rules.Given:
    """A row as the rules know it."""
    return rules.Given(award.prize_id, award.place, award.reader_id, award.cash_fen)


def is_awarded(edition: Edition) -> bool:
    """Whether the prizes that stand are those the rules give."""
    standing = {as_given(row) for row in edition.awards.unclaimed()}
    return standing == set(plan(edition)[0])


@transaction.atomic
def award_prizes(*, edition: Edition, by: Any) -> list[Award]:
    """Give what the scores come to. What was handed over stays; what stands and is given otherwise now is taken back. Again, nothing happens."""
    held = open_edition(edition.pk)
    if clock.now() < held.window.closes_at:
        raise RuleBroken.of("woodpecker_still_running")
    refuse_unfinished(held)
    wanted, marks = plan(held)
    standing = {as_given(row): row for row in held.awards.unclaimed()}
    for given, row in standing.items():
        if given not in wanted:
            _take_back(row, held, by)
    new = [give(held, given, by, marks.get(given.reader)) for given in wanted if given not in standing]
    if new:
        note(EDITION, held, "award", by, hub_id=held.hub_id, prizes=len(new), cash_fen=sum(row.cash_fen for row in new))
    return new


def refuse_unfinished(edition: Edition) -> None:
    """RuleBroken while something is not sorted, not settled or not scored."""
    missing = unscored(edition)
    open_count = raw_reports(edition).count() + CanonicalError.objects.to_settle().filter(edition=edition).count()
    if open_count or missing.missing or missing.nobody:
        raise RuleBroken.of("woodpecker_unfinished", open=open_count, scores=missing.missing + missing.nobody)


def award(*, edition: Edition, given: rules.Given, by: Any) -> Award:
    """One place of one prize to one reader. RuleBroken when the money does not reach, or it is given already."""
    try:
        return _award(edition, given, by)
    except IntegrityError as error:
        raise RuleBroken.of("woodpecker_budget" if "edition_within_budget" in str(error) else "woodpecker_given_already") from None


@transaction.atomic
def _award(edition: Edition, given: rules.Given, by: Any) -> Award:
    held = open_edition(edition.pk)
    refuse_beyond_budget(held, given)
    return give(held, given, by, None)


def refuse_beyond_budget(edition: Edition, given: rules.Given) -> None:
    """The money that is left has to cover it."""
    if given.cash_fen > edition.left_fen:
        raise RuleBroken.of("woodpecker_budget")


def give(edition: Edition, given: rules.Given, by: Any, ranked: Ranked | None) -> Award:
    """Write it, and the money with it: the database keeps the sum within the budget."""
    reader = Reader.objects.select_related("resident").get(pk=given.reader)
    sender = Sender.objects.filter(reader=reader, report__edition=edition).order_by("-report__received_at", "-pk").first()
    prints = Sender.objects.filter(reader=reader, report__edition=edition, prints_full_name=True).exists()
    full_name = sender.contact_name if sender else (reader.resident.name if reader.resident else "")
    made: Award = Award.objects.create(
        hub_id=edition.hub_id, edition=edition, prize_id=given.prize, place=given.place, reader=reader,
        account_id=reader.resident.user_id if reader.resident else None, name=full_name if prints else masked_name(full_name) or "—", full_name=full_name,
        phone=sender.contact_phone if sender else reader.phone, cash_fen=given.cash_fen, marks=rules.words_of(ranked.mark) if ranked else "",
        corrections_count=ranked.corrections_count if ranked else 0, number=new_letters(CERTIFICATE),
        awarded_at=clock.now(), awarded_by=user_of(by), claim_by=clock.today() + rules.CLAIM_WITHIN,
    )  # fmt: skip
    Edition.objects.filter(pk=edition.pk).update(spent_fen=F("spent_fen") + given.cash_fen)
    return made


def _take_back(row: Award, edition: Edition, by: Any) -> None:
    row.voided_at = clock.now()
    row.save(update_fields=["voided_at"])
    Edition.objects.filter(pk=edition.pk).update(spent_fen=F("spent_fen") - row.cash_fen)
    note(AWARD, row, "take_back_award", by, hub_id=edition.hub_id)


def spent(edition: Edition) -> int:
    """What the prizes that stand come to."""
    return int(Award.objects.standing().filter(edition=edition).aggregate(sum=Sum("cash_fen"))["sum"] or 0)


@transaction.atomic
def hand_over(*, award: Award, receipt: str, collected_by: str = "", witness: str = "", by: Any) -> Handover:
    """Into the register: who gave it to whom, signed for or before a witness. Again, nothing happens. Nobody hands over to themselves."""
    edition = locked_edition(award.edition_id)
    held = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
    found: Handover | None = Handover.objects.filter(award=held).first()
    if found is not None:
        return found
    if held.voided_at is not None:
        raise RuleBroken.of("woodpecker_voided")
    if not is_closed(edition):
        raise RuleBroken.of("woodpecker_not_closed")
    if receipt not in Receipts.values:
        raise RuleBroken.of("woodpecker_receipt_missing", "receipt")
    if receipt == Receipts.WITNESSED and not witness.strip():
        raise RuleBroken.of("woodpecker_witness_missing", "witness")
    if held.account_id is not None and held.account_id == by.pk:
        raise RuleBroken.of("woodpecker_to_oneself")
    made: Handover = Handover.objects.create(
        award=held, at=clock.now(), by=by, account_id=held.account_id, receipt=receipt, collected_by=(collected_by.strip() or held.full_name)[:40],
        witness=witness.strip()[:40],
    )  # fmt: skip
    note(AWARD, held, "hand_over", by, hub_id=held.hub_id, receipt=receipt)
    return made


def prizes_of_last(edition: Edition) -> list[EditionPrize]:
    """The prizes an edition begins with: those of the newspaper's edition before it; of the first one best with 100 yuan and ten excellent."""
    before = Edition.objects.filter(newspaper=edition.newspaper_id).exclude(pk=edition.pk).order_by("-issued_on", "-pk").first()
    if before is None or not before.prizes.exists():
        return [EditionPrize(edition=edition, **row) for row in FIRST_PRIZES]
    same = ("rank", "name_zh", "name_en", "places_count", "cash_fen", "souvenir_zh", "souvenir_en")
    return [EditionPrize(edition=edition, **{name: getattr(row, name) for name in same}) for row in before.prizes.all()]


FIRST_PRIZES: tuple[dict[str, Any], ...] = (
    {"rank": 1, "name_zh": "最佳啄木鸟", "name_en": "Best woodpecker", "places_count": 1, "cash_fen": 10_000},
    {"rank": 2, "name_zh": "优秀啄木鸟", "name_en": "Excellent woodpecker", "places_count": 10, "souvenir_zh": "纪念品", "souvenir_en": "a souvenir"},
)
