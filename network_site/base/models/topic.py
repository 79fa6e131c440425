"""What articles and courses are about, in the words of the network."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A subject readers can ask for, such as "Link workers" or "Evidence"."""

    name = models.CharField(_("name"), max_length=60, unique=True, help_text=_("One to three words readers use."))
    slug = models.SlugField(
        _("address"), max_length=60, unique=True, help_text=_("How it is written in web addresses: “link-workers”.")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name
