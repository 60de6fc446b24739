"""One modem for an office, through gammu-smsd and the database it shares with us (docs/howto/sms-with-gammu.md)."""
