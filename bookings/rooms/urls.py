"""Below /rooms/."""

from django.urls import path

from bookings.rooms.views import book, bookings, rooms

app_name = "rooms"
urlpatterns = [
    path("", rooms.finder, name="finder"),
    path("bookings/<str:token>/", bookings.booking, name="booking"),
    path("bookings/<str:token>/booking.ics", bookings.calendar, name="booking_calendar"),
    path("bookings/<str:token>/cancel/", bookings.cancel, name="cancel"),
    path("bookings/<str:token>/move/", bookings.move, name="move"),
    path("<slug:slug>/", rooms.room, name="room"),
    path("<slug:slug>/book/", book.book, name="book"),
    path("<slug:slug>/door/", rooms.door, name="door"),
    path("<slug:slug>/calendar.ics", rooms.calendar, name="calendar"),
]
