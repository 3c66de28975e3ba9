"""The trail refuses UPDATE and DELETE, also from someone who works past the product."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER trail_no_update BEFORE UPDATE ON foundation_line
       BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
    """CREATE TRIGGER trail_no_delete BEFORE DELETE ON foundation_line
       BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION trail_refuse() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON foundation_line
       FOR EACH ROW EXECUTE FUNCTION trail_refuse()""",
    # TRUNCATE stays open to the table's owner: the tests empty tables with it; an application role has no such right.
]


def forward(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backward(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER trail_no_update")
        schema_editor.execute("DROP TRIGGER trail_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER trail_no_change ON foundation_line")
        schema_editor.execute("DROP FUNCTION trail_refuse()")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
