"""What staff type about the calendar."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from hub.workdays.models import SpecialDay


class SpecialDayForm(WagtailAdminModelForm):
    """One special day. The hub stands on the instance and not in the form, so Django does not ask the constraint by itself."""

    class Meta:
        model = SpecialDay
        fields = ["day_on", "kind", "label_zh", "label_en", "hours_of"]

    def clean_day_on(self) -> date:
        day_on: date = self.cleaned_data["day_on"]
        if SpecialDay.objects.filter(hub_id=self.instance.hub_id, day_on=day_on).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("That day is in the list already. Please change it there."), code="day_there")
        return day_on
