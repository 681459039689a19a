"""Wagtail's admin as this house's staff see it: their own hub's pages only, writing one press away."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms import result_views
from cms.admin_views import OwnPageViewSet
from cms.models.notice import NoticePage, board_of
from cms.permissions import user_can_open_document, user_can_write_pages
from cms.queries import own_pages


@hooks.register("register_admin_viewset", order=1000)  # after Wagtail's own, in whose place it stands
def explore_own_pages() -> OwnPageViewSet:
    return OwnPageViewSet()


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: Any, request: HttpRequest) -> Any:
    """Choosers browse and search this member of staff's own pages; another hub's folder does not exist."""
    own = own_pages(request.user)
    match = request.resolver_match
    opened = match.kwargs.get("parent_page_id") if match else None
    if opened and not (own | Page.objects.filter(depth=1)).filter(pk=opened).exists():
        raise Http404
    return pages.filter(pk__in=own.values("pk"))


class Chosen:
    """Mixed into the admin's lists of pictures and files: only those that may be chosen."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()  # type: ignore[misc]  # the view it is mixed into
        mine = policy_registry.get_by_type(rows.model).instances_user_has_any_permission_for(self.request.user, ["choose"])  # type: ignore[attr-defined]  # as above
        return rows.filter(pk__in=mine.values("pk"))


class OwnImagesAPIViewSet(Chosen, ImagesAdminAPIViewSet):
    pass


class OwnDocumentsAPIViewSet(Chosen, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=1000)
def list_own_files(router: Any) -> None:
    """In place of Wagtail's lists, which hold every hub's."""
    router.register_endpoint("images", OwnImagesAPIViewSet)
    router.register_endpoint("documents", OwnDocumentsAPIViewSet)


@hooks.register("before_serve_document")
def serve_published_documents(document: Any, request: HttpRequest) -> None:
    if not user_can_open_document(request.user, document):
        raise Http404


@hooks.register("register_admin_urls")
def result_addresses() -> list[URLPattern]:
    return [
        path("results/", result_views.results, name="cms_results"),
        path("results/<int:pk>/draft/", result_views.draft, name="cms_draft_result"),
    ]


class WriteNoticePanel(Component):
    """The first thing on the dashboard: one press to a new notice."""

    name = "write_notice"
    template_name = "cms/admin/write_notice.html"
    order = 10

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        board = board_of(self.request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
        arguments = (NoticePage._meta.app_label, NoticePage._meta.model_name)
        return {
            "add_url": reverse("wagtailadmin_pages:add", args=(*arguments, board.pk)) if board else "",
            "results_url": reverse("cms_results") if board else "",
            "board_url": reverse("wagtailadmin_explore", args=(board.pk,)) if board else "",
        }


@hooks.register("construct_homepage_panels")
def put_writing_first(request: HttpRequest, panels: list[Any]) -> None:
    if user_can_write_pages(request.user):
        panels.append(WriteNoticePanel(request))
