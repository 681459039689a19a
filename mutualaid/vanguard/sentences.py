"""How the refusals of this app are said. Put beside the house's own in joins.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    # rating
    "rating_own": _("This is your own post. Somebody else has to rate it; the code can still be used."),
    "rating_grade_missing": _("How was it? Please choose one of the five."),
    "rating_words_long": _("Please use at most %(most)s characters."),
    "rating_words_decided": _("What you wrote has been read already and stays as it is. Thank you."),
    "rating_words_late": _("Words can be added for %(days)s days. Thank you for the rating itself, it counts."),
    # deciding
    "rating_not_yours_to_decide": _("This concerns your own post. Somebody else has to decide about it."),
    "rating_reason_missing": _("Please give the reason; it is kept with the rating."),
    "rating_aside_already": _("This rating is set aside already. Nothing was changed."),
    "rating_not_aside": _("This rating is not set aside. Nothing was changed."),
    "rating_no_words": _("There are no words to decide about."),
    "rating_reply_missing": _("Please write what you would like to answer."),
    "rating_reply_hidden": _("Only words that are shown can be answered."),
    "rating_done_missing": _("What was put right? Please write it in a few words; the rater reads them."),
    "rating_nothing_owed": _("Nothing has to be put right about this rating."),
    # visits
    "visit_station_unknown": _("Please choose one of the centres."),
    "visit_sheets": _("How many sheets? Please write a number from 1 to %(most)s."),
    "visit_code_gone": _("This code has been used, or its time is over. Please close a new visit."),
    # posts
    "term_overlaps": _("Somebody holds this post in that time already. Please end that term first, or choose other days."),
    "term_order": _("The last day lies before the first. Please correct the dates."),
    "term_over": _("This term was taken back. Nothing was changed."),
    "duty_name_missing": _("Who leads on that day? Please write a name, or leave the whole day empty."),
    # boxes
    "box_holder": _("The box is counted by people who hold no post. Please let somebody else do it."),
    "box_second_person": _("You have counted this box. The second count has to come from somebody else."),
    "box_done": _("This box is counted: both numbers agreed. For another box please write the next number."),
    "box_differs": _("The two counts differ. Both please count again; neither sees the other's."),
    "box_too_many": _("Please write numbers from 0 to %(most)s."),
    "box_empty": _("Please count at least one card."),
    # months
    "month_unknown": _("There is no such month. Please write it like 2026-10."),
    "month_not_over": _("This month is not over yet. It can be closed from ten past midnight on the first."),
    "month_box_open": _("A paper box of this month waits for its second count. Please finish it first."),
    "month_own_post": _("You held or led a post in this month. Somebody else has to close it."),
    "strike_there": _("This post is struck from the month already."),
    "strike_reason_missing": _("Please write the reason; everybody reads it beside the five."),
}
