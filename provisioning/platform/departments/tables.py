"""Tables of the departments that answer plain queries: the same ones for every item.

A record and its rows are JSON objects, since which fields there are is said by the item's files and not by a schema.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from provisioning.platform.tables import metadata

# One row: by which data files the tables below were filled.
source = Table(
    "department_source",
    metadata,
    Column("source_id", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
)

item = Table(
    "department_item",
    metadata,
    Column("item_code", String(31), primary_key=True),
    Column("key", String(60), nullable=False, unique=True),
    Column("choices", Text, nullable=False),  # JSON: value -> what it narrows the rows to
    Column("spans", Text),  # JSON: names of the columns where months are told as spans
    Column("gives_code", Integer, nullable=False),
)

record = Table(
    "department_record",
    metadata,
    Column("item_code", ForeignKey("department_item.item_code"), primary_key=True),
    Column("id_number", String(18), primary_key=True),
    Column("fields", Text, nullable=False),  # JSON: field -> value, or how it is computed
)

# `number` is the order in which the department answers, `dated` the last day of what a row is about.
row = Table(
    "department_row",
    metadata,
    Column("item_code", String(31), primary_key=True),
    Column("id_number", String(18), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("dated", String(10)),
    Column("cells", Text, nullable=False),  # JSON: column -> value; _column is not answered
    ForeignKeyConstraint(["item_code", "id_number"], ["department_record.item_code", "department_record.id_number"]),
    sqlite_with_rowid=False,
)

# Codes printed on certificates. Only hashes are kept: who reads the table can print no paper that holds.
code = Table(
    "department_code",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("item_code", String(31), nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Index("department_code_by_time", "issued_at"),
)
