"""The law: what the two SOPs permit, who may do it, and how long it may take. Plain Python, no Django."""
