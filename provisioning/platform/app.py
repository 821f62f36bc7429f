"""The platform's HTTP interface: OpenAPI 3.1, requests in bodies, refusals as RFC 9457 problem details."""

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Engine, text
from starlette.exceptions import HTTPException
from starlette.responses import Response

from kiosk.base.clock import Clock, SystemClock
from kiosk.central.contract import (
    CodeRequest,
    CodeSent,
    FactorAccepted,
    FactorRequest,
    FundStatement,
    PlatformHello,
    ProblemDetails,
    RatingReceived,
    RatingRequest,
    StatementRequest,
    TerminalHello,
)
from provisioning.platform import database, demo_data, tables
from provisioning.platform.citizens import make_citizens
from provisioning.platform.demo import DemoCodes, DemoOutbox
from provisioning.platform.departments import routes as department_routes
from provisioning.platform.departments.answering import Departments
from provisioning.platform.departments.filling import fill_departments
from provisioning.platform.gate import Gate, describe_fields, problem_from_status, terminal_id_of
from provisioning.platform.identity import CodeSender, IdentityDepartment, Randomness
from provisioning.platform.intake import routes as intake_routes
from provisioning.platform.intake.refusals import IntakeRefusedError, intake_problem_response
from provisioning.platform.problems import MEDIA_TYPE, RefusedError, problem_response
from provisioning.platform.provident_fund import ProvidentFund
from provisioning.platform.ratings import RatingDepartment
from provisioning.platform.reference import routes as reference_routes
from provisioning.platform.settings import PlatformSettings

API_VERSION = "1.0.0"
_PROBLEM = {"default": {"description": "Problem details (RFC 9457)", "content": {MEDIA_TYPE: {}}}}
_BEARER = HTTPBearer(auto_error=False, description="Token of the visit, from /v1/identity/verifications")


@dataclass(frozen=True)
class Health:
    """The platform answers and reaches its database."""

    status: str


class Platform:
    """The departments over one database, and what closes them. Departments named in `closed` answer 503, those in `slow` so many seconds later."""

    def __init__(
        self, settings: PlatformSettings, clock: Clock, randomness: Randomness, send_code: CodeSender | None
    ) -> None:
        settings.check()
        self.settings = settings
        self.clock = clock
        self.outbox = DemoOutbox(clock) if settings.demo else None
        self.closed: set[str] = set()
        self.slow: dict[str, float] = {}
        self._ending = threading.Event()
        self._copy: Path | None = None
        self.engine = self._open()
        sender = send_code or (self.outbox.send if self.outbox else _no_gateway)
        self.identity = IdentityDepartment(self.engine, settings.effective_limits(), clock, randomness, sender)
        self.fund = ProvidentFund(self.engine, clock)
        self.departments = Departments(self.engine, clock, randomness)
        self.ratings = RatingDepartment(self.engine, clock, randomness)
        self.intake = intake_routes.IntakeServices(self.engine, clock, randomness, lambda name: name not in self.closed)

    def _open(self) -> Engine:
        settings, today = self.settings, self.clock.now().date()
        url = settings.database_url
        if url is None:
            settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = settings.data_dir / "platform.sqlite"
            if settings.demo:
                citizens = demo_data.cached_citizens(
                    settings.data_dir, settings.demo_seed, settings.demo_citizens, today
                )
                path = self._copy = demo_data.private_copy(settings.data_dir, citizens)
            engine = database.open_engine(database.sqlite_url(path))
        else:
            engine = database.open_engine(url)
        database.prepare_schema(engine)
        if settings.demo and database.is_empty(engine):
            end = demo_data.last_full_month(today)
            database.fill(engine, make_citizens(settings.demo_seed, settings.demo_citizens, end))
        if settings.demo:
            fill_departments(engine, demo_data.last_full_month(today))
        return engine

    def open_department(self, name: str) -> None:
        """Refuses when the department is closed; waits where it is slow.

        Raises:
            RefusedError: unavailable.
        """
        if name in self.closed:
            raise RefusedError("unavailable", retry_after_s=300)
        self._ending.wait(self.slow.get(name, 0.0))

    def close(self) -> None:
        """Closes the database and ends what waits; a demo's private copy is removed."""
        self._ending.set()
        self.engine.dispose()
        if self._copy is not None:
            demo_data.remove_copy(self._copy)


def _no_gateway(_phone: str, _code: str) -> None:
    raise RefusedError("unavailable")


def create_app(
    settings: PlatformSettings,
    *,
    clock: Clock | None = None,
    randomness: Randomness = secrets,
    send_code: CodeSender | None = None,
) -> FastAPI:
    """The application; `app.state.platform` is its `Platform`, to be closed by the caller.

    Args:
        settings: checked here.
        clock: the machine's when None.
        randomness: source of codes and tokens.
        send_code: the gateway of short messages; None means the demo's outbox, or 503 outside of the demo.

    Raises:
        BudayangError: settings or database refused, with the key of the sentence.
    """
    platform = Platform(settings, clock or SystemClock(), randomness, send_code)
    app = build_interface(platform, settings)
    app.state.platform = platform
    return app


def build_interface(platform: Platform | None, settings: PlatformSettings) -> FastAPI:
    """The interface alone; without a platform it only describes itself (`openapi_contract`)."""
    app = FastAPI(
        title="Budayang central platform",
        version=API_VERSION,
        description=(
            "What a self-service terminal asks of the central platform. Terminals are known by their client "
            "certificate; on loopback without TLS by the header X-Terminal-Id. Money is integer fen. Nothing personal "
            "is part of an address."
        ),
        docs_url=None,
        redoc_url=None,
        responses=_PROBLEM,  # type: ignore[arg-type]
        generate_unique_id_function=lambda route: route.name,
    )
    app.add_middleware(Gate, larger=intake_routes.LARGER_REQUESTS)

    @app.exception_handler(RefusedError)
    async def _refused(_request: Request, error: RefusedError) -> Response:
        return problem_response(error)

    @app.exception_handler(RequestValidationError)
    async def _malformed(request: Request, error: RequestValidationError) -> Response:
        if request.url.path.startswith("/v1/intake"):
            return intake_problem_response(IntakeRefusedError("malformed", describe_fields(list(error.errors()))))
        return problem_response(RefusedError("invalid-request", describe_fields(list(error.errors()))))

    @app.exception_handler(HTTPException)
    async def _no_such(_request: Request, error: HTTPException) -> Response:
        return problem_response(problem_from_status(error.status_code))

    def calling_terminal(request: Request, x_terminal_id: Annotated[str | None, Header()] = None) -> str:
        terminal_id = terminal_id_of(request.scope, x_terminal_id, settings.has_tls)
        if _present(platform)().intake.intake.standing(terminal_id).code:
            raise RefusedError("terminal-refused")
        return terminal_id

    _add_routes(app, platform, Annotated[str, Depends(calling_terminal)])
    intake_routes.add_routes(app, _present(platform), settings.has_tls)
    reference_routes.add_routes(app, _present(platform), settings.has_tls)
    if settings.demo:
        _add_demo_routes(app, platform)
        intake_routes.add_demo_routes(app, _present(platform))
    _complete_contract(app)
    return app


def _add_routes(app: FastAPI, platform: Platform | None, terminal_type: Any) -> None:
    here = _present(platform)

    @app.get("/health")
    def health() -> Health:
        with here().engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        return Health("ok")

    @app.post("/v1/terminals/hello")
    def hello(body: TerminalHello, terminal: terminal_type) -> PlatformHello:
        if body.terminal_id != terminal:
            raise RefusedError("terminal-refused")
        _check_texts(body.terminal_id, body.software_version)
        now = here().clock.now()
        with here().engine.begin() as connection:
            values = {"software_version": body.software_version, "seen_at": int(now.timestamp() * 1000)}
            connection.execute(
                database.upsert(connection, tables.terminal)
                .values(terminal_id=terminal, **values)
                .on_conflict_do_update(index_elements=["terminal_id"], set_=values)
            )
        settings = here().settings
        return PlatformHello(settings.name, now.isoformat(timespec="milliseconds"), settings.demo)

    @app.post("/v1/identity/codes")
    def send_code(body: CodeRequest, terminal: terminal_type) -> CodeSent:
        here().open_department("identity")
        _check_texts(body.visit_id, body.id_number)
        _check_free_text(body.name)
        return here().identity.send_code(body, terminal)

    @app.post("/v1/identity/verifications")
    def verify_factor(body: FactorRequest, terminal: terminal_type) -> FactorAccepted:
        here().open_department("identity")
        _check_texts(body.visit_id, body.id_number)
        _check_free_text(body.name, body.secret)
        return here().identity.verify(body, terminal)

    @app.post("/v1/provident-fund/statements")
    def fund_statement(
        body: StatementRequest,
        terminal: terminal_type,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    ) -> FundStatement:
        if bearer is None:
            raise RefusedError("token-expired")
        _check_texts(body.visit_id)
        visitor = here().identity.visitor(bearer.credentials, terminal, body.visit_id)
        here().open_department("provident-fund")
        return here().fund.statement(visitor.id_number, body.period)

    bearer_type = Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
    department_routes.add_routes(app, here, terminal_type, bearer_type)

    @app.post("/v1/ratings")
    def rate(
        body: RatingRequest,
        terminal: terminal_type,
        bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    ) -> RatingReceived:
        here().open_department("ratings")
        _check_texts(body.visit_id, body.item_code[:33])
        if not 1 <= body.grade <= 5 or len(body.item_code) > 33:
            raise RefusedError("invalid-request", "body.grade, body.item_code")
        applicant = None
        if bearer is not None:
            with suppress(RefusedError):  # a rating is taken also when the visit's token has run out
                applicant = here().identity.visitor(bearer.credentials, terminal, body.visit_id).person_id
        return here().ratings.receive(body, terminal, applicant)


def _add_demo_routes(app: FastAPI, platform: Platform | None) -> None:
    here = _present(platform)

    @app.get("/demo/codes", include_in_schema=False)
    def sent_codes(since: Annotated[int, Query(ge=0)] = 0) -> DemoCodes:
        outbox = here().outbox
        return outbox.since(since) if outbox else DemoCodes(())

    @app.put("/demo/departments/{name}", include_in_schema=False)
    def switch_department(
        name: str, is_open: Annotated[bool, Query()], slow_s: Annotated[float, Query(ge=0, le=60)] = 0.0
    ) -> Health:
        """Closes, opens or slows identity, provident-fund, ratings, consultation or an item's department: the control panel's switch."""
        if name not in {"identity", "provident-fund", "ratings", "consultation", *here().departments.keys()}:
            raise RefusedError("not-found")
        (here().closed.discard if is_open else here().closed.add)(name)
        here().slow[name] = slow_s
        return Health("open" if is_open else "closed")


def _present(platform: Platform | None) -> Callable[[], Platform]:
    def present() -> Platform:
        if platform is None:
            raise RefusedError("unavailable")
        return platform

    return present


def _check_texts(*texts: str) -> None:
    """Identifiers are short printable text; PostgreSQL takes no NUL and no column takes more."""
    for value in texts:
        if not 1 <= len(value) <= 64 or not value.isprintable():
            raise RefusedError("invalid-request")


def _check_free_text(*texts: str) -> None:
    """Names and secrets. Rare characters of names may lie where Unicode knows no printable ones: they are not judged."""
    for value in texts:
        # JSON can spell lone surrogates, which no database and no hash takes
        if not 1 <= len(value) <= 120 or "\x00" in value or any("\ud800" <= one <= "\udfff" for one in value):
            raise RefusedError("invalid-request")


def _complete_contract(app: FastAPI) -> None:
    """Says in the contract what FastAPI cannot: the schema of problems and the client certificate."""
    describe = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            contract = describe()
            from pydantic import TypeAdapter

            schemas = contract["components"]["schemas"]
            schemas.update(department_routes.answer_schemas())
            schemas["ProblemDetails"] = TypeAdapter(ProblemDetails).json_schema()
            contract["components"]["securitySchemes"]["clientCertificate"] = {"type": "mutualTLS"}
            for operation in (item for path in contract["paths"].values() for item in path.values()):
                problem = {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}
                operation["responses"]["default"]["content"] = {MEDIA_TYPE: problem}
            app.openapi_schema = contract
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def openapi_contract() -> dict[str, Any]:
    """The contract as committed in openapi.json (without the demo's own addresses)."""
    return build_interface(None, PlatformSettings()).openapi()
