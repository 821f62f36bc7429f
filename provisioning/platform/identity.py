"""The identity department: registered phones, service passwords, one-time codes, tries and visit tokens.

Policy. A try is counted before it is checked, in one statement, so that guesses made at the same time cannot share a
count; success clears the person's count. The third wrong try blocks the person for 15 minutes at every terminal and
with every factor; a terminal from which many persons were tried is blocked too. A code has 6 digits, lives 5 minutes,
serves once, only in the visit and at the terminal that asked for it, and the newest replaces the older. Of codes and
tokens only hashes are kept. Who is unknown and whose name differs get the same answer. That a person was confirmed in a visit is
kept as long as something handed in then may still be under way, and not longer.
"""

import hashlib
import hmac
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection, Engine, case, delete, func, insert, select, update

from kiosk.base.clock import Clock
from kiosk.central.contract import CodeRequest, CodeSent, FactorAccepted, FactorMethod, FactorRequest
from provisioning.platform import tables
from provisioning.platform.database import upsert
from provisioning.platform.problems import RefusedError
from provisioning.platform.settings import Limits

CONFIRMED_S = 60 * 86_400
"""Longer than any store keeps an item."""
_FORGET_EVERY_S = 3600


class Randomness(Protocol):
    """Where codes and tokens come from; the module `secrets` is one."""

    def token_bytes(self, nbytes: int, /) -> bytes:
        """`nbytes` unpredictable bytes."""

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """An unpredictable number from 0."""


CodeSender = Callable[[str, str], None]
"""Sends (phone, code) or raises `RefusedError` ``unavailable``. Called outside of any transaction."""


@dataclass(frozen=True)
class Visitor:
    """Whom a token stands for."""

    person_id: int
    id_number: str = field(repr=False)


class IdentityDepartment:
    """Checks second factors. Thread-safe: all state but the hour of the last forgetting is in the database."""

    def __init__(
        self, engine: Engine, limits: Limits, clock: Clock, randomness: Randomness, send_code: CodeSender
    ) -> None:
        self._engine = engine
        self._limits = limits
        self._clock = clock
        self._randomness = randomness
        self._send_code = send_code
        self._forgetting = threading.Lock()
        self._forget_at = 0

    def send_code(self, request: CodeRequest, terminal_id: str) -> CodeSent:
        """Sends a code to the registered phone.

        Raises:
            RefusedError: person-not-found, no-registered-phone, factor-blocked, too-many-requests, unavailable.
        """
        now, limits = self._now_ms(), self._limits
        code = f"{self._randomness.randbelow(1_000_000):06d}"
        salt = self._randomness.token_bytes(16).hex()
        codes = tables.one_time_code
        self._forget_old(now)
        with self._engine.begin() as connection:
            person_id = _find_person(connection, request.id_number, request.name)
            # requests for one person follow each other from here on: by the row's lock, or by SQLite's one writer
            phone = connection.scalar(
                select(tables.registered_phone.c.phone)
                .where(tables.registered_phone.c.person_id == person_id)
                .with_for_update()
            )
            if phone is None:
                raise RefusedError("no-registered-phone")
            self._refuse_blocked(connection, person_id, terminal_id, now)
            connection.execute(update(codes).where(codes.c.person_id == person_id).values(is_open=0))
            sent, newest = connection.execute(
                select(func.count(), func.max(codes.c.sent_at)).where(
                    codes.c.person_id == person_id, codes.c.sent_at > now - limits.code_window_s * 1000
                )
            ).one()
            if newest is not None and now - newest < limits.code_pause_s * 1000:
                raise RefusedError("too-many-requests", retry_after_s=limits.code_pause_s - (now - newest) // 1000)
            if sent >= limits.codes_per_window:
                raise RefusedError("too-many-requests", retry_after_s=limits.code_window_s)
            connection.execute(
                insert(codes).values(
                    person_id=person_id,
                    visit_id=request.visit_id,
                    terminal_id=terminal_id,
                    salt=salt,
                    code_hash=_hash_code(salt, code),
                    sent_at=now,
                    expires_at=now + limits.code_life_s * 1000,
                    is_open=1,
                )
            )
        self._send_code(phone, code)
        return CodeSent(mask_phone(phone), limits.code_life_s)

    def verify(self, request: FactorRequest, terminal_id: str) -> FactorAccepted:
        """Checks one factor and opens the visit's data.

        Raises:
            RefusedError: person-not-found, no-service-password, code-expired, factor-refused with the tries left,
                factor-blocked.
        """
        now = self._now_ms()
        self._forget_old(now)
        with self._engine.begin() as connection:
            person_id = _find_person(connection, request.id_number, request.name)
            self._refuse_blocked(connection, person_id, terminal_id, now)
            matches, code_id = self._prepare_check(connection, person_id, request, terminal_id, now)
            wrong = self._count_try(connection, f"person:{person_id}", now)
            wrong_here = self._count_try(connection, f"terminal:{terminal_id}", now)
        # the slow hash runs outside of the transaction, which would hold the one writer's lock of SQLite
        is_right = wrong <= self._limits.tries and matches()
        with self._engine.begin() as connection:
            if is_right:
                return self._accept(connection, person_id, code_id, request, terminal_id, now)
            self._block_where_due(connection, person_id, terminal_id, (wrong, wrong_here), now)
        if wrong >= self._limits.tries or wrong_here >= self._limits.terminal_tries:
            raise RefusedError("factor-blocked", retry_after_s=self._limits.block_s)
        raise RefusedError("factor-refused", tries_left=self._limits.tries - wrong)

    def visitor(self, token: str, terminal_id: str, visit_id: str | None) -> Visitor:
        """Whom `token` stands for; a token shown elsewhere than where it was given ends at once.

        Args:
            token: as given by `verify`.
            terminal_id: who shows it.
            visit_id: the visit that the request names.

        Raises:
            RefusedError: token-expired.
        """
        tokens, persons = tables.visit_token, tables.person
        token_hash = _hash_token(token)
        with self._engine.begin() as connection:
            row = connection.execute(
                select(tokens, persons.c.id_number).join(persons).where(tokens.c.token_hash == token_hash)
            ).one_or_none()
            if row is not None and row.expires_at > self._now_ms():
                if (row.terminal_id, row.visit_id) == (terminal_id, visit_id):
                    return Visitor(row.person_id, row.id_number)
                connection.execute(delete(tokens).where(tokens.c.token_hash == token_hash))
        raise RefusedError("token-expired")

    def _now_ms(self) -> int:
        return int(self._clock.now().timestamp() * 1000)

    def _forget_old(self, now: int) -> None:
        """Once an hour: codes, tokens and tries that have run out, and who was where longer ago than anything can still wait."""
        with self._forgetting:
            if now < self._forget_at:
                return
            self._forget_at = now + _FORGET_EVERY_S * 1000
        codes, tokens, tries = tables.one_time_code, tables.visit_token, tables.factor_try
        quiet = now - self._limits.block_s * 1000
        with self._engine.begin() as connection:
            connection.execute(delete(tokens).where(tokens.c.expires_at <= now))
            connection.execute(delete(tries).where(tries.c.last_at <= quiet, tries.c.blocked_until <= now))
            longest = max(self._limits.code_window_s, self._limits.code_life_s)
            connection.execute(delete(codes).where(codes.c.sent_at <= now - longest * 1000))
            visits = tables.confirmed_visit
            connection.execute(delete(visits).where(visits.c.confirmed_at <= now - CONFIRMED_S * 1000))

    def _refuse_blocked(self, connection: Connection, person_id: int, terminal_id: str, now: int) -> None:
        tries = tables.factor_try
        until = connection.scalar(
            select(func.max(tries.c.blocked_until)).where(
                tries.c.subject.in_((f"person:{person_id}", f"terminal:{terminal_id}"))
            )
        )
        if until is not None and until > now:
            raise RefusedError("factor-blocked", retry_after_s=-(-(until - now) // 1000))

    def _prepare_check(
        self, connection: Connection, person_id: int, request: FactorRequest, terminal_id: str, now: int
    ) -> tuple[Callable[[], bool], int | None]:
        """The comparison to make later, and the code that it would use up."""
        if request.method is FactorMethod.PASSWORD:
            passwords = tables.service_password
            stored = connection.scalar(select(passwords.c.password_hash).where(passwords.c.person_id == person_id))
            if stored is None:
                raise RefusedError("no-service-password")
            return (lambda: password_matches(stored, request.secret)), None
        codes = tables.one_time_code
        row = connection.execute(
            select(codes.c.code_id, codes.c.salt, codes.c.code_hash)
            .where(
                codes.c.person_id == person_id,
                codes.c.visit_id == request.visit_id,
                codes.c.terminal_id == terminal_id,
                codes.c.is_open == 1,
                codes.c.expires_at > now,
            )
            .order_by(codes.c.code_id.desc())
        ).first()
        if row is None:
            raise RefusedError("code-expired")
        return (lambda: hmac.compare_digest(row.code_hash, _hash_code(row.salt, request.secret))), row.code_id

    def _count_try(self, connection: Connection, subject: str, now: int) -> int:
        """Counts a try of `subject` and returns the count; it starts again after a quiet `block_s`."""
        tries = tables.factor_try
        wrong = case((tries.c.last_at <= now - self._limits.block_s * 1000, 1), else_=tries.c.wrong + 1)
        statement = (
            upsert(connection, tries)
            .values(subject=subject, wrong=1, last_at=now, blocked_until=0)
            .on_conflict_do_update(index_elements=["subject"], set_={"wrong": wrong, "last_at": now})
            .returning(tries.c.wrong)
        )
        return int(connection.execute(statement).scalar_one())

    def _block_where_due(
        self, connection: Connection, person_id: int, terminal_id: str, wrong: tuple[int, int], now: int
    ) -> None:
        tries, codes = tables.factor_try, tables.one_time_code
        until = now + self._limits.block_s * 1000
        # above the limit nothing was checked: the try at the limit decides, by its block or by its success
        if wrong[0] == self._limits.tries:
            connection.execute(
                update(tries).where(tries.c.subject == f"person:{person_id}").values(blocked_until=until)
            )
            connection.execute(update(codes).where(codes.c.person_id == person_id).values(is_open=0))
        if wrong[1] >= self._limits.terminal_tries:
            connection.execute(
                update(tries).where(tries.c.subject == f"terminal:{terminal_id}").values(blocked_until=until)
            )

    def _accept(
        self,
        connection: Connection,
        person_id: int,
        code_id: int | None,
        request: FactorRequest,
        terminal_id: str,
        now: int,
    ) -> FactorAccepted:
        codes, tries, tokens = tables.one_time_code, tables.factor_try, tables.visit_token
        # locks in the order of `_block_where_due`: tries of the person, codes, tries of the terminal
        connection.execute(delete(tries).where(tries.c.subject == f"person:{person_id}"))
        if code_id is not None:
            used = connection.execute(
                update(codes).where(codes.c.code_id == code_id, codes.c.is_open == 1).values(is_open=0)
            )
            if used.rowcount != 1:
                raise RefusedError("code-expired")  # used a moment ago by a request at the same time
        connection.execute(
            update(tries)
            .where(tries.c.subject == f"terminal:{terminal_id}", tries.c.wrong > 0)
            .values(wrong=tries.c.wrong - 1)
        )
        token = self._randomness.token_bytes(32).hex()
        connection.execute(
            insert(tokens).values(
                token_hash=_hash_token(token),
                person_id=person_id,
                visit_id=request.visit_id,
                terminal_id=terminal_id,
                expires_at=now + self._limits.token_life_s * 1000,
            )
        )
        confirmed = {"terminal_id": terminal_id, "visit_id": request.visit_id, "person_id": person_id}
        connection.execute(
            upsert(connection, tables.confirmed_visit)
            .values(**confirmed, confirmed_at=now)
            .on_conflict_do_nothing(index_elements=list(confirmed))
        )
        return FactorAccepted(token, self._limits.token_life_s)


def mask_phone(phone: str) -> str:
    """First three and last four digits, as in ``138****1234``."""
    return f"{phone[:3]}****{phone[-4:]}"


def password_matches(stored: str, password: str) -> bool:
    """Compares in constant time with a hash made by `provisioning.platform.citizens.hash_password`."""
    scheme, n, r, p, salt, digest = stored.split("$")
    if scheme != "scrypt":
        return False
    made = hashlib.scrypt(
        password.encode(), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p), maxmem=2**26, dklen=len(digest) // 2
    )
    return hmac.compare_digest(made, bytes.fromhex(digest))


def _find_person(connection: Connection, id_number: str, name: str) -> int:
    persons = tables.person
    person_id = connection.scalar(
        select(persons.c.person_id).where(persons.c.id_number == id_number, persons.c.name == name)
    )
    if person_id is None:
        raise RefusedError("person-not-found")
    return int(person_id)


def _hash_code(salt: str, code: str) -> str:
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()


def _hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
