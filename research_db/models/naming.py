"""What tells one publication from another: who made it, where it came out, and its numbers."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from network_site.base.gathering import grouped
from research_db.folding import folded
from research_db.models.change import SearchChange
from research_db.models.numbers import one_orcid, one_spelling


class Source(models.Model):
    """A journal, a book or a series that publications came out in."""

    key = models.CharField(max_length=300, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=500)
    short_title = models.CharField(_("short title"), max_length=200, blank=True)
    issn = models.CharField(_("ISSN"), max_length=9, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("journal or book")
        verbose_name_plural = _("journals and books")

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key with the title, and tell the search of what came out in it."""
        self.key = self.key_of(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        SearchChange.note(self.publications.values_list("pk", flat=True))

    @staticmethod
    def key_of(title: str) -> str:
        """By what two spellings of one title are known to be the same: letters and figures, without accents."""
        return folded(title)[:300]


class Contribution(models.Model):
    """Somebody who made a publication, named as it was printed."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Author")
        EDITOR = "editor", _("Editor")
        TRANSLATOR = "translator", _("Translator")

    publication = ParentalKey("research_db.Publication", on_delete=models.CASCADE, related_name="contributions")
    sort_order = models.PositiveIntegerField(default=0, editable=False)
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.AUTHOR)
    family = models.CharField(_("family name"), max_length=150, blank=True)
    given = models.CharField(_("given names"), max_length=150, blank=True)
    suffix = models.CharField(_("suffix"), max_length=30, blank=True, help_text=_("Such as “Jr”."))
    literal = models.CharField(
        _("name in one piece"), max_length=300, blank=True, help_text=_("An organisation, or a name without parts.")
    )
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True)
    person = models.ForeignKey(
        "people.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("person of the network"),
    )

    sort_order_field = "sort_order"  # editors may put them in order

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        constraints = [
            models.CheckConstraint(
                condition=(Q(literal="") & ~Q(family="")) | (~Q(literal="") & Q(family="", given="", suffix="")),
                name="contributor_has_one_name",
            ),
        ]

    def __str__(self) -> str:
        return self.literal or ", ".join(filter(None, [self.family, self.given, self.suffix]))

    def clean(self) -> None:
        """One name, in parts or in one piece; an ORCID in its one spelling."""
        super().clean()
        if bool(self.literal) == bool(self.family) or (self.literal and (self.given or self.suffix)):
            raise ValidationError(_("Give a family name, or the name in one piece, and not both."))
        if self.orcid:
            try:
                self.orcid = one_orcid(self.orcid)
            except ValidationError as error:
                raise ValidationError({"orcid": error.messages}) from error


class Identifier(models.Model):
    """A number by which the world knows a publication; `is_container`: it is that of the book it is a part of."""

    class Scheme(models.TextChoices):
        DOI = "doi", _("DOI")
        PMID = "pmid", _("PubMed")
        PMCID = "pmcid", _("PubMed Central")
        ISBN = "isbn", _("ISBN")
        ARXIV = "arxiv", _("arXiv")
        OPENALEX = "openalex", _("OpenAlex")
        HANDLE = "handle", _("Handle")

    publication = ParentalKey("research_db.Publication", on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("kind"), max_length=10, choices=Scheme.choices)
    value = models.CharField(_("number"), max_length=255, help_text=_("Without the address in front of it."))
    is_container = models.BooleanField(_("belongs to the whole book"), default=False)

    class Meta:
        ordering = ["scheme", "pk"]  # not the values: each database has an alphabet of its own
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"], condition=Q(is_container=False), name="one_publication_an_identifier"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="identifier_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    @classmethod
    def taken(cls, numbers: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these, each a kind and a number, belong to a publication already; those of whole books do not."""
        of_each = [Q(scheme=scheme, value__in=values) for scheme, values in grouped(numbers).items()]
        found = cls.objects.filter(reduce(or_, of_each, Q(pk__in=())), is_container=False)
        return set(found.order_by().values_list("scheme", "value"))

    def clean(self) -> None:
        """In its one spelling, and no other publication's."""
        super().clean()
        if self.scheme and self.value:
            try:
                self.value = one_spelling(self.scheme, self.value)
            except ValidationError as error:
                raise ValidationError({"value": error.messages}) from error
            self._refuse_doubles()

    def _refuse_doubles(self) -> None:
        same = Identifier.objects.filter(scheme=self.scheme, value=self.value, is_container=False)
        others = same.exclude(publication=self.publication_id).select_related("publication")
        other = None if self.is_container else others.first()
        if other is not None:
            said = _("Another record has this number: “%(title)s”, %(address)s")
            address = other.publication.get_absolute_url()
            raise ValidationError({"value": said % {"title": other.publication.title, "address": address}})
