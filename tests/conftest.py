"""What every test may rely on: a PostgreSQL that answers, started here when no DATABASE_URL is given."""
