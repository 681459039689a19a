"""How the refusals of this app are said. Put beside the house's own in joins.py."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "code_unknown": _("This rating code is not known here, or its time is over. Please compare it with the slip."),
    "code_used": _("This rating code has already been used. Thank you, your rating is written down."),
}
