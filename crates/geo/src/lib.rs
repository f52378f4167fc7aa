//! Geometry, linear referencing, road graph and tile arithmetic; pure.
