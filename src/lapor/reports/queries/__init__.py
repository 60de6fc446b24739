"""Questions about reports; each starts from an actor and sees only what that actor may see."""
