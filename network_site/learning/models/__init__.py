"""Courses elsewhere and resources to take away, on one shelf."""

from network_site.learning.models.audience import Audience
from network_site.learning.models.course import CoursePage
from network_site.learning.models.resource import ResourcePage
from network_site.learning.models.shelf import LearningIndexPage, LearningPage

__all__ = ["Audience", "CoursePage", "LearningIndexPage", "LearningPage", "ResourcePage"]
