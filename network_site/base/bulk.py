"""Thousands of rows at once: `bulk_create` and `bulk_update` ask every field about every value of every row.

Only for rows that nothing else happens to: no signals are sent, and the rows do not learn their numbers.
"""

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Model, TextField

# Their values go to the database as they stand.
PLAIN = (BooleanField, CharField, ForeignKey, IntegerField, TextField)


def insert(rows: Sequence[Model]) -> None:
    """Write new rows of one model; what the database does not allow raises IntegrityError or DataError."""
    if not rows:
        return
    fields: list[Any] = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    table, names = _quoted(rows[0]._meta.db_table), ", ".join(_quoted(field.column) for field in fields)
    into = f"INSERT INTO {table} ({names})"
    for_all = f"{into} SELECT * FROM {_arrays(fields)}"  # noqa: S608  # names of tables, columns and kinds only
    _execute(f"{into} VALUES ({_marks(len(fields))})", for_all, fields, rows)


def renew(rows: Sequence[Model], name: str) -> None:
    """Write one field of rows that are there."""
    if not rows:
        return
    meta = rows[0]._meta
    fields: list[Any] = [meta.get_field(name), meta.pk]
    table, key, column = map(_quoted, (meta.db_table, meta.pk.column, fields[0].column))
    update = f"UPDATE {table} SET {column} ="  # noqa: S608  # as above
    given = f"FROM {_arrays(fields)} AS given (value, key) WHERE {table}.{key} = given.key"
    _execute(f"{update} %s WHERE {key} = %s", f"{update} given.value {given}", fields, rows)


def _execute(for_each: str, for_all: str, fields: Sequence[Field[Any, Any]], rows: Sequence[Model]) -> None:
    """On PostgreSQL one statement with a list for each field, elsewhere one that is repeated for each row."""
    columns = [_values(field, rows) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(for_all, columns)
        else:
            cursor.executemany(for_each, list(zip(*columns, strict=True)))


def _values(field: Field[Any, Any], rows: Sequence[Model]) -> list[Any]:
    if isinstance(field, PLAIN):
        return [getattr(row, field.attname) for row in rows]
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows]


def _arrays(fields: Sequence[Field[Any, Any]]) -> str:
    # Without their lengths: a cast to a length cuts in silence, a column that is too short refuses.
    kinds = [str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection)) for field in fields]
    return "UNNEST({})".format(", ".join(f"%s::{kind.partition('(')[0]}[]" for kind in kinds))


def _marks(count: int) -> str:
    return ", ".join(repeat("%s", count))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
