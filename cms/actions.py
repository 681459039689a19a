"""Making a hub's public site: pages in both languages, a library, who may do what, the way to publication.

Every function may be called again without harm: what is there stays as staff have left it.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.first_pages import BOARD, STANDING, FirstPage, home_body
from cms.models import HomePage, HubFolder, Library, NoticeIndexPage, StandardPage
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
    folder = _open_folder(hub)
    _open_pages(hub, folder)
    _grant_rights(hub, folder, _open_library(hub))
    _open_workflow(hub, folder)
    _remove_welcome_page()
    hub.site.refresh_from_db(fields=["root_page"])  # the tree keeps counts on its rows; the copy in hand is from before the children


def _open_folder(hub: Hub) -> HubFolder:
    root = Page.objects.filter(depth=1).get()
    folder: HubFolder | None = HubFolder.objects.child_of(root).filter(slug=hub.slug).first()
    if folder is None:
        folder = HubFolder(title=hub.name_zh, slug=hub.slug, locale=Locale.objects.get_or_create(language_code=LANGUAGES["zh"])[0])
        root.add_child(instance=folder)
    return folder


def _open_pages(hub: Hub, folder: HubFolder) -> None:
    """The home page in each language, Chinese first, with what belongs below."""
    chinese: HomePage | None = None
    for language, code in LANGUAGES.items():
        locale, _made = Locale.objects.get_or_create(language_code=code)
        home = _home(hub, folder, language, locale, chinese)
        chinese = chinese or home
        _child(home, NoticeIndexPage, BOARD, language, chinese)
        for first in STANDING:
            _child(home, StandardPage, first, language, chinese, body=first.body(language))


def _home(hub: Hub, folder: HubFolder, language: str, locale: Locale, chinese: HomePage | None) -> HomePage:
    home: HomePage | None = HomePage.objects.child_of(folder).filter(locale=locale).first()
    if home is None:
        title = hub.name_zh if chinese is None else hub.name_en or hub.name_zh
        home = HomePage(title=title, slug=language, locale=locale, search_description=hub.line_zh if chinese is None else hub.line_en)
        home.body = home_body(hub, language)
        _add(folder, home, of=chinese)
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
        return library.collection
    collection = Collection(name=hub.name_zh)
    Collection.get_first_root_node().add_child(instance=collection)
    Library.objects.create(hub=hub, collection=collection)
    return collection


def _grant_rights(hub: Hub, folder: HubFolder, library: Collection) -> None:
    """Editors write; publishers and the director also publish; all of them in their own pages and library alone."""
    in_admin = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    translate = Permission.objects.filter(content_type__app_label="simple_translation", codename="submit_translation")
    on_pages = {right: Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page") for right in PUBLISH}
    on_files = Permission.objects.filter(codename__in=LIBRARY_RIGHTS, content_type__app_label__in=["wagtailimages", "wagtaildocs"])
    for role, rights in PAGE_RIGHTS.items():
        group = Group.objects.get(name=group_name(hub, role))
        group.permissions.add(*in_admin, *translate)
        for right in rights:
            GroupPagePermission.objects.get_or_create(group=group, page=folder.page_ptr, permission=on_pages[right])
        for permission in on_files:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=library, permission=permission)


def _open_workflow(hub: Hub, folder: HubFolder) -> None:
    """Editors submit, a publisher or the director approves."""
    if WorkflowPage.objects.filter(page=folder.page_ptr).exists():
        return
    name = f"{hub.name_zh}：发布前请人看一遍"
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.set(Group.objects.filter(name__in=[group_name(hub, role) for role in APPROVES]))
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr)
    WorkflowPage.objects.create(page=folder.page_ptr, workflow=workflow)


def _remove_welcome_page() -> None:
    """Wagtail's own first page and its site, which would answer at `localhost`."""
    for page in Page.objects.filter(depth=2, slug="home", title="Welcome to your new Wagtail site!"):
        if not Site.objects.filter(root_page=page, hub__isnull=False).exists():
            page.delete()
