"""Below /volunteer/."""

from django.urls import path

from mutualaid.volunteers.views import certificates, here, hours, shifts, thanks

app_name = "volunteers"
urlpatterns = [
    path("", shifts.landing, name="landing"),
    path("shifts/<slug:ref>/", shifts.shift, name="shift"),
    path("signups/<str:token>/", shifts.signup, name="signup"),
    path("signups/<str:token>/withdraw/", shifts.withdraw, name="withdraw"),
    path("here/", here.here, name="here"),
    path("here/<slug:code>/", here.here, name="here_by_code"),
    path("hours/", hours.book, name="hours"),
    path("hours/file/", hours.file, name="file"),
    path("hours/<str:token>/change/", hours.change, name="change"),
    path("hours/<str:token>/correct/", hours.correct, name="correct"),
    path("certificate/", certificates.draw, name="draw"),
    path("certificate/<str:number>/", certificates.check, name="certificate"),
    path("certificate/<str:number>/paper/", certificates.on_paper, name="paper"),
    path("certificate/<str:number>/pdf/", certificates.pdf, name="pdf"),
    path("thanks/", thanks.board, name="thanks"),
    path("thanks/me/", thanks.mine, name="thank_me"),
]
