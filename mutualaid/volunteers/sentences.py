"""How the refusals of this app are said. Put beside the house's own in joins.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    # shifts
    "shift_called_off": _("This shift was called off. Please choose another one."),
    "shift_has_begun": _("This shift has begun. Please choose another one, or ask on the spot."),
    "shift_unknown": _("There is no such shift here. Please choose one from the list."),
    "shift_places_taken": _("%(going)s volunteers have a place already. Please write that number or more, or let somebody off first."),
    "shift_over": _("This shift is over. Nothing was changed."),
    "volunteer_age_unknown": _("This work is for people of %(youngest)s years and more, and we do not know the age. Please ring %(hotline)s."),
    "volunteer_too_young": _("This work is for people of %(youngest)s years and more. Please choose another shift."),
    "volunteer_needs_guardian": _("Who is under 18 needs a guardian's word. Please let the guardian sign up for them, or ring %(hotline)s."),
    "volunteer_is_elsewhere": _("They have signed up for “%(shift)s” at that time. Please withdraw there first, or choose another shift."),
    "volunteer_unknown": _("Volunteers are kept in our books. Please enter the person as a resident first; name and phone are enough."),
    "volunteer_not_found": _("We know nobody of this name with this number. Please compare both, or let the counter enter the person."),
    "volunteer_there": _("This person has signed up for this shift already."),
    "volunteer_not_yours": _("You are not recorded as acting for that person. Please ring %(hotline)s."),
    "keeping_not_agreed": _("To sign up, please tick that we may keep your name and number."),
    "signup_over": _("This sign-up is over (%(state)s). Nothing was changed."),
    "signup_too_late": _("Until %(until)s you could withdraw by yourself. Please ring %(hotline)s, so that somebody can stand in."),
    "signup_none": _("There is no sign-up to withdraw. Please choose one from the list."),
    # presence
    "here_not_now": _("You can check in from an hour before the shift until its end."),
    "here_no_place": _("You have no place in this shift. Please ask the coordinator on the spot."),
    "here_code_wrong": _("That is not the code of this shift. Please read it from the sheet once more; %(left)s more tries."),
    "here_code_shut": _("The code cannot be used any more. Please ask the coordinator to write you in."),
    "here_not_in": _("You have not checked in yet. Please do that first."),
    "here_times_wrong": _("%(name)s: leaving lies before coming. Please mend the times."),
    "here_outside": _("%(name)s: these times lie outside the shift. Please mend them."),
    # hours
    "hours_end_before_start": _("The end lies before the start. Please mend one of them."),
    "hours_too_long": _("One entry lasts 24 hours at most. Please file each day by itself."),
    "hours_future": _("That time is not over yet. Please file the hours afterwards."),
    "hours_too_old": _("Hours are filed from %(first)s on. Please ask the coordinator about older ones."),
    "hours_overlap": _("This meets hours that are in the book already: %(when)s. Please choose a time that does not."),
    "hours_cap": _("On %(day)s that would be more than %(hours)s hours. Please mend the times."),
    "hours_times_missing": _("From when until when? Please write both like 9:00."),
    "hours_what_missing": _("What did you do? A few words are enough."),
    "hours_not_yours": _("These are not your hours. Nothing was changed."),
    "hours_decided": _("Somebody has already decided about these hours (%(state)s). Nothing was changed."),
    "hours_locked": _("Confirmed hours are locked. Please ask for a correction."),
    "hours_own": _("These are your own hours. Somebody else has to decide about them."),
    "hours_filed_by_you": _("You filed these hours yourself. Somebody else has to decide about them."),
    "hours_not_confirmed": _("Only confirmed hours can be reversed. These can still be refused, or changed by the volunteer."),
    "hours_reversed": _("These hours have been reversed already."),
    "hours_reason_missing": _("Please give the reason; the volunteer reads it."),
    "hours_correction_missing": _("What is wrong? Please say it in a few words."),
    "hours_nothing_chosen": _("Please tick at least one entry."),
    "hours_month_not_over": _("This month is not over yet. Please close it when it is."),
    "hours_month_waiting": _("%(count)s entries of this month wait to be decided. Please decide about them first."),
    # certificates, the contribution book
    "certificate_empty": _("There are no confirmed hours in that time. Please choose other days."),
    "certificate_dates": _("The last day lies before the first, or in the future. Please correct the dates."),
    "nickname_wrong": _("A nickname has %(longest)s characters at most, and no phone number or address in it. Please choose another."),
    "thanks_guardian": _("For somebody under 18 the guardian decides. Please let the guardian do it, or ring %(hotline)s."),
}
