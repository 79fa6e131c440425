"""Users and organisations."""

import factory
from factory.django import DjangoModelFactory

from network_site.people.models import Organisation, User


class UserFactory(DjangoModelFactory):
    """Somebody with an account; `staff=True` may enter the admin, `boss=True` may do everything there."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        staff = factory.Trait(is_staff=True)
        boss = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    is_active = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password", None)
        return model_class.objects.create_user(password=password, **kwargs)


class OrganisationFactory(DjangoModelFactory):
    """A partner or an employer."""

    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    website = factory.Sequence(lambda n: f"https://organisation-{n}.example.org/")
