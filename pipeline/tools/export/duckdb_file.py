"""Tables as one DuckDB file: tables and views, each with a comment, as are all columns of the tables."""

from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.archive.columns import ALL_TABLES
from pipeline.tools.export.tables import Tables
from pipeline.tools.export.views import VIEWS
from pipeline.tools.schema.sql import code_statements, comments, create, quoted


def write_duckdb(tables: Tables, path: Path) -> list[str]:
    """Write the file; nothing has to be told of it.

    Keys stand in the comments: every run has checked them, and to hold them again takes eight times the space.
    """
    with duckdb.connect(str(path)) as database:
        for statement in code_statements():
            database.execute(statement)
        for model in ALL_TABLES:
            database.execute(create(model, with_keys=False))
            for statement in comments(model):
                database.execute(statement)
            rows = pa.RecordBatchReader.from_batches(model.arrow_schema(), tables.batches(model))
            database.from_arrow(rows).insert_into(model.table)
        for view in VIEWS:
            database.execute(f"CREATE VIEW {view.name} AS {view.query}")
            database.execute(f"COMMENT ON VIEW {view.name} IS {quoted(view.description)}")
    return []
