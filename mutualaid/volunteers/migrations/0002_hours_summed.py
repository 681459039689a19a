"""The index that everybody's minutes are summed from holds the state too: SQLite read the table for it, row by row."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0001_volunteers")]

    operations = [
        migrations.RemoveIndex(model_name="hoursentry", name="hours_summed"),
        migrations.AddIndex(
            model_name="hoursentry",
            index=models.Index(fields=["hub", "resident", "starts_at", "minutes", "state"], name="hours_summed", condition=Q(state="confirmed")),
        ),
    ]
