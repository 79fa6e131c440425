"""A course somebody else gives."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from network_site.base.pages import BasePage
from network_site.learning.models.shelf import LearningPage


class CoursePage(LearningPage):
    """A course: where it is, how long it takes, when it starts."""

    class Level(models.TextChoices):
        FIRST_STEPS = "first_steps", _("First steps")
        FURTHER = "further", _("Going further")
        EXPERT = "expert", _("For experts")

    class Starts(models.TextChoices):
        ANY_TIME = "any_time", _("at any time")
        ON_DATES = "on_dates", _("on certain dates")

    address = models.URLField(_("where one starts"), help_text=_("The course’s own page. It is on another site."))
    weeks = models.PositiveSmallIntegerField(_("weeks"), null=True, blank=True)
    hours = models.PositiveSmallIntegerField(
        _("hours"), null=True, blank=True, help_text=_("A week where weeks are given, otherwise in all.")
    )
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, blank=True)
    starts = models.CharField(_("starts"), max_length=10, choices=Starts.choices, default=Starts.ANY_TIME)
    next_start_on = models.DateField(
        _("next start"), null=True, blank=True, help_text=_("Once it is past, readers see that the next is not known.")
    )
    certificate = models.CharField(
        _("certificate"), max_length=120, blank=True, help_text=_("Such as “Yes, for £42”. Empty: there is none.")
    )

    template = "learning/course_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("lead"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("weeks"), FieldPanel("hours"), FieldPanel("level")], heading=_("How much it is")),
        MultiFieldPanel([FieldPanel("starts"), FieldPanel("next_start_on")], heading=_("When it starts")),
        FieldPanel("certificate"),
        *LearningPage.maker_panels,
    ]
    search_fields = [*LearningPage.search_fields, index.FilterField("next_start_on")]

    class Meta(LearningPage.Meta):
        verbose_name = _("course")
        constraints = [
            *LearningPage.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts="on_dates") | Q(next_start_on=None),
                name="course_at_any_time_has_no_next_start",
                violation_error_message=_("A course that starts at any time has no next start: empty the date."),
            ),
        ]
