"""How the refusals of the desk are said. Put beside the house's own in joins.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "call_closed": _("This call is wrapped up already; nothing was changed. Please open a new one."),
    "call_anothers": _("%(name)s has this call. Please take it over first."),
    "call_code_missing": _("What was it? Please choose a code, then wrap up."),
    "call_task_left": _("Something is typed under %(tasks)s and not done yet. Do it, or tick that it can be dropped."),
    "call_back_open": _("A call-back is promised for this call already. Please ring back first."),
    "call_back_over": _("Somebody has settled this one already. Nothing was changed."),
    "call_back_note_missing": _("What is it about? Please write a few words for whoever rings back."),
    "caller_unreachable": _("Please write a name or a number, so that we know who it is."),
    "caller_likely_known": _("Perhaps we know this person already. Please choose, or tick that it is somebody new."),
}
