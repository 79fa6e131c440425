"""For whom something is made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """People something may be made for, such as "Link workers"."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True, help_text=_("How it is written in addresses."))
    sort_order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["sort_order", "name"]
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")

    def __str__(self) -> str:
        return self.name
