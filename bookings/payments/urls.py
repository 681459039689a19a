"""Below /payments/, in both languages; the webhook stands outside them (hub/urls.py)."""

from django.urls import path

from bookings.payments import views, views_pretend

app_name = "payments"
urlpatterns = [
    path("pretend/<str:session_id>/", views_pretend.page, name="pretend"),
    path("<str:token>/", views.pay, name="pay"),
    path("<str:token>/back/", views.back, name="back"),
]
