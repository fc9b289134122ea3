"""What every room uses and no room owns: components, rules engine, errors, sealed fields. No tables."""
