"""Deciding about ratings: set aside, put back, show words, answer, put right. Never about one's own post, but for answering and putting right."""

from typing import Any

from django.db import transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.promises.actions import keep_about
from mutualaid.vanguard.actions.writing import CORRECTION, RATING, lock_month, locked_rating, note
from mutualaid.vanguard.models import Rating
from mutualaid.vanguard.models.rating import LONGEST_WORDS
from mutualaid.vanguard.permissions import user_can_answer, user_can_correct, user_can_decide
from mutualaid.vanguard.states import WordsStates


@transaction.atomic
def set_aside(*, rating: Rating, reason: str, by: Any) -> Rating:
    """It stays listed and counts no more. RuleBroken without a reason, for one's own post, in a closed month."""
    held = held_to_decide(rating, by)
    if not reason.strip():
        raise RuleBroken.of("rating_reason_missing", "reason")
    if held.is_aside:
        raise RuleBroken.of("rating_aside_already")
    held.set_aside_at, held.set_aside_by, held.reason, held.looked_at = clock.now(), by, reason.strip()[:200], clock.now()
    held.save(update_fields=["set_aside_at", "set_aside_by", "reason", "looked_at"])
    note(held.hub_id, RATING, held.pk, "set_aside", by, reason=held.reason)
    return held


@transaction.atomic
def put_back(*, rating: Rating, reason: str, by: Any) -> Rating:
    """It counts again, and the rule leaves it alone from now on."""
    held = held_to_decide(rating, by)
    if not reason.strip():
        raise RuleBroken.of("rating_reason_missing", "reason")
    if not held.is_aside:
        raise RuleBroken.of("rating_not_aside")
    held.set_aside_at, held.set_aside_by, held.reason, held.looked_at = None, None, reason.strip()[:200], clock.now()
    held.save(update_fields=["set_aside_at", "set_aside_by", "reason", "looked_at"])
    note(held.hub_id, RATING, held.pk, "put_back", by, reason=held.reason)
    return held


@transaction.atomic
def keep_aside(*, rating: Rating, by: Any) -> Rating:
    """Somebody has looked at what the rule set aside, and leaves it so. Again, nothing happens."""
    held = held_to_decide(rating, by)
    if not held.is_aside:
        raise RuleBroken.of("rating_not_aside")
    if held.looked_at is None:
        held.looked_at = clock.now()
        held.save(update_fields=["looked_at"])
        note(held.hub_id, RATING, held.pk, "keep_aside", by)
    return held


def held_to_decide(rating: Rating, by: Any) -> Rating:
    """The rating, locked, in a month that is open; RuleBroken for one's own post."""
    lock_month(rating.hub_id, rating.month)
    held = locked_rating(rating)
    refuse_own_post(held, by)
    return held


def refuse_own_post(held: Rating, by: Any) -> None:
    if not user_can_decide(by, held.post_id, held.month):
        raise RuleBroken.of("rating_not_yours_to_decide")


@transaction.atomic
def decide_words(*, rating: Rating, is_shown: bool, by: Any) -> Rating:
    """Words are shown or not; either can be changed later. The grade counts all the same."""
    held = locked_rating(rating)
    refuse_own_post(held, by)
    if held.words_state == WordsStates.NONE:
        raise RuleBroken.of("rating_no_words")
    wanted = WordsStates.SHOWN if is_shown else WordsStates.HIDDEN
    if held.words_state != wanted:
        held.words_state, held.words_at, held.words_by = wanted, clock.now(), by
        held.save(update_fields=["words_state", "words_at", "words_by"])
        note(held.hub_id, RATING, held.pk, "show_words" if is_shown else "hide_words", by)
    return held


@transaction.atomic
def answer(*, rating: Rating, words: str, by: Any) -> Rating:
    """The right of reply: the post's holder or leader answers words that are shown."""
    held = locked_rating(rating)
    if not user_can_answer(by, held.post_id):
        raise RuleBroken.of("rating_not_yours_to_decide")
    if held.words_state != WordsStates.SHOWN:
        raise RuleBroken.of("rating_reply_hidden")
    if not words.strip():
        raise RuleBroken.of("rating_reply_missing", "words")
    held.reply, held.reply_at, held.reply_by = words.strip()[:LONGEST_WORDS], clock.now(), by
    held.save(update_fields=["reply", "reply_at", "reply_by"])
    note(held.hub_id, RATING, held.pk, "answer", by)
    return held


@transaction.atomic
def put_right(*, rating: Rating, words: str, by: Any) -> Rating:
    """What was done about a low grade: the rater reads it, the promise is kept. Again, the words are written anew."""
    held = locked_rating(rating)
    if not held.needs_correction or held.post_id is None:
        raise RuleBroken.of("rating_nothing_owed")
    if not user_can_correct(by, held):
        raise RuleBroken.of("rating_not_yours_to_decide")
    if not words.strip():
        raise RuleBroken.of("rating_done_missing", "words")
    held.done_words, held.done_at, held.done_by = words.strip()[:LONGEST_WORDS], clock.now(), by
    held.save(update_fields=["done_words", "done_at", "done_by"])
    keep_about(kind=CORRECTION, subject=RATING, ref=str(held.pk), by=by)
    note(held.hub_id, RATING, held.pk, "put_right", by)
    return held
