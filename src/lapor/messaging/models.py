"""The messages themselves are promises of `lapor.reports`; here is only what delivering them needs to remember."""
