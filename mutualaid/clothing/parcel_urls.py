"""Apart from /clothing/: a parcel's address says nothing of what is in it."""

from django.urls import path

from mutualaid.clothing.views import parcel

app_name = "parcels"
urlpatterns = [
    path("<str:token>/", parcel.parcel, name="parcel"),
    path("<str:token>/cancel/", parcel.cancel, name="cancel"),
]
