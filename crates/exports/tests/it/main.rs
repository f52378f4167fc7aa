//! The documents against their schemas, the reference cases, and a reader that knows nothing of how they are made.
