"""What Alembic runs to bring a store's tables up to date, in the transaction of the given connection."""

from alembic import context

from bythebook.adapters.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
