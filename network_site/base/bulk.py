"""Thousands of rows at once: `bulk_create` and `bulk_update` ask every field about every value of every row.

Only for rows that nothing else happens to: no signals are sent, and nobody learns the numbers of new rows.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Model, TextField
from django.utils import timezone

# Their values go to SQLite as they stand.
PLAIN = (BooleanField, CharField, ForeignKey, IntegerField, TextField)
Row = Mapping[str, Any]


def insert(model: type[Model], rows: Sequence[Row]) -> None:
    """Write new rows; what the database does not allow raises IntegrityError or DataError.

    Args:
        rows: values by the names of a model's attributes (`source_id`), the same names in each; `vars` of a model in
            memory is one. What is not named begins as the model says.
    """
    if not rows:
        return
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(_quoted(field.column) for field in fields)
    into = f"INSERT INTO {_quoted(model._meta.db_table)} ({names})"
    for_each = f"{into} VALUES ({', '.join(['%s'] * len(fields))})"
    for_all = f"{into} SELECT {names} FROM {_given(model)}"  # noqa: S608  # names of tables and columns only
    _execute(for_each, for_all, fields, [_values(field, rows) for field in fields])


def renew(rows: Sequence[Model], *names: str) -> None:
    """Write some fields of rows that are there."""
    if not rows:
        return
    meta = rows[0]._meta
    fields: list[Any] = [*map(meta.get_field, names), meta.pk]
    *columns, key = [_quoted(field.column) for field in fields]
    table = _quoted(meta.db_table)
    for_each = f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"  # noqa: S608
    for_all = (
        f"UPDATE {table} SET {', '.join(f'{column} = given.{column}' for column in columns)} "  # noqa: S608  # as above
        f"FROM {_given(type(rows[0]))} AS given WHERE {table}.{key} = given.{key}"
    )
    facts = [vars(row) for row in rows]
    _execute(for_each, for_all, fields, [_values(field, facts) for field in fields])


def _execute(for_each: str, for_all: str, fields: Sequence[Field[Any, Any]], columns: Sequence[Sequence[Any]]) -> None:
    """On PostgreSQL one statement with all rows as JSON, elsewhere one that is repeated for each row."""
    rows = zip(*columns, strict=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = [field.column for field in fields]
            cursor.execute(for_all, [json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str)])
        else:
            cursor.executemany(for_each, list(rows))


def _values(field: Field[Any, Any], rows: Sequence[Row]) -> list[Any]:
    """What a field is in each row, as the database takes it."""
    values = _said(field, rows)
    if connection.vendor == "postgresql" or isinstance(field, PLAIN):
        return values
    # Many rows have one moment, or nothing.
    prepared = {
        id(value): field.get_db_prep_save(value, connection) for value in {id(one): one for one in values}.values()
    }
    return [prepared[id(value)] for value in values]


def _said(field: Field[Any, Any], rows: Sequence[Row]) -> list[Any]:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return [timezone.now()] * len(rows)
    if field.attname in rows[0]:
        return [row[field.attname] for row in rows]
    return [field.get_default() for _row in rows]


def _given(model: type[Model]) -> str:
    # Each value becomes what its column is; one that is too long is refused and not cut.
    return f"jsonb_populate_recordset(NULL::{_quoted(model._meta.db_table)}, %s)"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
