"""What Alembic runs: always over a connection that our own code opened."""

from alembic import context

_given = context.config.attributes
_connection = _given["connection"]

context.configure(
    connection=_connection,
    target_metadata=_given["metadata"],
    render_as_batch=_connection.dialect.name == "sqlite",
    render_item=lambda kind, item, _: (
        f"sa.{item.impl_instance!r}" if kind == "type" and hasattr(item, "impl_instance") else False
    ),
)
context.run_migrations()
