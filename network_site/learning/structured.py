"""Courses and resources as search engines know them, and the pictures they are shared with."""

from dataclasses import replace

from django.utils import timezone

from network_site.learning.models import CoursePage, LearningPage, ResourcePage
from network_site.sharing import cards
from network_site.sharing.cards import Card
from network_site.sharing.shared import Shared, page, tells
from network_site.sharing.structured import Node, describes


@tells(LearningPage)
def learning(learning_page: LearningPage) -> Shared:
    """A course or resource: its lead where nobody summed it up."""
    told = page(learning_page)
    return replace(told, description=learning_page.description or learning_page.lead or told.description)


@describes(CoursePage)
def course(course_page: CoursePage, told: Shared) -> list[Node]:
    """A course of somebody else, with when and how one takes part."""
    return [
        {
            "@type": "Course",
            "@id": f"{told.url}#course",
            "name": course_page.title,
            "description": told.description,
            "url": course_page.address or told.url,
            "provider": _makers(course_page),
            "isAccessibleForFree": course_page.is_free,
            "educationalLevel": course_page.get_level_display(),
            "educationalCredentialAwarded": course_page.certificate,
            "hasCourseInstance": _instance(course_page),
        }
    ]


def _makers(learning_page: LearningPage) -> Node | None:
    name = learning_page.item.makers
    return {"@type": "Organization", "name": name} if name else None


def _instance(course_page: CoursePage) -> Node:
    """The next time it is given; only a day that is still to come is said."""
    instance: Node = {"@type": "CourseInstance", "courseMode": "online"}
    if course_page.next_start_on and course_page.next_start_on >= timezone.localdate():
        instance["startDate"] = course_page.next_start_on.isoformat()
    if course_page.hours:
        instance["courseWorkload"] = f"PT{course_page.hours * (course_page.weeks or 1)}H"
    return instance


@describes(ResourcePage)
def resource(resource_page: ResourcePage, told: Shared) -> list[Node]:
    """Something to learn from."""
    return [
        {
            "@type": "LearningResource",
            "@id": f"{told.url}#resource",
            "name": resource_page.title,
            "description": told.description,
            "learningResourceType": resource_page.get_kind_display(),
            "isAccessibleForFree": resource_page.is_free,
            "dateCreated": str(resource_page.year or ""),
            "license": resource_page.licence,
            "creator": {"@type": "Organization", "name": resource_page.item.makers}
            if resource_page.item.makers
            else None,
        }
    ]


@cards.drawn(LearningPage)
def learning_card(learning_page: LearningPage) -> Card:
    """What it is and what it is called."""
    item = learning_page.item
    return Card(title=item.title, tag=item.kind_words, lead=item.summary)
