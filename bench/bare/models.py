"""Three plain tables: a room, its bookings, and a line for each that was made."""

from django.db import models


class BareRoom(models.Model):
    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name


class BareBooking(models.Model):
    room = models.ForeignKey(BareRoom, on_delete=models.PROTECT, db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    name = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["room", "starts_at"], name="bare_room_from")]

    def __str__(self) -> str:
        return self.name


class BareLine(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=20)
    ref = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.verb} {self.ref}"
