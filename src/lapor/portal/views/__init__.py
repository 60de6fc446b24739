"""The citizen's pages: form, access, one use case or query, page."""
