"""Where: regions, sectors, units, controllers. Nothing here names a person."""
