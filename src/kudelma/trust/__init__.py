"""May and has: the vault of keys, the access record, pins of identification, retention.

Names a space by its UUID, without a foreign key, so that nothing here blocks or dies with it.
Covers every room without importing one below.
"""
