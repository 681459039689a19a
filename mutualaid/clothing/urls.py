from django.urls import path

from mutualaid.clothing.views import clothes, pick

app_name = "clothing"
urlpatterns = [
    path("", clothes.clothes, name="clothes"),
    path("pick/", pick.pick, name="pick"),
]
