"""Moments as rows of a spreadsheet, read with django-import-export; nothing is written while rehearsing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader
from wagtail.actions.create import CreateAction
from wagtail.actions.edit import EditAction

from network_site.history.cells import COLUMNS, LISTS, NO, RELATED, line
from network_site.history.editing.checks import folded
from network_site.history.editing.ties import next_place
from network_site.history.filling import FILLERS, Shelf, shelves, tidy
from network_site.history.models import TimelineEvent
from network_site.people.models import User

NEEDED = ("title", "date", "era", "summary")
# The fields behind columns that are called otherwise; the names of all others are the same.
FIELDS = {
    "date": ("starts_on", "precision"),
    "until": ("ends_on",),
    "about": ("is_circa",),
    "date_words": ("when_words",),
    "milestone": ("is_milestone",),
    "sold_out": ("is_sold_out",),
    "around_us": ("is_around_us",),
}
COLUMN_OF = {field: column for column, all_ in FIELDS.items() for field in all_}
# What a new moment says before anything is filled in.
EMPTY = [NO if name in {"about", "milestone", "sold_out", "around_us"} else "" for name in COLUMNS]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """What a column said and what it will say."""

    column: str
    old: str
    new: str


def key_of(row: Row) -> str:
    """The moment a row is about: its slug, or the one its title makes."""
    return tidy(row.get("slug")) or slugify(tidy(row.get("title")))[:80]


class Cell(fields.Field):
    """One column of one moment; a cell that says what is there already is left alone."""

    def __init__(self, name: str) -> None:
        super().__init__(attribute=name, column_name=name)

    def get_value(self, instance: TimelineEvent) -> str:
        """What the column says now."""
        return COLUMNS[self.column_name](instance)

    def save(self, instance: TimelineEvent, row: Row, is_m2m: bool = False, **kwargs: Any) -> None:
        """Let the moment say what the cell says.

        Raises:
            ValueError: with a sentence for the editor.
        """
        said = tidy(row[self.column_name])
        # A new moment has no date and no era yet that could be written.
        is_there = instance.pk is not None or self.column_name not in NEEDED
        if is_there and said == tidy(self.get_value(instance)):
            return
        if str(row[self.column_name]).strip().startswith("="):
            raise ValueError(_("This begins with “=”, which spreadsheet programs run as a formula. Write it as text."))
        FILLERS[self.column_name](instance, said, self.shelf)

    shelf = Shelf("")


class MomentResource(resources.Resource):
    """Rows as moments: new ones, changes of known ones, and what is wrong with the rest.

    Args:
        by: who imports, written into each revision.
        publishes: whether what is imported is shown to visitors at once or kept as a draft.
    """

    class Meta:
        import_id_fields = ("slug",)
        instance_loader_class = BaseInstanceLoader  # unused: `get_instance` finds what was fetched
        skip_diff = True

    def __init__(self, *, by: User, publishes: bool = False) -> None:
        super().__init__()
        self.by, self.publishes = by, publishes
        self.fields = {name: Cell(name) for name in COLUMNS}
        self.known: dict[str, TimelineEvent] = {}
        self.titles: dict[str, str] = {}
        self.seen: dict[str, int] = {}
        self.before: list[str] | None = None
        self.changes: dict[int, tuple[Change, ...]] = {}

    def get_import_order(self) -> list[str]:
        return [name for name in COLUMNS if name != "slug"]

    def _check_import_id_fields(self, headers: list[str]) -> None:
        """A row without a slug is known by its title."""

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Fetch everything rows may name, in as many queries for one row as for a thousand."""
        codes = {code.strip() for row in dataset.dict for code in tidy(row.get("publications")).split(";")}
        for name, shelf in shelves(codes).items():
            self.fields[name].shelf = shelf
        keys = {key_of(row) for row in dataset.dict}
        events = TimelineEvent.objects.select_related(*RELATED, "latest_revision").prefetch_related(*LISTS)
        self.known = {event.slug: event for event in events if event.slug in keys}
        self.titles = {folded(event.title): event.slug for event in events}

    def before_import_row(self, row: Row, **kwargs: Any) -> None:
        """Refuse what cannot be read at all."""
        number, key = kwargs["row_number"], key_of(row)
        if not key:
            raise ValidationError({"slug": _("Give the moment’s slug, or a title for a new one.")})
        if key in self.seen:
            told = _("Row %(number)s is about the same moment, “%(key)s”. Keep one of them.")
            raise ValidationError({"slug": told % {"number": self.seen[key], "key": key}})
        self.seen[key] = kwargs["numbers"][number - 1]

    def get_instance(self, instance_loader: Any, row: Row) -> TimelineEvent | None:
        """The moment as it was last written, published or not."""
        event = self.known.get(key_of(row))
        if event and event.live and event.has_unpublished_changes and event.latest_revision:
            return event.with_content_json(event.latest_revision.content)
        return event

    def init_instance(self, row: Row | None = None) -> TimelineEvent:
        return TimelineEvent(slug=key_of(row or {}), live=False)

    def after_init_instance(self, instance: TimelineEvent, new: bool, row: Row, **kwargs: Any) -> None:
        """Remember what it says; a new one must have what every moment needs."""
        self.before = None if new else line(instance)
        missing = [name for name in NEEDED if name not in row] if new else []
        if missing:
            raise ValidationError(dict.fromkeys(missing, _("A new moment needs this column.")))

    def skip_row(self, instance: TimelineEvent, original: Any, row: Row, import_validation_errors: Any = None) -> bool:
        """A row that changes nothing."""
        return not import_validation_errors and self.before is not None and line(instance) == self.before

    def validate_instance(
        self, instance: TimelineEvent, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """What is wrong, by column; a moment somebody else holds is not touched."""
        self._refuse_locked(instance)
        errors = dict(import_validation_errors or {})
        wrong = [field for column in errors for field in FIELDS.get(column, (column,))]
        try:
            instance.full_clean(exclude=wrong)
        except ValidationError as error:
            errors |= by_column(error)
        if errors:
            raise ValidationError(errors)

    def _refuse_locked(self, instance: TimelineEvent) -> None:
        lock = instance.get_lock() if instance.pk else None
        if lock and lock.for_user(self.by):
            raise ValidationError(_("This moment is locked. Ask whoever locked it, or leave this row."))

    def save_instance(self, instance: TimelineEvent, is_create: bool, row: Row, **kwargs: Any) -> None:
        """Note what changes; write it unless this is the rehearsal."""
        before = self.before or EMPTY
        told = zip(COLUMNS, before, line(instance), strict=True)
        self.changes[kwargs["row_number"]] = tuple(
            Change(column, "" if is_create else old, new) for column, old, new in told if old != new
        )
        if not kwargs["dry_run"]:
            self.do_instance_save(instance, is_create)

    def do_instance_save(self, instance: TimelineEvent, is_create: bool) -> None:
        """A revision in the name of whoever imports, as if they had typed it."""
        if is_create:
            instance.tie_order = next_place(instance.starts_on)
        action = CreateAction if is_create else EditAction
        action(instance, user=self.by, publish=self.publishes, clean=True).execute(skip_permission_checks=True)


def by_column(error: ValidationError) -> dict[str, list[str]]:
    """The mistakes under the names of the file's columns."""
    found: dict[str, list[str]] = {}
    for name, sentences in error.message_dict.items():
        column = COLUMN_OF.get(name, name)
        found.setdefault(column if column in COLUMNS else NON_FIELD_ERRORS, []).extend(sentences)
    return found
