"""Making a hub's public site: pages in both languages, a library, who may do what, the way to publication.

Every function may be called again without harm: what is there stays as staff have left it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site, Workflow
from wagtail.models import WorkflowPage, WorkflowTask

from cms.first_pages import BOARD, STANDING, FirstPage, home_body
from cms.models import HomePage, Library, NoticeIndexPage, StandardPage
from hub.hubs.models import Hub
from hub.people.actions.roles import group_name
from hub.people.states import Roles

LANGUAGES = {"zh": "zh-hans", "en": "en"}
WRITE = ("add", "change")
PUBLISH = ("add", "change", "publish", "lock", "unlock")
PAGE_RIGHTS = {Roles.EDITOR: WRITE, Roles.PUBLISHER: PUBLISH, Roles.DIRECTOR: PUBLISH}
APPROVES = (Roles.PUBLISHER, Roles.DIRECTOR)
LIBRARY_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


@transaction.atomic
def open_public_site(*, hub: Hub) -> None:
    """Everything the public site of `hub` needs."""
    homes = _open_pages(hub)
    library = _open_library(hub)
    _grant_rights(hub, homes, library)
    _open_workflow(hub, homes)
    _remove_welcome_page()
    hub.site.refresh_from_db(fields=["root_page"])  # the tree keeps counts on its rows; the copy in hand is from before the children


def _open_pages(hub: Hub) -> list[HomePage]:
    """The home page in each language, Chinese first, with what belongs below."""
    homes: list[HomePage] = []
    for language, code in LANGUAGES.items():
        locale, _made = Locale.objects.get_or_create(language_code=code)
        home = _home(hub, language, locale, homes[0] if homes else None)
        homes.append(home)
        _child(home, NoticeIndexPage, BOARD, language, homes[0])
        for first in STANDING:
            _child(home, StandardPage, first, language, homes[0], body=first.body(language))
    return homes


def _home(hub: Hub, language: str, locale: Locale, chinese: HomePage | None) -> HomePage:
    slug = hub.slug if chinese is None else f"{hub.slug}-{language}"
    root = Page.objects.filter(depth=1).get()
    home: HomePage | None = HomePage.objects.child_of(root).filter(slug=slug).first()
    if home is None:
        title = hub.name_zh if chinese is None else hub.name_en or hub.name_zh
        home = HomePage(title=title, slug=slug, locale=locale, search_description=hub.line_zh if chinese is None else hub.line_en)
        home.body = home_body(hub, language)
        _add(root, home, of=chinese)
    if chinese is None and hub.site.root_page_id != home.pk:
        hub.site.root_page = home.page_ptr
        hub.site.save(update_fields=["root_page"])
    return home


def _child(home: HomePage, kind: type[Page], first: FirstPage, language: str, chinese_home: HomePage, **fields: Any) -> None:
    if home.get_children().filter(slug=first.slug).exists():
        return
    words = first.words(language)
    page = kind(title=words.title, slug=first.slug, locale=home.locale, intro=words.intro, show_in_menus=True, **fields)
    _add(home, page, of=chinese_home.get_children().filter(slug=first.slug).first() if home.pk != chinese_home.pk else None)


def _add(parent: Page, page: Page, *, of: Page | None) -> None:
    """Put `page` below `parent`, published; `of` is the page it translates."""
    if of is not None:
        page.translation_key = of.translation_key
    parent.add_child(instance=page)
    page.save_revision().publish()


def _open_library(hub: Hub) -> Collection:
    library = Library.objects.at(hub).select_related("collection").first()
    if library is not None:
        return library.collection  # type: ignore[no-any-return]  # untyped package
    collection = Collection(name=hub.name_zh)
    Collection.get_first_root_node().add_child(instance=collection)
    Library.objects.create(hub=hub, collection=collection)
    return collection


def _grant_rights(hub: Hub, homes: Iterable[HomePage], library: Collection) -> None:
    """Editors write; publishers and the director also publish; all of them in their own pages and library alone."""
    in_admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    on_pages = {right: Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page") for right in PUBLISH}
    on_files = Permission.objects.filter(codename__in=LIBRARY_RIGHTS, content_type__app_label__in=["wagtailimages", "wagtaildocs"])
    for role, rights in PAGE_RIGHTS.items():
        group = Group.objects.get(name=group_name(hub, role))
        group.permissions.add(in_admin)
        for home in homes:
            for right in rights:
                GroupPagePermission.objects.get_or_create(group=group, page=home.page_ptr, permission=on_pages[right])
        for permission in on_files:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=library, permission=permission)


def _open_workflow(hub: Hub, homes: list[HomePage]) -> None:
    """Editors submit, a publisher or the director approves."""
    found = WorkflowPage.objects.filter(page=homes[0].page_ptr).select_related("workflow").first()
    if found is None:
        name = f"{hub.name_zh}：发布前请人看一遍"
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set(Group.objects.filter(name__in=[group_name(hub, role) for role in APPROVES]))
        workflow = Workflow.objects.create(name=name)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr)
    else:
        workflow = found.workflow
    for home in homes:
        WorkflowPage.objects.get_or_create(page=home.page_ptr, defaults={"workflow": workflow})


def _remove_welcome_page() -> None:
    """Wagtail's own first page and its site, which would answer at `localhost`."""
    for page in Page.objects.filter(depth=2, slug="home", title="Welcome to your new Wagtail site!"):
        if not Site.objects.filter(root_page=page, hub__isnull=False).exists():
            page.delete()
