"""What authors, editors and conference managers may do: groups, made and completed after every migration."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from network_site.people.models import User

AUTHORS = "Authors"
EDITORS = "Editors"
CONFERENCE_MANAGERS = "Conference managers"
RESEARCH_EDITORS = "Research editors"

PAGE_VERBS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
# Authors write and send in; an editor publishes. Eras and themes have no drafts, so authors only look at those.
AUTHOR_VERBS = ("add_page", "change_page")
AUTHOR_HISTORY = ("add_timelineevent", "change_timelineevent")
AUTHOR_RESEARCH = ("add_publication", "change_publication")
AUTHOR_FILE_VERBS = ("add_image", "choose_image", "add_document", "choose_document")
FILE_VERBS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")
SNIPPETS = ("person", "organisation")
# Rooms and chores of the admin that editors run whole; single kinds of things of other rooms.
EDITED_ROOMS = (
    *("history", "news", "learning", "contact", "editing", "research_db", "wagtailredirects"),
    "wagtailsearchpromotions",
)
EDITED_THINGS = (("base", "topic"), ("pages", "callout"))
# Written by the ledger and by buying only: staff see them and act through the desk's own buttons.
WRITTEN_BY_SALES = ("order", "orderline", "capacityclaim")
# What the desk’s buttons need beyond seeing: money back, a message handled again, a letter sent again.
DESK_DEEDS = ("add_refund", "change_webhookevent", "change_outgoingmail", "change_incident")


def ensure_roles() -> None:
    """Make the groups and give them what is missing; takes nothing away, may run any number of times."""
    _ensure_authors()
    _ensure_editors()
    _ensure_conference_managers()
    _ensure_research_editors()


def grant(user: User, role: str) -> None:
    """Make the user a member of a group."""
    user.groups.add(Group.objects.get(name=role))


def _ensure_authors() -> None:
    group, _made = Group.objects.get_or_create(name=AUTHORS)
    drafts = Q(content_type__app_label="history", codename__in=AUTHOR_HISTORY)
    drafts |= Q(content_type__app_label="research_db", codename__in=AUTHOR_RESEARCH)
    seeing = Q(content_type__app_label="research_db", codename__startswith="view_")
    group.permissions.add(*_permissions(_admin() | drafts | _seeing_history() | seeing))
    _allow_pages(group, Page.objects.filter(depth=1), AUTHOR_VERBS)
    _allow_files(group, AUTHOR_FILE_VERBS)


def _ensure_editors() -> None:
    group, _made = Group.objects.get_or_create(name=EDITORS)
    everything = Q(content_type__app_label="people", content_type__model__in=SNIPPETS)
    frame = Q(content_type__app_label="ui", codename__startswith="change_")
    rooms = Q(content_type__app_label__in=EDITED_ROOMS)
    for label, model in EDITED_THINGS:
        rooms |= Q(content_type__app_label=label, content_type__model=model)
    group.permissions.add(*_permissions(_admin() | everything | frame | rooms))
    _allow_pages(group, Page.objects.filter(depth=1))
    _allow_files(group)


def _ensure_conference_managers() -> None:
    group, _made = Group.objects.get_or_create(name=CONFERENCE_MANAGERS)
    conferences = Q(content_type__app_label="events") & ~Q(content_type__model__in=WRITTEN_BY_SALES)
    sales = Q(content_type__app_label="events", content_type__model__in=WRITTEN_BY_SALES) & ~(
        Q(codename__startswith="add_") | Q(codename__startswith="delete_")
    )
    money = Q(content_type__app_label__in=("payments", "mail", "base"), codename__startswith="view_")
    deeds = Q(content_type__app_label__in=("payments", "mail", "base"), codename__in=DESK_DEEDS)
    directory = Q(content_type__app_label="people", content_type__model__in=SNIPPETS)
    group.permissions.add(*_permissions(_admin() | conferences | sales | money | deeds | directory | _seeing_history()))
    _allow_pages(
        group, Page.objects.filter(content_type__app_label="events", content_type__model="conferenceindexpage")
    )
    _allow_files(group)


def _ensure_research_editors() -> None:
    """They run the research database and nothing else; people are there to be chosen as authors."""
    group, _made = Group.objects.get_or_create(name=RESEARCH_EDITORS)
    research = Q(content_type__app_label="research_db")
    people = Q(content_type__app_label="people", content_type__model="person", codename__startswith="view_")
    group.permissions.add(*_permissions(_admin() | research | people))


def _admin() -> Q:
    return Q(content_type__app_label="wagtailadmin", codename="access_admin")


def _seeing_history() -> Q:
    """To see what is told of one’s own conferences, and what there is already."""
    return Q(content_type__app_label="history", codename__startswith="view_")


def _permissions(wanted: Q) -> Iterable[Permission]:
    return Permission.objects.filter(wanted)


def _allow_pages(group: Group, pages: Iterable[Page], verbs: Iterable[str] = PAGE_VERBS) -> None:
    allowed = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=verbs)
    for page in pages:
        for verb in allowed:
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=verb)


def _allow_files(group: Group, verbs: Iterable[str] = FILE_VERBS) -> None:
    root = Collection.get_first_root_node()
    allowed = Permission.objects.filter(
        Q(content_type__app_label__in=("wagtailimages", "wagtaildocs", "base")), codename__in=_file_codenames(verbs)
    )
    for verb in allowed if root else ():
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=verb)


def _file_codenames(verbs: Iterable[str]) -> list[str]:
    ours = [verb.replace("image", "networkimage").replace("document", "networkdocument") for verb in verbs]
    return [*verbs, *ours]
