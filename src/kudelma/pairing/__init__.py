"""Those who lead: found, asked, promised, ended, and somebody else in their place."""
