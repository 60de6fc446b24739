"""SMS 1708: the telephone that everybody has. Kannel carries it (docs/howto/sms-with-kannel.md)."""
