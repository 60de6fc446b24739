"""A PostgreSQL of our own for the demo, the tests and a small office, when no DATABASE_URL is given."""
