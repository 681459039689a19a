"""Joining the shop under a nickname; a guardian's consent; wishes."""

from typing import Any

from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people.actions.consents import record_consent
from hub.people.actions.consents import withdraw_consent as withdraw
from hub.people.models import Consent, Resident
from hub.people.states import CONSENT_TEXT_VERSION, Channels, ConsentPurposes
from mutualaid.swapshop import reaching, rules
from mutualaid.swapshop.actions import leaving
from mutualaid.swapshop.actions.writing import note
from mutualaid.swapshop.models import Kind, Swapper, Wish

SWAPPER, WISH = "swapshop.swapper", "swapshop.wish"


@transaction.atomic
def join(*, person: Resident, nickname: str, said_child: bool | None = None, by: Any = None) -> Swapper:
    """Give a resident a nickname in the shop, or another one. The same again changes nothing. `said_child` counts only where the books hold no
    date of birth, and whoever has said that they are under eighteen cannot take it back here."""
    person = Resident.objects.select_for_update().get(pk=person.pk)
    nickname = " ".join(nickname.split())
    if person.is_erased:
        raise RuleBroken.of("swap_person_unknown", "nickname")
    refused = rules.nickname_refusal(nickname, person.name, reaching.words_of(person.hub))
    if refused:
        raise RuleBroken(refused)
    swapper = reaching.swapper_of(person) or Swapper(hub_id=person.hub_id, resident=person)
    before = (swapper.pk, swapper.nickname, swapper.said_child)
    swapper.nickname = nickname
    if person.birth_on is None and said_child is not None and not swapper.said_child:
        swapper.said_child = said_child
    if before == (swapper.pk, swapper.nickname, swapper.said_child) and swapper.pk:
        return swapper
    try:
        with transaction.atomic():
            swapper.save()
    except IntegrityError:
        raise RuleBroken.of("swap_nickname_taken", "nickname") from None
    note(SWAPPER, swapper, "join" if before[0] is None else "rename", by, ref=str(swapper.pk), person=person)
    return swapper


@transaction.atomic
def agree_for_child(*, child: Resident, guardian: Resident, by: Any = None, channel: str = Channels.WEB) -> Consent:
    """A guardian's consent to a child's swapping: on file until it is withdrawn."""
    if not reaching.is_child(child):
        raise RuleBroken.of("swap_no_child")
    if guardian.pk not in {each.pk for each in reaching.guardians_of(child)}:
        raise RuleBroken.of("swap_not_guardian", hotline=child.hub.hotline)
    return record_consent(resident=child, purpose=ConsentPurposes.SWAP, text_version=CONSENT_TEXT_VERSION, channel=channel, by=by, given_by=guardian)


@transaction.atomic
def disagree_for_child(*, child: Resident, guardian: Resident, by: Any = None, channel: str = Channels.WEB) -> None:
    """The guardian changes their mind: the consent ends, the child's promises are broken for that reason, the child's things leave the shop."""
    if guardian.pk not in {each.pk for each in reaching.guardians_of(child)}:
        raise RuleBroken.of("swap_not_guardian", hotline=child.hub.hotline)
    for consent in Consent.objects.standing().filter(resident=child, purpose=ConsentPurposes.SWAP).order_by("pk"):
        withdraw(consent=consent, by=by, channel=channel)
    leaving.take_out_of_shop(person=child, by=by)


@transaction.atomic
def make_wish(*, person: Resident, kind: Kind | None, words: str, by: Any = None) -> Wish:
    """Look for something. The same wish again gives the one that stands."""
    person = Resident.objects.select_for_update().get(pk=person.pk)
    words = " ".join(words.split())
    if kind is None and not words:
        raise RuleBroken.of("swap_wish_empty", "words")
    refused = rules.text_refusal(words, "words", reaching.words_of(person.hub))
    if refused:
        raise RuleBroken(refused)
    standing = Wish.objects.standing().filter(person=person)
    same: Wish | None = standing.filter(kind=kind, words=words).first()
    if same:
        return same
    if standing.count() >= rules.MOST_WISHES:
        raise RuleBroken.of("swap_too_many_wishes", limit=rules.MOST_WISHES)
    made: Wish = Wish.objects.create(hub_id=person.hub_id, person=person, kind=kind, words=words)
    note(WISH, made, "make_wish", by, ref=str(made.pk), person=person)
    return made


@transaction.atomic
def end_wish(*, wish: Wish, by: Any = None) -> Wish:
    """They look for it no more. Again, nothing happens."""
    wish = Wish.objects.select_for_update().get(pk=wish.pk)
    if wish.ended_at is None:
        wish.ended_at = clock.now()
        wish.save(update_fields=["ended_at"])
        note(WISH, wish, "end_wish", by, ref=str(wish.pk), person=wish.person)
    return wish
