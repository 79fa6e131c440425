"""One address of every kind of public page in the demonstration: what tests walk and benchmarks measure."""

READING = (
    "/",
    "/about/",
    "/about/every-block/",
    "/what-is-social-prescribing/",
    "/people/",
    "/people/marie-polley/",
    "/partners/",
    "/partners/the-kings-fund/",
    "/accessibility/",
    "/privacy/",
    "/history/",
    "/conferences/",
    "/conferences/closer-to-home/",
    "/conferences/from-system-to-local/",
    "/news/",
    "/news/booking-is-open-for-closer-to-home/",
    "/courses-and-resources/",
    "/courses-and-resources/peer-leadership-step-one/",
    "/courses-and-resources/ten-questions/",
    "/contact/",
    "/search/",
    "/research/",
    "/research/r/p2vzrk/company-on-prescription-a-review-of-31-studies-with-people-over-65/",
    "/research/r/rj9rv2/gardening-cures-a-trial-of-allotments-in-2000-people/",
    "/research/lists/",
    "/research/lists/start-here/",
    "/research/map/",
    "/research/api/",
)
# Answers to a visitor's own question: made afresh each time.
ASKED = (
    "/history/?theme=policy&order=newest",
    "/history/?view=table",
    "/courses-and-resources/?kind=course&free=1",
    "/news/?topic=history",
    "/search/?q=choir",
    "/search/?q=nothing-of-the-kind",
    "/research/?q=loneliness&population=older-people",
    "/research/?q=nothing-of-the-kind",
)
# The first step of buying, which anybody may take: a form, and so made afresh too.
BUYING = ("/conferences/closer-to-home/tickets/",)
