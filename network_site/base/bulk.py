"""Thousands of rows at once: `bulk_create` and `bulk_update` ask every field about every value of every row.

Only for rows that nothing else happens to: no signals are sent, and nobody learns the numbers of new rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, CharField, Field, ForeignKey, IntegerField, Model, TextField
from django.utils import timezone

# Their values go to the database as they stand.
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
    table, names = _quoted(model._meta.db_table), ", ".join(_quoted(field.column) for field in fields)
    written = list(zip(*(_values(field, rows) for field in fields), strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Half the work of an INSERT, for this side and for the server.
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copying:
                for row in written:
                    copying.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", written)  # noqa: S608  # names only


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
        f"UPDATE {table} SET {', '.join(f'{column} = given.{column}' for column in columns)} "  # noqa: S608
        f"FROM {_arrays(fields)} AS given ({', '.join([*columns, key])}) WHERE {table}.{key} = given.{key}"
    )
    facts = [vars(row) for row in rows]
    values = [_values(field, facts) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(for_all, values)
        else:
            cursor.executemany(for_each, list(zip(*values, strict=True)))


def _values(field: Field[Any, Any], rows: Sequence[Row]) -> list[Any]:
    """What a field is in each row, as the database takes it."""
    values = _said(field, rows)
    if isinstance(field, PLAIN):
        return values
    each = {id(value): value for value in values}  # many rows have one moment, or nothing
    prepared = {key: field.get_db_prep_save(value, connection) for key, value in each.items()}
    return [prepared[id(value)] for value in values]


def _said(field: Field[Any, Any], rows: Sequence[Row]) -> list[Any]:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return [timezone.now()] * len(rows)
    if field.attname in rows[0]:
        return [row[field.attname] for row in rows]
    return [field.get_default() for _row in rows]


def _arrays(fields: Sequence[Field[Any, Any]]) -> str:
    # Without their lengths: a cast to a length cuts in silence, a column that is too short refuses.
    kinds = [str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection)) for field in fields]
    return "UNNEST({})".format(", ".join(f"%s::{kind.partition('(')[0]}[]" for kind in kinds))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
