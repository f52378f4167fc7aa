//! French sentences made from the domain: measures, periods, vehicles, rule violations.
