//! Orders, by session and by API client, and everything public that comes of them.

pub mod bodies;
mod by_client;
mod by_session;
mod concurrency;
mod diffusion;
mod duplicate;
mod feed;
mod history;
mod map;
mod outage;
mod publication;
mod refusals;
mod repeal;
mod visibility;
mod wrong_types;
