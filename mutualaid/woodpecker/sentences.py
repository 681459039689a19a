"""How the refusals of this app are said. Put beside the house's own in joins.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "woodpecker_future": _("That moment has not come yet. Please look at the day and the time again."),
    "woodpecker_early": _("This edition had not come out by then. Please look at the edition or the day again."),
    "woodpecker_late": _(
        "Reports about %(edition)s were taken until %(until)s; that is over. What you wrote is still here. No other edition takes reports just now."
    ),
    "woodpecker_late_next": _(
        "Reports about %(edition)s were taken until %(until)s; that is over. What you wrote is still here. %(running)s is running: is it about that one?"
    ),
    "woodpecker_page": _("This edition has pages 1 to %(pages)s. Please look at the number again."),
    "woodpecker_title_missing": _("Which article is it in? Please write its title, or what it is about."),
    "woodpecker_wrong_missing": _("What is wrong? Please write it as it is printed."),
    "woodpecker_too_many": _("That is %(most)s reports today. Please ring %(hotline)s: we take the rest down together."),
    "woodpecker_photo_there": _("There is a photo with this report already."),
    "woodpecker_closed": _("This edition is closed, nothing was changed. Whoever heads the house can open it again with a reason."),
    "woodpecker_stale": _("Somebody else has changed this error in the meantime. Nothing was changed; please look at it once more."),
    "woodpecker_sorted": _("Somebody else has sorted one of these reports in the meantime. Nothing was changed; please look at the list once more."),
    "woodpecker_other_edition": _("One of these reports is about another edition. Nothing was changed."),
    "woodpecker_nothing_chosen": _("Please tick at least one report."),
    "woodpecker_where_missing": _("Under which error? Please choose one, or write a new one."),
    "woodpecker_own": _("You, your family or your household sent one of these. Please leave it to another reviewer."),
    "woodpecker_verdict_missing": _("An error or none? Please choose one of the two."),
    "woodpecker_kind_missing": _("What kind of error is it? Please choose one."),
    "woodpecker_reason_missing": _("Why is it none? Please choose a reason; the reader is told."),
    "woodpecker_points": _("Please give points from 0 to %(most)s."),
    "woodpecker_scored": _("You have scored this one already; your points stay as they are."),
    "woodpecker_not_of_the_panel": _("You are not on the panel of this edition. The editor can put you there."),
    "woodpecker_not_credited": _("This correction is no longer credited. Nothing was changed; please take the next one."),
    "woodpecker_still_running": _("This edition still takes reports. Please wait until its deadline is over."),
    "woodpecker_unfinished": _("Not yet: %(open)s reports or errors are not settled, %(scores)s scores are missing. Please see to them first."),
    "woodpecker_not_awarded": _("Not yet: the prizes are not those that the scores come to. The director awards them first."),
    "woodpecker_budget": _("The money left in the budget does not reach for this prize. Nothing was awarded."),
    "woodpecker_given_already": _("This place is given already, or this reader has a prize. Nothing was changed."),
    "woodpecker_not_closed": _("The result is not out yet. Please hand prizes over once the edition is closed."),
    "woodpecker_voided": _("This prize was taken back. Please look who has it now."),
    "woodpecker_receipt_missing": _("Signed for, or before a witness? Please choose one of the two."),
    "woodpecker_witness_missing": _("Who saw it? Please write the name of the witness."),
    "woodpecker_to_oneself": _("This prize is yours. Please let a colleague hand it over."),
}
