"""Codes are made from a chance that is kept, so that slip and message can say them again. Codes given before had reached nobody: who could still use
one gets a new one."""

import secrets

from django.db import migrations, models

from hub.served.codes import hash_of, letters_of


def give_new_codes(apps, schema_editor):
    rows = apps.get_model("served", "RatingCode").objects.filter(nonce="", used_at=None)
    batch = []
    for row in rows.iterator(chunk_size=1000):
        row.nonce = secrets.token_hex(16)
        row.code_hash = hash_of(letters_of(row.event_id, row.nonce))
        batch.append(row)
        if len(batch) == 1000:
            rows.model.objects.bulk_update(batch, ["nonce", "code_hash"])
            batch = []
    rows.model.objects.bulk_update(batch, ["nonce", "code_hash"])


class Migration(migrations.Migration):

    dependencies = [
        ("served", "0002_how_long_it_took"),
    ]

    operations = [
        migrations.AddField(
            model_name="ratingcode",
            name="nonce",
            field=models.CharField(default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.RunPython(give_new_codes, migrations.RunPython.noop),
    ]
