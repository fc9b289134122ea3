"""Who: accounts, seats, sign-in, personal links and codes, and how surely we know who it is.

There is no register of persons. A worker has an account and seats; a participant has a seat in one
matter and no account. People of a matter are described by the matter, not here.
"""
