//! Official documents of orders: what is taken, who reads it, and what becomes of the files.

mod by_client;
mod by_session;
mod feeds;
mod kinds;
mod readers;
mod removal;
pub mod sending;
mod storages;
