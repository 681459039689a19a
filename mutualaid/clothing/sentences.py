"""How the refusals of this app are said. Put beside the house's own in joins.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "clothing_count": _("Please write a number from 0 to %(most)s."),
    "clothing_count_missing": _("How many pieces are there? Please write at least one."),
    "clothing_size": _("This comes in the sizes %(first)s to %(last)s. Please look at the label again."),
    "clothing_only_new": _("Underwear is passed on only when it is new. Please write it among what cannot be worn."),
    "clothing_fault_missing": _("Why can it not be worn, and what becomes of it? Please choose both."),
    "clothing_too_few_there": _("Only %(there)s of these are on the shelf. Please write that or less."),
    "clothing_as_it_was": _("That is the number that stands here already. Nothing was changed."),
    "clothing_reason_missing": _("Please write why the number is another one."),
    "clothing_nothing": _("Please choose at least one piece."),
    "clothing_too_many": _("One parcel holds %(most)s pieces at most. Please leave some for the next time."),
    "clothing_gone": _("Somebody has just taken the last one: %(what)s. Please choose something else; the rest of your choice is still here."),
    "clothing_gone_near": _("Somebody has just taken the last one: %(what)s. Near in size there is: %(near)s. The rest of your choice is still here."),
    "clothing_slot": _("At that time nothing is handed out. Please choose one of the times in the list."),
    "clothing_not_entitled": _(
        "We have nothing in our books yet that lets this person choose. Please ring %(hotline)s or speak to the counter: they look for a way."
    ),
    "clothing_not_entitled_desk": _(
        "Nothing in our books lets this person choose. If it is yours to decide, write the reason; otherwise pass the call on to the counter."
    ),
    "clothing_decision_not_yours": _("The counter or the director decides this. Please leave the reason empty, or hand the call over."),
    "clothing_decision_own": _("You cannot decide this for yourself. Please ask a colleague."),
    "clothing_open_already": _("A parcel is waiting already, number %(reference)s. Please collect or cancel that one first."),
    "clothing_open_somewhere": _("A parcel is waiting already. Please collect or cancel that one first."),
    "parcel_wrong_step": _("The parcel has gone on in the meantime (%(state)s). Nothing was changed."),
    "parcel_unknown": _("There is no parcel to hand out under this number and phone. Please ask for both once more."),
}
