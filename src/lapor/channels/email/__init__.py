"""E-mail: a door for the mail server, a mailbox to fetch from, a parser; what goes out is `lapor.messaging.mail`."""
