"""The pages of an import: upload, look, confirm or cancel."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from import_export.formats.base_formats import CSV
from tablib import Dataset
from wagtail.admin.viewsets.base import ViewSet

from hub.core.spreadsheets import BYTE_ORDER_MARK
from hub.people.importing import flow, vault
from hub.people.importing.files import BIGGEST, FileRefused
from hub.people.importing.resource import HubResource


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(label=gettext_lazy("file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}), allow_empty_file=True)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB. Please split it."), code="too_large")
        return file


class ImportViewSet(ViewSet):
    """`ImportViewSet("resident_import", resource=ResidentResource, question=user_can_import_residents, back="residents:index")`."""

    resource: type[HubResource]
    question: Callable[..., bool]
    back = ""
    icon = "upload"
    add_to_admin_menu = False

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", require_http_methods(["GET", "HEAD", "POST"])(self.upload), name="index"),
            path("confirm/", require_http_methods(["POST"])(self.confirm), name="confirm"),
            path("cancel/", require_http_methods(["POST"])(self.cancel), name="cancel"),
            path("sample/", require_http_methods(["GET", "HEAD"])(self.sample), name="sample"),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """The form; a sound file is kept encrypted and shown row by row."""
        self._ask(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            raw = file.read()
            try:
                outcome = flow.look(self.resource, hub=request.hub, by=request.user, raw=raw, filename=file.name)  # type: ignore[attr-defined]  # set by HubMiddleware
            except FileRefused as refused:
                form.add_error("file", str(refused))
            else:
                return self._preview(request, outcome, self._token(request, raw, file.name))
        context = {
            "form": form, "form_is_multipart": True, "action_url": request.path, "columns": self.resource.columns,
            "sample_url": self._url("sample"), "submit_button_label": _("Look at the rows"), "submit_button_active_label": _("Reading …"),
        }  # fmt: skip
        return TemplateResponse(request, "people/importing/upload.html", {**self._head(), **context})

    def confirm(self, request: HttpRequest) -> HttpResponse:
        """Write what was looked at; what cannot be written any more is shown again."""
        name, raw, filename = self._kept(request)
        if raw is None:
            messages.error(request, _("The file is gone: it was taken, cancelled, or waited longer than an hour. Please upload it again."))
            return redirect(self._url("index"))
        try:
            outcome = flow.apply(
                self.resource, hub=request.hub, by=request.user, raw=raw, filename=filename,  # type: ignore[attr-defined]  # set by HubMiddleware
                leave_out_problems=bool(request.POST.get("leave_out_problems")),
            )  # fmt: skip
        except flow.HasProblems as problems:
            return self._preview(request, problems.outcome, request.POST["token"])
        except IntegrityError:
            messages.error(request, _("Somebody changed the same people meanwhile; nothing was written. Please upload the file again."))
            return redirect(self._url("index"))
        vault.drop(name)
        said = {"new": outcome.new, "changed": outcome.changed, "left_out": len(outcome.problems)}
        messages.success(request, _("Taken: %(new)s new, %(changed)s changed, %(left_out)s left out.") % said)
        return redirect(self.back or self._url("index"))

    def cancel(self, request: HttpRequest) -> HttpResponse:
        """Forget the file."""
        name, raw, _filename = self._kept(request)
        if raw is not None:
            vault.drop(name)
        messages.success(request, _("The file is forgotten; nothing was written."))
        return redirect(self._url("index"))

    def sample(self, request: HttpRequest) -> HttpResponse:
        """A file with the headings and one row."""
        self._ask(request)
        table = Dataset(
            [column.example for column in self.resource.columns],
            headers=[column.headers[0] if column.headers else column.name for column in self.resource.columns],
        )
        head = {"Content-Disposition": f'attachment; filename="{self.resource.name}-sample.csv"'}
        return HttpResponse(BYTE_ORDER_MARK + CSV().export_data(table), content_type="text/csv; charset=utf-8", headers=head)

    def _ask(self, request: HttpRequest) -> None:
        if not self.question(request.user):
            raise Http404

    def _preview(self, request: HttpRequest, outcome: flow.Outcome, token: str) -> HttpResponse:
        context = {"outcome": outcome, "columns": self.resource.columns, "token": token, "confirm_url": self._url("confirm"), "cancel_url": self._url("cancel")}
        return TemplateResponse(request, "people/importing/preview.html", {**self._head(), **context})

    def _head(self) -> dict[str, Any]:
        title = str(self.resource.title)
        return {"header_title": title, "page_title": title, "header_icon": self.icon}

    def _url(self, name: str) -> str:
        return reverse(self.get_url_name(name))

    def _salt(self) -> str:
        return f"import:{self.resource.name}"

    def _token(self, request: HttpRequest, raw: bytes, filename: str) -> str:
        """Bound to the file's content, to who uploaded it and to the hub."""
        facts = [vault.keep(raw), filename, flow.digest_of(raw), request.user.pk, request.hub.pk]  # type: ignore[attr-defined]  # set by HubMiddleware
        return signing.dumps(facts, salt=self._salt())

    def _kept(self, request: HttpRequest) -> tuple[str, bytes | None, str]:
        """(name, bytes or None when gone, file name) of the posted token; 404 when it is not this user's."""
        self._ask(request)
        try:
            name, filename, digest, user_pk, hub_pk = signing.loads(request.POST.get("token", ""), salt=self._salt(), max_age=vault.AN_HOUR)
        except signing.SignatureExpired:
            return "", None, ""
        except (signing.BadSignature, ValueError):
            raise Http404 from None
        if (user_pk, hub_pk) != (request.user.pk, request.hub.pk):  # type: ignore[attr-defined]  # set by HubMiddleware
            raise Http404
        try:
            raw = vault.open_kept(name)
        except vault.IsGone:
            return name, None, filename
        return name, (raw if flow.digest_of(raw) == digest else None), filename
