"""Play a stream of real complaints through the product with a virtual clock, and see what the SOP makes of it."""
