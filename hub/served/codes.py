"""Rating codes: how one is made from its service, and under which hash it is looked up. Both are keyed: a copy of the database gives no code away."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from hub.core.letters import LETTERS
from hub.served import rules


def letters_of(event_id: int, nonce: str) -> str:
    """The code of one service; the same again for the same nonce."""
    number = int(salted_hmac("served.rating_letters", f"{event_id}:{nonce}", secret=settings.INDEX_KEY, algorithm="sha256").hexdigest(), 16)
    letters = ""
    for _each in range(rules.CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def hash_of(code: str) -> str:
    """The keyed hash under which a code is kept."""
    return salted_hmac("served.rating_code", code, secret=settings.INDEX_KEY, algorithm="sha256").hexdigest()
