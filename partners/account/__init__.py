"""The pages of a person's own account: signing in, second factors, sessions, and what a partner's manager looks after."""
