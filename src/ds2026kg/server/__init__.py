"""The server room: the published graph asked over HTTP, by anyone, and never changed.

    message -> routes -> protocol, dereferencing, description -> asking -> workers
                 \\-> negotiation, problems, delivery

A request comes in as a `Request` and goes out as a `Response`; no module but `listening` knows
which HTTP server carries them, and none but `workers` and `nursery` that questions are answered in
processes of their own.
"""
