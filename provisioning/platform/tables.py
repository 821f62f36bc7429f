"""Tables of the demo departments. Each department reads only its own; the prefix names the owner.

Times are milliseconds since 1970 (BigInteger), so that SQLite and PostgreSQL agree on them; dates are ISO 8601 text;
money is integer fen.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, UniqueConstraint

SCHEMA_VERSION = 4
"""Raised with every change of a table or of the demo's citizens: the cached file of older versions is then not used."""

metadata = MetaData()

platform_schema = Table("platform_schema", metadata, Column("version", Integer, primary_key=True))

person = Table(
    "identity_person",
    metadata,
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("id_number", String(18), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
)

registered_phone = Table(
    "identity_phone",
    metadata,
    Column("person_id", ForeignKey("identity_person.person_id"), primary_key=True),
    Column("phone", String(20), nullable=False),
)

service_password = Table(
    "identity_password",
    metadata,
    Column("person_id", ForeignKey("identity_person.person_id"), primary_key=True),
    Column("password_hash", String(200), nullable=False),
)

one_time_code = Table(
    "identity_code",
    metadata,
    Column("code_id", Integer, primary_key=True),
    Column("person_id", ForeignKey("identity_person.person_id"), nullable=False),
    Column("visit_id", String(64), nullable=False),
    Column("terminal_id", String(64), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("sent_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("is_open", Integer, nullable=False),
    Index("identity_code_of_person", "person_id", "sent_at"),
)

factor_try = Table(
    "identity_try",
    metadata,
    Column("subject", String(80), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("blocked_until", BigInteger, nullable=False),
)

visit_token = Table(
    "identity_token",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", ForeignKey("identity_person.person_id"), nullable=False),
    Column("visit_id", String(64), nullable=False),
    Column("terminal_id", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

# In which visits a person was confirmed: kept beyond the token, since what was handed in then may arrive much later
# (`provisioning.platform.identity.CONFIRMED_S`).
confirmed_visit = Table(
    "identity_confirmed_visit",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("visit_id", String(64), primary_key=True),
    Column("person_id", ForeignKey("identity_person.person_id"), primary_key=True),
    Column("confirmed_at", BigInteger, nullable=False),
)

fund_employer = Table(
    "fund_employer",
    metadata,
    Column("employer_account", String(20), primary_key=True),
    Column("name", String(120), nullable=False),
)

fund_account = Table(
    "fund_account",
    metadata,
    Column("account_number", String(20), primary_key=True),
    Column("id_number", String(18), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("opened_on", String(10), nullable=False),
    Column("closed_on", String(10)),
    Column("branch", String(120), nullable=False),
    Column("state", String(20), nullable=False),
    Column("balance_fen", BigInteger, nullable=False),
    Column("total_paid_in_fen", BigInteger, nullable=False),
    Column("total_withdrawn_fen", BigInteger, nullable=False),
    Column("last_paid_month", String(6), nullable=False),
    Column("monthly_fen", BigInteger, nullable=False),
    Column("employer_account", ForeignKey("fund_employer.employer_account"), nullable=False),
)

fund_entry = Table(
    "fund_entry",
    metadata,
    Column("account_number", ForeignKey("fund_account.account_number"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("date", String(10), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("month", String(6), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("balance_fen", BigInteger, nullable=False),
    Column("interest_fen", BigInteger, nullable=False),
    Column("employer_account", ForeignKey("fund_employer.employer_account"), nullable=False),
    sqlite_with_rowid=False,  # one tree instead of two: half the file, half the time to fill it
)

rating = Table(
    "rating",
    metadata,
    Column("rating_id", String(32), primary_key=True),
    Column("terminal_id", String(64), nullable=False),
    Column("visit_id", String(64), nullable=False),
    Column("item_code", String(33), nullable=False),
    Column("grade", Integer, nullable=False),
    Column("applicant", Integer),  # who rated: for call-backs by the platform only, never shown to the rated staff
    Column("rated_at", BigInteger, nullable=False),
    UniqueConstraint("terminal_id", "visit_id", "item_code"),
)

terminal = Table(
    "fleet_terminal",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("software_version", String(64), nullable=False),
    Column("seen_at", BigInteger, nullable=False),
)
