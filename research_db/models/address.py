"""Addresses that publications give their readers, each known to the checker of links."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AddressUse(models.Model):
    """A public publication gives its readers an address; whether it answers is written on the link."""

    class Part(models.TextChoices):
        PAGE = "page", _("Address")
        FREE = "free", _("Address of the free text")
        DOI = "doi", _("DOI")
        NOTICE = "notice", _("Address of a notice")

    publication = models.ForeignKey("research_db.Publication", on_delete=models.CASCADE, related_name="address_uses")
    link = models.ForeignKey("editing.LinkCheck", on_delete=models.CASCADE, related_name="publication_uses")
    part = models.CharField(_("which address"), max_length=6, choices=Part.choices)

    class Meta:
        verbose_name = _("address of a publication")
        verbose_name_plural = _("addresses of publications")
        constraints = [
            models.UniqueConstraint(fields=["publication", "link", "part"], name="one_use_of_an_address_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of publication {self.publication_id}"
