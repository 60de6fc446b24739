"""The tests. A package of its own: a library that installs a `tests` beside itself must not stand in for this one."""
