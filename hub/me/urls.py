"""/me/ and /find/."""

from django.urls import path

from hub.me import views

app_name = "me"
urlpatterns = [
    path("me/", views.mine, name="mine"),
    path("find/", views.find, name="find"),
]
