"""A moment of the history."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from network_site.base.dates import Precision, machine, when
from network_site.base.links import LinkBlock
from network_site.base.pictures import decided_alternative, is_undecided
from network_site.history.models.grouping import Era
from research_db.models.publication import Publication, named_today

# Anchors of the page that a moment's own must not be taken for.
ANCHORS = frozenset({"main", "moments"})
ANCHOR_STARTS = ("era-", "year-", "filter-")


class TimelineEventQuerySet(models.QuerySet["TimelineEvent"]):
    """Questions about moments."""

    def public(self) -> "TimelineEventQuerySet":
        """What visitors may see."""
        return self.filter(live=True)

    def in_order(self) -> "TimelineEventQuerySet":
        """By eras, and oldest first in each; moments of one date in the order editors gave them."""
        return self.order_by("era__starts_on", "era", "starts_on", "tie_order", "pk")


class TimelineEvent(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    index.Indexed,
    ClusterableModel,
):
    """Something that happened, its date as well as it is known. Parts of a date finer than that only order it."""

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("Links to this moment end with it. Do not change it once people have shared them."),
    )
    title = models.CharField(_("title"), max_length=120)
    summary = models.TextField(_("what happened"), help_text=_("At most 60 words, in plain English."))
    starts_on = models.DateField(
        _("date"),
        db_index=True,
        help_text=_("Only the part that is known is shown; the rest puts the moment in its place among the others."),
    )
    precision = models.CharField(
        _("how much of the date is known"), max_length=6, choices=Precision.choices, default=Precision.DAY
    )
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Empty: it was over in a day."))
    is_circa = models.BooleanField(
        _("the date is not certain"), default=False, help_text=_("It is then shown as about that time.")
    )
    when_words = models.CharField(
        _("date in your own words"),
        max_length=80,
        blank=True,
        help_text=_("Shown in place of the date, such as “Before the network, year not certain”."),
    )
    era = models.ForeignKey(Era, on_delete=models.PROTECT, related_name="events", verbose_name=_("era"))
    themes = ParentalManyToManyField("history.Theme", blank=True, related_name="events", verbose_name=_("themes"))
    is_milestone = models.BooleanField(_("milestone"), default=False, help_text=_("Tied as a knot in the thread."))
    is_sold_out = models.BooleanField(
        _("sold out"), default=False, help_text=_("A conference that was full: a closed loop.")
    )
    is_around_us = models.BooleanField(
        _("around us"), default=False, help_text=_("It happened around the network and was not the network’s doing.")
    )
    delegates = models.PositiveIntegerField(_("delegates"), null=True, blank=True)
    delegates_words = models.CharField(
        _("delegates in words"), max_length=80, blank=True, help_text=_("Such as “over 1,000 delegates”.")
    )
    image = models.ForeignKey(
        "base.NetworkImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture"),
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who do not see it. Empty: the picture’s own description."),
    )
    is_decorative = models.BooleanField(
        _("the picture is decoration"), default=False, help_text=_("It tells nothing that the words do not.")
    )
    conference = models.ForeignKey(
        "events.Conference",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("conference"),
    )
    people = ParentalManyToManyField("people.Person", blank=True, related_name="+", verbose_name=_("people"))
    links = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("links"),
        blank=True,
        help_text=_("Sources, reports and films, each with words that say what it is."),
    )
    tie_order = models.PositiveSmallIntegerField(
        _("order among moments of the same date"), default=0, help_text=_("The smallest comes first.")
    )

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="timeline_event",
        for_concrete_model=False,
    )
    _workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="timeline_event",
        for_concrete_model=False,
    )

    objects = TimelineEventQuerySet.as_manager()

    search_fields = [
        index.SearchField("title", boost=2),
        index.SearchField("summary"),
        index.AutocompleteField("title"),
        index.FilterField("live"),
        index.FilterField("era"),
        index.FilterField("starts_on"),
    ]

    class Meta:
        ordering = ["starts_on", "tie_order", "pk"]
        verbose_name = _("moment of our history")
        verbose_name_plural = _("moments of our history")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="moment_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """A picture needs its text alternative decided; an address must not be one the page itself uses."""
        super().clean()
        if self.slug in ANCHORS or self.slug.startswith(ANCHOR_STARTS):
            raise ValidationError({"slug": _("The history page uses this address itself. Choose another.")})
        if self.has_undecided_picture:
            raise ValidationError(
                {"alt": _("Say what the picture shows, or that it is decoration: the picture has no description.")}
            )

    def get_absolute_url(self) -> str:
        """The moment on the timeline."""
        return f"/history/#{self.slug}"

    preview_modes = [
        ("timeline", _("On the timeline")),
        ("home", _("On the home page")),
        ("list", _("In a list")),
    ]

    def get_preview_template(self, request: object, mode_name: str) -> str:
        """What editors see while they write, as visitors will see it in this place."""
        modes = [name for name, _label in self.preview_modes]
        return f"history/editing/preview/{mode_name if mode_name in modes else modes[0]}.html"

    @property
    def alt_text(self) -> str:
        """What stands for the picture; empty for decoration."""
        return decided_alternative(self.image, self.alt, is_decorative=self.is_decorative)

    @property
    def has_undecided_picture(self) -> bool:
        """Whether nobody has said what its picture shows or that it is decoration."""
        return is_undecided(self.image, self.alt, is_decorative=self.is_decorative)

    @property
    def when(self) -> str:
        """The date in words, no finer than it is known."""
        if self.when_words:
            return self.when_words
        words = when(self.starts_on, self.ends_on, precision=self.precision)
        return str(_("About %(date)s") % {"date": words}) if self.is_circa else words

    @property
    def machine(self) -> str:
        """The first day for a `datetime` attribute, no finer than it is known; empty where it is not certain."""
        return "" if self.is_circa else machine(self.starts_on, self.precision)

    @property
    def machine_end(self) -> str:
        """The same for the last day, where there is one and it says something else."""
        end = "" if self.is_circa or self.ends_on is None else machine(self.ends_on, self.precision)
        return "" if end == self.machine else end

    def with_content_json(self, content: dict[str, Any]) -> "TimelineEvent":
        """A kept draft, with the publications it names named as they are today."""
        ties = named_today(content.get("tied_publications", []), "publication")
        draft: TimelineEvent = super().with_content_json({**content, "tied_publications": ties})
        return draft

    @property
    def publications(self) -> list[Publication]:
        """The publications it is tied to that visitors can read, in the order editors gave."""
        return [tie.publication for tie in self.tied_publications.all() if tie.publication.live]


class TiedPublication(models.Model):
    """A publication of the research database that a moment is about, in the order editors gave."""

    event = ParentalKey(TimelineEvent, on_delete=models.CASCADE, related_name="tied_publications")
    publication = models.ForeignKey(
        "research_db.Publication", on_delete=models.CASCADE, related_name="+", verbose_name=_("publication")
    )
    sort_order = models.PositiveIntegerField(default=0, editable=False)

    sort_order_field = "sort_order"  # editors may put them in order

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(fields=["event", "publication"], name="moment_names_a_publication_once"),
        ]

    def __str__(self) -> str:
        return str(self.publication)
