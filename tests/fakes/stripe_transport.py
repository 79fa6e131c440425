"""A fake of Stripe below the real SDK: it keeps Stripe's rules about keys, versions, idempotency and expiry.

Modelled on Stripe's published fixtures (stripe_objects.json, MIT, see stripe_objects.LICENSE).
"""

import copy
import json
import random
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe
from stripe.params import RefundCreateParams, RefundListParams
from stripe.params.checkout import SessionCreateParams, SessionRetrieveParams

from tests.fakes.stripe_params import unknown_parameters

SHAPES: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "stripe_objects.json").read_text())
HALF_AN_HOUR, A_DAY = 30 * 60, 24 * 60 * 60
Answer = tuple[int, dict[str, Any]]


class Refusal(Exception):
    """Stripe's error body and status."""

    def __init__(self, status: int, message: str, kind: str = "invalid_request_error", **more: str) -> None:
        super().__init__(message)
        self.answer: Answer = status, {"error": {"message": message, "type": kind, **more}}


class StripeTransport(stripe.HTTPClient):
    """Sessions, payments, refunds, disputes and signed events in memory; `fail_next` makes it misbehave."""

    name = "fake"

    def __init__(self, *, key: str, version: str, webhook_secret: str, livemode: bool = False) -> None:
        super().__init__()
        self.key, self.version, self.webhook_secret, self.livemode = key, version, webhook_secret, livemode
        self.objects: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}  # by session
        self.payment_metadata: dict[str, dict[str, str]] = {}  # by session
        self.answers: dict[str, tuple[object, Answer]] = {}
        self.in_use: set[str] = set()
        self.faults: deque[str] = deque()
        self.events: list[dict[str, Any]] = []
        self.requests: list[tuple[str, str, dict[str, Any]]] = []
        self.next_refund_status = "succeeded"
        self._lock = threading.RLock()
        self._count = 0

    # --- what the SDK calls ------------------------------------------------------------------------
    def request(self, method: str, url: str, headers: Any, post_data: Any = None, **_: Any) -> Any:
        with self._lock:
            fault = self.faults.popleft() if self.faults else ""
            if fault == "timeout":
                raise stripe.APIConnectionError("Read timed out.", should_retry=True)
            if fault.isdigit():
                refusal = Refusal(int(fault), "Something went wrong at Stripe.", "api_error")
                return json.dumps(refusal.answer[1]), int(fault), {"request-id": "req_fault"}
            status, body = self._answer(method, url, headers, post_data)
            if fault == "timeout after":
                raise stripe.APIConnectionError("Read timed out.", should_retry=True)
            return json.dumps(body), status, {"request-id": f"req_{len(self.requests)}"}

    def close(self) -> None:
        """Nothing is open."""

    def _sleep_time_seconds(self, num_retries: int) -> float:
        return 0

    # --- what tests call ---------------------------------------------------------------------------
    def fail_next(self, fault: str, *, times: int = 3) -> None:
        """Misbehave: "timeout" (before the work), "timeout after", or a status such as "500"; the SDK tries thrice."""
        self.faults.extend([fault] * times)

    def pay(self, session_id: str) -> str:
        """The buyer pays; the payment's id."""
        session = self._session(session_id)
        assert session["status"] == "open", "Stripe shows no payable page for this session"
        intent = self._intent(session)
        intent.update(status="succeeded", amount_received=intent["amount"], last_payment_error=None)
        session.update(status="complete", payment_status="paid", payment_intent=intent["id"], url=None)
        self._emit("checkout.session.completed", session)
        return str(intent["id"])

    def complete_unpaid(self, session_id: str, *, intent_status: str) -> str:
        """The buyer is done but the money is not there, as with slow methods."""
        session = self._session(session_id)
        intent = self._intent(session)
        intent["status"] = intent_status
        session.update(status="complete", payment_intent=intent["id"], url=None)
        self._emit("checkout.session.completed", session)
        return str(intent["id"])

    def decline(self, session_id: str) -> str:
        """The buyer's card is declined; the page stays open."""
        intent = self._intent(self._session(session_id))
        intent["last_payment_error"] = {"code": "card_declined", "message": "Your card was declined."}
        self._emit("payment_intent.payment_failed", intent)
        return str(intent["id"])

    def refund_in_dashboard(self, payment_id: str, amount: int) -> str:
        """Somebody refunds at Stripe instead of here."""
        refund = self._make_refund({"payment_intent": payment_id, "amount": str(amount)})
        return str(refund["id"])

    def finish_refund(self, refund_id: str, status: str) -> None:
        """A bank answers about a refund, perhaps days later."""
        self.objects[refund_id]["status"] = status
        self._emit("refund.failed" if status == "failed" else "refund.updated", self.objects[refund_id])

    def dispute(self, payment_id: str, *, due_by: int) -> str:
        """The buyer asks their bank for the money back."""
        dispute = self._new("dispute", "dp", amount=self.objects[payment_id]["amount"], currency="gbp")
        dispute.update(payment_intent=payment_id, status="needs_response", created=int(time.time()))
        dispute["evidence_details"]["due_by"] = due_by
        self._emit("charge.dispute.created", dispute)
        return str(dispute["id"])

    def close_dispute(self, dispute_id: str, status: str) -> None:
        """The bank decides."""
        self.objects[dispute_id]["status"] = status
        self._emit("charge.dispute.closed", self.objects[dispute_id])

    def deliveries(self, *, seed: int = 0, copies: int = 1) -> list[tuple[bytes, str]]:
        """Every event so far, signed, `copies` times, in an order of its own: (body, signature header)."""
        bodies = [json.dumps(event) for event in self.events] * copies
        random.Random(seed).shuffle(bodies)
        return [(body.encode(), self.sign(body)) for body in bodies]

    def sign(self, body: str, *, age: int = 0) -> str:
        """The header Stripe sends with a body."""
        moment = int(time.time()) - age
        return stripe.WebhookSignature.generate_signature_header(body, self.webhook_secret, timestamp=moment)

    # --- Stripe's own rules ------------------------------------------------------------------------
    def _answer(self, method: str, url: str, headers: Mapping[str, str], post_data: str | None) -> Answer:
        address = urlsplit(url)
        params = unflatten(parse_qsl(post_data or address.query, keep_blank_values=True))
        self.requests.append((method, address.path, params))
        try:
            self._check_headers(headers)
            if method == "get":
                return 200, copy.deepcopy(self._get(address.path, params))
            return self._once(headers["Idempotency-Key"], (address.path, post_data), address.path, params)
        except Refusal as refusal:
            return refusal.answer

    def _check_headers(self, headers: Mapping[str, str]) -> None:
        if headers.get("Authorization") != f"Bearer {self.key}":
            raise Refusal(401, "Invalid API Key provided: sk_test_****", "invalid_request_error")
        if headers.get("Stripe-Version") != self.version:
            raise Refusal(400, f"Invalid Stripe API version: {headers.get('Stripe-Version')}")

    def _once(self, key: str, asked: object, path: str, params: dict[str, Any]) -> Answer:
        """Same key, same question: the same answer as the first time, whatever happened since."""
        if key in self.in_use:
            raise Refusal(409, "Another request with this key is being worked on.", "idempotency_error")
        if key in self.answers:
            before, answer = self.answers[key]
            if before != asked:
                raise Refusal(400, "Keys can only be used with the same parameters.", "idempotency_error")
            return copy.deepcopy(answer)
        answer = 200, copy.deepcopy(self._post(path, params))  # a refused question leaves the key free
        self.answers[key] = asked, answer
        return copy.deepcopy(answer)

    def _get(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        match path.strip("/").split("/")[1:]:
            case ["checkout", "sessions", name]:
                _known(params, SessionRetrieveParams)
                return self._expanded(self._session(name), params.get("expand", []))
            case ["refunds"]:
                _known(params, RefundListParams)
                mine = [one for one in self._all("refund") if one["payment_intent"] == params["payment_intent"]]
                return {"object": "list", "data": mine[::-1], "has_more": False, "url": "/v1/refunds"}
            case ["payment_intents" | "refunds" | "disputes", name]:
                return self._find(name)
        raise Refusal(404, f"Unrecognized request URL (GET: {path}).")

    def _post(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        match path.strip("/").split("/")[1:]:
            case ["checkout", "sessions"]:
                _known(params, SessionCreateParams)
                return self._make_session(params)
            case ["checkout", "sessions", name, "expire"]:
                return self._expire(self._session(name))
            case ["refunds"]:
                _known(params, RefundCreateParams)
                return self._make_refund(params)
        raise Refusal(404, f"Unrecognized request URL (POST: {path}).")

    def _make_session(self, params: dict[str, Any]) -> dict[str, Any]:
        life = int(params["expires_at"]) - time.time()
        if not HALF_AN_HOUR - 1 <= life <= A_DAY:
            raise Refusal(400, "The `expires_at` timestamp must be 30 minutes to 24 hours away.", param="expires_at")
        prices = [(item["price_data"], int(item["quantity"])) for item in params["line_items"]]
        session = self._new(
            "checkout.session",
            "cs_live" if self.livemode else "cs_test",
            amount_total=sum(int(price["unit_amount"]) * number for price, number in prices),
            currency=prices[0][0]["currency"],
            status="open",
            payment_status="unpaid",
            payment_intent=None,
            expires_at=int(params["expires_at"]),
        )
        for name in ("client_reference_id", "customer_email", "metadata", "success_url", "cancel_url"):
            session[name] = params.get(name)
        session["url"] = f"https://checkout.stripe.com/c/pay/{session['id']}"
        self.payment_metadata[session["id"]] = params.get("payment_intent_data", {}).get("metadata", {})
        return session

    def _expire(self, session: dict[str, Any]) -> dict[str, Any]:
        if session["status"] != "open":
            raise Refusal(400, f"Only open Checkout Sessions can be expired; this one is `{session['status']}`.")
        session.update(status="expired", url=None)
        self._emit("checkout.session.expired", session)
        return session

    def _make_refund(self, params: dict[str, Any]) -> dict[str, Any]:
        intent = self._find(params["payment_intent"])
        amount = int(params["amount"])
        gone = [one["amount"] for one in self._all("refund") if one["payment_intent"] == intent["id"] and _counts(one)]
        if amount + sum(gone) > intent.get("amount_received", 0):
            raise Refusal(400, "Refund amount is greater than unrefunded amount on charge.", param="amount")
        refund = self._new("refund", "re", amount=amount, currency="gbp", payment_intent=intent["id"])
        refund.update(status=self.next_refund_status, metadata=params.get("metadata", {}))
        self._emit("refund.created", refund)
        self._emit("charge.refunded", {"id": "ch_1", "object": "charge", "payment_intent": intent["id"]})
        return refund

    # --- objects -----------------------------------------------------------------------------------
    def _new(self, shape: str, prefix: str, **facts: Any) -> dict[str, Any]:
        self._count += 1
        made = {**copy.deepcopy(SHAPES[shape]), "id": f"{prefix}_{self._count:024}", **facts}
        if "livemode" in made:
            made["livemode"] = self.livemode
        self.objects[made["id"]] = made
        return made

    def _find(self, name: str) -> dict[str, Any]:
        if name not in self.objects:
            raise Refusal(404, f"No such object: '{name}'", code="resource_missing")
        return self.objects[name]

    def _all(self, shape: str) -> list[dict[str, Any]]:
        return [one for one in self.objects.values() if one["object"] == shape]

    def _session(self, name: str) -> dict[str, Any]:
        session = self._find(name)
        if session["status"] == "open" and session["expires_at"] <= time.time():
            self._expire(session)
        return session

    def _intent(self, session: dict[str, Any]) -> dict[str, Any]:
        """The payment behind a session; made when the buyer first tries."""
        if session["id"] not in self.intents:
            intent = self._new("payment_intent", "pi", amount=session["amount_total"], currency=session["currency"])
            intent.update(metadata=self.payment_metadata[session["id"]], amount_received=0)
            self.intents[session["id"]] = intent
        return self.intents[session["id"]]

    def _expanded(self, session: dict[str, Any], names: list[str]) -> dict[str, Any]:
        inner = {name: self.objects[session[name]] for name in names if session[name]}
        return {**session, **inner}

    def _emit(self, kind: str, about: dict[str, Any]) -> None:
        self.events.append(
            {
                **SHAPES["event"],
                "id": f"evt_{len(self.events) + 1:024}",
                "api_version": self.version,
                "type": kind,
                "livemode": self.livemode,
                "data": {"object": copy.deepcopy(about)},
            }
        )


def unflatten(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """Form encoding read back: "a[0][b]=c" is {"a": [{"b": "c"}]}."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        *path, last = name.replace("]", "").split("[")
        place = tree
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(one) for name, one in value.items()}
    return list(inner.values()) if inner and all(name.isdigit() for name in inner) else inner


def _known(params: dict[str, Any], known: Any) -> None:
    for name in unknown_parameters(params, known):
        raise Refusal(400, f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def _counts(refund: dict[str, Any]) -> bool:
    return refund["status"] not in {"failed", "canceled"}
