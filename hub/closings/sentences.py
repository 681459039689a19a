"""What the house says about closings."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "closing_reason_missing": _("Please write why it is opened again; everybody who sees the result reads it."),
    "closing_open_already": _("This is open already. Nothing was changed."),
    "closing_not_for_print": _("This was opened again, or there is nothing in it to publish. Please look at the list once more."),
    "closing_stands": _("This month or edition is closed. Whoever reviews it can open it again with a reason."),
}
