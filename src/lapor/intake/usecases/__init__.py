"""Keep what comes in, understand it, carry it out, and let a person do what a machine cannot."""
