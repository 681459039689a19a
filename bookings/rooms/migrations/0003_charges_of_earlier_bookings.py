"""Bookings that were made before there were payments get their charges: what is still to come can then be paid."""

import secrets

from django.db import migrations

COMING = ("pending", "confirmed")


def open_charges(apps, schema_editor):
    Booking, Charge = apps.get_model("rooms", "Booking"), apps.get_model("payments", "Charge")
    known = set(Charge.objects.filter(purpose="rooms.booking").values_list("subject_ref", flat=True))
    rows = Booking.objects.filter(state__in=COMING, list_fen__gt=0).select_related("entitlement").order_by("pk")
    charges = [
        Charge(
            hub_id=booking.hub_id,
            token=secrets.token_urlsafe(18),
            purpose="rooms.booking",
            subject_ref=booking.reference,
            state="open" if booking.price_fen else "waived",
            list_fen=booking.list_fen,
            due_fen=booking.price_fen,
            waived_fen=booking.list_fen - booking.price_fen,
            waived_for=waived_for(booking),
            opened_at=booking.created_at,
            closed_at=None if booking.price_fen else booking.created_at,
        )
        for booking in rows
        if booking.reference not in known
    ]
    Charge.objects.bulk_create(charges, batch_size=500)


def waived_for(booking):
    if booking.price_fen == booking.list_fen:
        return ""
    if booking.entitlement_id:
        return booking.entitlement.kind
    return "organisation" if booking.price_reason == "organisation" else "decision"


class Migration(migrations.Migration):
    dependencies = [("rooms", "0002_guard_looks_up_in_an_index"), ("payments", "0001_payments")]
    operations = [migrations.RunPython(open_charges, migrations.RunPython.noop)]
