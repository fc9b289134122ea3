"""The plan: what each one present does next, on a sheet that is printed before people leave."""
