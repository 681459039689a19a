"""Below /woodpecker/."""

from django.urls import path

from mutualaid.woodpecker.views import board, certificates, report

app_name = "woodpecker"
urlpatterns = [
    path("", board.landing, name="landing"),
    path("report/", report.new, name="new"),
    path("reports/<str:token>/", report.slip, name="report"),
    path("reports/<str:token>/photo/", report.add_photo, name="add_photo"),
    path("reports/<str:token>/picture/", report.picture, name="picture"),
    path("editions/<slug:key>/", board.edition, name="edition"),
    path("editions/<slug:key>/pdf/", board.pdf, name="pdf"),
    path("editions/<slug:key>/print/", board.printed, name="print"),
    path("editions/<slug:key>/text/", board.text, name="text"),
    path("standings/", board.standings, name="standings"),
    path("certificate/<str:number>/", certificates.check, name="certificate"),
    path("certificate/<str:number>/paper/", certificates.on_paper, name="paper"),
    path("certificate/<str:number>/pdf/", certificates.pdf, name="certificate_pdf"),
]
