"""Below /swap/."""

from django.urls import path

from mutualaid.swapshop.views import barters, listing, offers, people, shop

app_name = "swapshop"
urlpatterns = [
    path("", shop.shop, name="shop"),
    path("new/", listing.new, name="new"),
    path("wishes/", people.wishes, name="wishes"),
    path("wishes/<int:pk>/end/", people.end_wish, name="end_wish"),
    path("children/", people.children, name="children"),
    path("photos/<str:token>/<str:size>/", shop.photo, name="photo"),
    path("own/<str:token>/", listing.own, name="own"),
    path("own/<str:token>/photos/<int:place>/<str:size>/", listing.own_photo, name="own_photo"),
    path("own/<str:token>/answer/", offers.answer, name="answer"),
    path("own/<str:token>/change/", listing.change, name="change"),
    path("own/<str:token>/withdraw/", listing.withdraw, name="withdraw"),
    path("own/<str:token>/again/", listing.repost, name="repost"),
    path("offers/<str:token>/", offers.offer, name="offer"),
    path("offers/<str:token>/withdraw/", offers.withdraw, name="withdraw_offer"),
    path("barters/<str:token>/", barters.barter, name="barter"),
    path("barters/<str:token>/time/", barters.slot, name="slot"),
    path("barters/<str:token>/confirm/", barters.confirm, name="confirm"),
    path("barters/<str:token>/break/", barters.break_promise, name="break"),
    path("<str:reference>/", shop.item, name="item"),
    path("<str:reference>/offer/", offers.make, name="make_offer"),
    path("<str:reference>/report/", shop.report, name="report"),
]
