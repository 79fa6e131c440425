"""What publications are about: facets that editors define, each a tree of terms."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from research_db.models.change import SearchChange

# A change of the vocabulary itself, whether or not a publication uses what changed.
VOCABULARY = 0
# What addresses of searches say already.
TAKEN = (
    "q", "kind", "only", "all", "any", "not", "year", "from", "to", "strict", "exact", "sort", "page", "format",
    "record",
)  # fmt: skip


class Facet(models.Model):
    """A question one can ask of every publication: where, with whom, what was offered, what was measured."""

    key = models.SlugField(
        _("address"), max_length=40, unique=True, help_text=_("What narrowed addresses say, such as “population”.")
    )
    label = models.CharField(_("label"), max_length=60, help_text=_("The heading over its terms: “Who took part”."))
    help = models.CharField(_("help"), max_length=200, blank=True, help_text=_("For editors who choose its terms."))
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("The smallest comes first."))

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("facet")
        verbose_name_plural = _("facets")
        constraints = [
            models.CheckConstraint(
                condition=~Q(key__in=TAKEN),
                name="facet_takes_no_word_of_an_address",
                violation_error_message=_("Addresses use this word already. Choose another for the facet."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        """Keep it, and tell the search of it and of what is found by its terms."""
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        SearchChange.note(_with_terms(self.terms.values_list("pk", flat=True)))

    @transaction.atomic
    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Take it away with its terms, and tell the search."""
        with_terms = _with_terms(self.terms.values_list("pk", flat=True))
        deleted = super().delete(*args, **kwargs)  # type: ignore[arg-type]
        SearchChange.note(with_terms)
        return deleted


class Term(models.Model):
    """One answer. A term under another is part of it: who looks for the upper one finds the lower one too."""

    facet = models.ForeignKey(Facet, on_delete=models.PROTECT, related_name="terms", verbose_name=_("facet"))
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name=_("part of")
    )
    slug = models.SlugField(_("address"), max_length=60, help_text=_("Links end with it; it stays for ever."))
    label = models.CharField(_("label"), max_length=100)
    definition = models.TextField(_("what it means"), blank=True)
    synonyms = models.TextField(
        _("other names"), blank=True, help_text=_("One a line. Imports and searches know the term by these too.")
    )
    same_as = models.URLField(_("same as"), max_length=300, blank=True, help_text=_("Its address in a thesaurus."))
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("The smallest comes first."))
    retired_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaces",
        verbose_name=_("replaced by"),
        help_text=_("Old links lead there. Nobody can choose a replaced term any more."),
    )

    class Meta:
        ordering = ["facet", "order", "label", "pk"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(fields=["facet", "slug"], name="one_term_an_address"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="term_is_not_its_own_part"),
            models.CheckConstraint(
                condition=Q(retired_into=None) | ~Q(retired_into=F("id")), name="term_is_not_replaced_by_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @transaction.atomic
    def save(self, *args: object, **kwargs: object) -> None:
        """Keep it, and tell the search of every publication that is found by it."""
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        SearchChange.note(_with_terms(self._found_by()))

    @transaction.atomic
    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Take it away, and tell the search."""
        publications = _with_terms(self._found_by())
        deleted = super().delete(*args, **kwargs)  # type: ignore[arg-type]
        SearchChange.note(publications)
        return deleted

    def clean(self) -> None:
        """What it is part of, and what replaces it, is in use, of the same facet, and not part of the term itself."""
        super().clean()
        for name in ("parent", "retired_into"):
            other: Term | None = getattr(self, name)
            if other is None:
                continue
            if other.facet_id != self.facet_id:
                raise ValidationError({name: _("Choose a term of the same facet.")})
            if other.retired_into_id:
                raise ValidationError({name: _("That term was replaced by another one. Choose that one.")})
        if self.pk and self.parent and self.pk in self.parent.line():
            raise ValidationError({"parent": _("A term cannot be part of itself, nor of one of its own parts.")})

    def line(self) -> list[int]:
        """The keys of the term and of everything it is part of, upwards."""
        found: list[int] = []
        term: Term | None = self
        while term is not None and term.pk not in found:
            found.append(term.pk)
            term = term.parent
        return found

    @property
    def names(self) -> list[str]:
        """Its label and its other names."""
        return [self.label, *filter(None, map(str.strip, self.synonyms.splitlines()))]

    def _found_by(self) -> set[int]:
        """This term and all that lead to it: parts of it, what it replaced, and what leads to those."""
        found: set[int] = set()
        new = {self.pk}
        while new:
            found |= new
            leading = Term.objects.filter(Q(parent__in=new) | Q(retired_into__in=new))
            new = set(leading.values_list("pk", flat=True)) - found
        return found


def _with_terms(terms: Iterable[int]) -> list[int]:
    """The publications that have any of these terms, and the vocabulary itself."""
    through = Term.publications.through  # type: ignore[attr-defined]  # the other end of a field of modelcluster’s
    having = through.objects.filter(term__in=list(terms)).values_list("publication", flat=True).distinct()
    return [VOCABULARY, *having]
