"""Tables of the intake. Keys are kept for ever; times are milliseconds since 1970, as everywhere on the platform."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from provisioning.platform.tables import metadata

# One row for each key that has an outcome. `holder` is who handed it in, as far as the kind knows; `identity` is none,
# unverified (待身份核验) or confirmed; the body lives on in the department's own tables.
item = Table(
    "intake_item",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("key", String(36), primary_key=True),
    Column("store_id", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("order_key", String(64), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("slip_number", String(40)),
    Column("fingerprint", String(64), nullable=False),
    Column("code", String(20), nullable=False),
    Column("receipt", String(40)),
    Column("holder", String(18)),
    Column("identity", String(12), nullable=False),
    Column("created_wall", String(40), nullable=False),
    Column("created_trusted", String(40)),
    Column("received_at", BigInteger, nullable=False),
    UniqueConstraint("terminal_id", "store_id", "seq"),
    Index("intake_item_by_slip", "slip_number"),
    Index("intake_item_by_holder", "holder"),
)

# What the terminals said of their stores last; `missing` counts numbers that neither came nor are accounted for.
store = Table(
    "intake_store",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("store_id", String(64), primary_key=True),
    Column("last_seq", BigInteger, nullable=False),
    Column("queued", Integer, nullable=False),
    Column("dead", Integer, nullable=False),
    Column("oldest_s", BigInteger, nullable=False),
    Column("missing", BigInteger, nullable=False),
    Column("reported_at", BigInteger, nullable=False),
)

alarm = Table(
    "intake_alarm",
    metadata,
    Column("alarm_id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("terminal_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("key", String(36)),
    Column("raised_at", BigInteger, nullable=False),
    UniqueConstraint("kind", "terminal_id", "store_id", "seq", "key"),
)

# How cases of money and cards ended at a terminal, and dead letters that a person gave up there (`seq`: the place in the store's
# sequence that such a one closes). `steps`: JSON, [[step, outcome], …].
ending = Table(
    "intake_ending",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("case_id", String(36), primary_key=True),
    Column("store_id", String(64), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("end", String(40), nullable=False),
    Column("ended_wall", String(40), nullable=False),
    Column("seq", BigInteger),
    Column("steps", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
)

# A terminal without a row stands as its certificate says. `refused_kinds`: names with commas.
standing = Table(
    "intake_standing",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("code", String(24), nullable=False),
    Column("refused_kinds", String(400), nullable=False),
)

attachment = Table(
    "intake_attachment",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("attachment_id", String(36), primary_key=True),
    Column("media_type", String(80), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("is_whole", Integer, nullable=False),
    Column("item_key", String(36)),
    Column("began_at", BigInteger, nullable=False),
)

attachment_part = Table(
    "intake_attachment_part",
    metadata,
    Column("terminal_id", String(64), primary_key=True),
    Column("attachment_id", String(36), primary_key=True),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["terminal_id", "attachment_id"], ["intake_attachment.terminal_id", "intake_attachment.attachment_id"]
    ),
)

consultation = Table(
    "consultation_case",
    metadata,
    Column("case_id", Integer, primary_key=True),
    Column("terminal_id", String(64), nullable=False),
    Column("key", String(36), nullable=False),
    Column("type", String(20), nullable=False),
    Column("title", String(100), nullable=False),
    Column("content", Text, nullable=False),
    Column("item_code", String(33)),
    Column("id_number", String(18)),
    Column("name", String(120)),
    Column("phone", String(20)),
    Column("may_publish", Integer, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("answer", Text),
    Column("answered_at", BigInteger),
    UniqueConstraint("terminal_id", "key"),
)
