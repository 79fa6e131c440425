"""Something to read, watch or take away."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from network_site.base.pages import BasePage
from network_site.learning.models.shelf import LearningPage


class ResourcePage(LearningPage):
    """A guide, a toolkit, a film or a document."""

    class Kind(models.TextChoices):
        GUIDE = "guide", _("Guide")
        TOOLKIT = "toolkit", _("Toolkit")
        FILM = "film", _("Film")
        DOCUMENT = "document", _("Document")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.GUIDE)
    document = models.ForeignKey(
        "base.NetworkDocument",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("document to take away"),
    )
    address = models.URLField(_("or where it is"), blank=True, help_text=_("An address on another site."))
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    licence = models.CharField(_("licence"), max_length=100, blank=True, help_text=_("Such as “CC BY 4.0”."))
    course = models.ForeignKey(
        "learning.CoursePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("course it comes from"),
    )

    template = "learning/resource_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("kind"),
        FieldPanel("lead"),
        MultiFieldPanel([FieldPanel("document"), FieldPanel("address")], heading=_("Where it is")),
        FieldRowPanel([FieldPanel("year"), FieldPanel("licence")], heading=_("Details")),
        *LearningPage.maker_panels,
        FieldPanel("course"),
    ]
    search_fields = [*LearningPage.search_fields, index.FilterField("kind"), index.FilterField("year")]

    class Meta(LearningPage.Meta):
        verbose_name = _("resource")
