"""Addresses that have no language: files and the map of the site."""

from django.urls import path

from cms import views

urlpatterns = [
    path("media/<path:name>", views.media, name="media"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]
