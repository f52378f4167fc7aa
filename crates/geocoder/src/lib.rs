//! Look-ups of communes, streets, numbers and crossings, and the geometry of a location.
