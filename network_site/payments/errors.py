"""What can go wrong with a gateway."""

from network_site.base.errors import HouseError


class PaymentError(HouseError):
    """Paying cannot go on; the message is fit for a visitor, the cause is for staff."""

    @property
    def detail(self) -> str:
        """What lies behind it, for the log and for staff; never for a visitor."""
        cause = self.__cause__
        return f"{type(cause).__name__}: {cause}" if cause else str(self)


class PaymentBusy(PaymentError):
    """Somebody else is working on the same payment; nothing happened, and the same call may be repeated."""


class GatewayUnreachable(PaymentError):
    """No answer, or not a clear one: whether it happened is unknown, and the same call may be repeated."""


class GatewayRefused(PaymentError):
    """A clear no (an unknown session, bad parameters): repeating the same call changes nothing."""


class SessionNotOpen(GatewayRefused):
    """The payable page is already paid or expired, so it cannot be expired; look it up."""


class UnknownToGateway(GatewayRefused):
    """The gateway knows nothing by that name."""


class WrongKey(GatewayRefused):
    """The gateway does not accept our key: nothing can be paid or refunded until staff put it right."""


class KeyReused(GatewayRefused):
    """The idempotency key was used before for something else, so what happened then is unknown; staff look."""


class BadSignature(PaymentError):
    """A message that did not come from the gateway."""
