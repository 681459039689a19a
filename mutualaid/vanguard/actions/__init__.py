from mutualaid.vanguard.actions.boxes import type_box
from mutualaid.vanguard.actions.closing import close_month, reopen_month, strike, take_strike_back
from mutualaid.vanguard.actions.deciding import answer, decide_words, put_back, put_right, set_aside
from mutualaid.vanguard.actions.posts import begin_term, change_term, end_term, set_duty, take_term_back
from mutualaid.vanguard.actions.rating import Came, add_words, rate, take_rating
from mutualaid.vanguard.actions.visits import close_visit, print_cards, send_code

__all__ = [
    "Came", "add_words", "answer", "begin_term", "change_term", "close_month", "close_visit", "decide_words", "end_term", "print_cards", "put_back",
    "put_right", "rate", "reopen_month", "send_code", "set_aside", "set_duty", "strike", "take_rating", "take_strike_back", "take_term_back", "type_box",
]  # fmt: skip
