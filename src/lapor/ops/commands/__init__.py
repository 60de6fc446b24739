"""One module per subcommand of `lapor`; each has a click `command`."""
