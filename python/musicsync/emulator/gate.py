"""The gate every Web API request passes: sign-in, faults, counting. What is behind it only ever sees good requests."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from musicsync.emulator.accounts import Session
from musicsync.emulator.faults import Fate, Kind
from musicsync.emulator.state import Emulator
from musicsync.emulator.wire import Json, NoAnswer, Refused

NOBODY = Session(user="", client_id="", scopes=frozenset(), expires_at=0.0)
_NOT_REGISTERED = "User not registered in the Developer Dashboard"


@dataclass(frozen=True, slots=True)
class Call:
    """One request that passed the gate."""

    emulator: Emulator
    request: Request
    session: Session
    fate: Fate

    @property
    def market(self) -> str | None:
        """The market asked for; `from_token` is the account's country."""
        market = self.request.query_params.get("market")
        if market == "from_token":
            return "GB"
        if market is not None and not (len(market) == 2 and market.isascii() and market.isalpha()):
            raise Refused(400, "Invalid market code")
        return market.upper() if market else None

    def need(self, scope: str) -> None:
        """Raises `Refused` (403) where the sign-in lacks the scope."""
        if scope not in self.session.scopes:
            raise Refused(403, "Insufficient client scope")

    async def apply(self, change: Callable[[], str]) -> str:
        """Make a change when its time has come, whatever became of the caller, and return when it may be answered."""
        knobs = self.emulator.faults.knobs
        if knobs.apply_late_ms:
            await self.emulator.sleep(self.fate.chance.random() * knobs.apply_late_ms / 1000)
        result = change()
        if self.emulator.options.apply_delay_ms:
            await self.emulator.sleep(self.emulator.options.apply_delay_ms / 1000)
        return result


Handler = Callable[[Call], Awaitable[Response]]


class Gate:
    """One endpoint as an ASGI application. `name` is its method and path: what faults and statistics call it."""

    def __init__(self, emulator: Emulator, name: str, kind: Kind, handler: Handler) -> None:
        self._emulator, self._name, self._kind, self._handler = emulator, name, kind, handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        self._count_arrival()
        try:
            response = await self._answer(request)
        except Refused as refused:
            response = refused.answer()
        except Exception:
            self._emulator.statistics.answered(self._name, "crashed")
            raise
        label = response.label if isinstance(response, NoAnswer) else str(response.status_code)
        self._emulator.statistics.answered(self._name, label)
        await response(scope, receive, send)

    def _count_arrival(self) -> None:
        statistics, faults = self._emulator.statistics, self._emulator.faults
        statistics.total += 1
        if self._kind is not Kind.SIGN_IN and not faults.in_grace:
            statistics.too_early += faults.limited_for() > 0
            statistics.too_early_same_endpoint += faults.limited_for(self._name) > 0

    async def _answer(self, request: Request) -> Response:
        emulator = self._emulator
        fate = emulator.faults.fate(self._name, self._kind, isrc="isrc:" in request.query_params.get("q", "").lower())
        session = NOBODY if self._kind is Kind.SIGN_IN else self._session(request, fate)
        unanswered = self._before(fate)
        if unanswered:
            return unanswered
        response = await self._handler(Call(emulator, request, session, fate))
        return await self._after(fate, response)

    def _session(self, request: Request, fate: Fate) -> Session:
        header = request.headers.get("authorization")
        if not header:
            raise _unauthorized("No token provided")
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Refused(400, "Only valid bearer authentication supported")
        session = self._emulator.accounts.session(token.strip())
        if session is None:
            raise _unauthorized("Invalid access token")
        if fate.suffers("expired_token"):
            self._emulator.accounts.expire(token.strip())
        if fate.suffers("expired_token") or session.expires_at <= self._emulator.now():
            raise _unauthorized("The access token expired")
        return session

    def _before(self, fate: Fate) -> Response | None:
        """Faults that strike before anything is done."""
        faults = self._emulator.faults
        still = faults.limited_for() if faults.knobs.enforce_429 and self._kind is not Kind.SIGN_IN else 0.0
        if still:
            raise _too_many(math.ceil(still))
        match fate.fault:
            case "rate_429" | "rate_429_long":
                short = fate.fault == "rate_429"
                seconds = faults.knobs.retry_after_s if short else faults.knobs.retry_after_long_s
                faults.limit(self._name, seconds)
                raise _too_many(seconds)
            case "rate_500":
                raise Refused(500, "Server error.")
            case "rate_502":
                raise Refused(502, "Error while loading resource")
            case "not_registered":
                raise Refused(403, _NOT_REGISTERED, body=PlainTextResponse(_NOT_REGISTERED, 403))
            case "timeout":
                return NoAnswer("timeout", faults.knobs.timeout_s, self._emulator.closing)
            case "drop":
                return NoAnswer("dropped", 0, self._emulator.closing)
        return None

    async def _after(self, fate: Fate, response: Response) -> Response:
        """Faults that strike after everything is done."""
        knobs = self._emulator.faults.knobs
        match fate.fault:
            case "timeout_after_apply":
                return NoAnswer("timeout", knobs.timeout_s, self._emulator.closing)
            case "drop_after_apply":
                return NoAnswer("dropped", 0, self._emulator.closing)
            case "slow":
                await self._emulator.sleep(knobs.slow_ms / 1000)
        return response


def _too_many(seconds: int) -> Refused:
    return Refused(429, "API rate limit exceeded", headers={"retry-after": str(seconds)})


def _unauthorized(message: str) -> Refused:
    headers = {"www-authenticate": f'Bearer realm="spotify", error="invalid_token", error_description="{message}"'}
    return Refused(401, message, headers=headers)


def not_found(_: Request, __: Exception) -> Response:
    """Any other path."""
    return Json({"error": {"status": 404, "message": "Service not found"}}, 404)


def wrong_method(_: Request, __: Exception) -> Response:
    """A known path, another method."""
    return Json({"error": {"status": 405, "message": "Method not allowed"}}, 405)
