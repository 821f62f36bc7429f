"""Fills the departments' tables from their data files, again whenever those or the month have changed."""

from pathlib import Path

from sqlalchemy import Engine, delete

from provisioning.platform.citizens import SPECIMENS
from provisioning.platform.database import copy_rows, upsert
from provisioning.platform.departments import tables
from provisioning.platform.departments.data_files import FOLDER, digest_of, read_departments
from provisioning.platform.departments.pattern import Month


def fill_departments(engine: Engine, end: Month, folder: Path = FOLDER) -> bool:
    """Makes the tables say what the files say, in one transaction. Returns whether they had to be filled.

    Args:
        engine: of a database whose schema is there.
        end: the last full month, until which the files' months are told.
        folder: of the data files.

    Raises:
        BudayangError: ``platform.department_file``; the tables are then as they were.
    """
    digest, source = digest_of(folder, end), tables.source
    with engine.begin() as connection:
        # the row's lock: of two platforms that start at once over one database, one fills
        claim = (
            upsert(connection, source)
            .values(source_id=1, digest=digest)
            .on_conflict_do_update(
                index_elements=["source_id"], set_={"digest": digest}, where=source.c.digest != digest
            )
            .returning(source.c.digest)
        )
        if connection.scalar(claim) is None:
            return False
        made = read_departments(folder, end, {one.id_number: one.name for one in SPECIMENS})
        for table in (tables.row, tables.record, tables.item):
            connection.execute(delete(table))
        copy_rows(connection, tables.item, made.items)
        copy_rows(connection, tables.record, made.records)
        copy_rows(connection, tables.row, made.rows)
    return True
