"""One module per page: form, access, one use case, page."""
