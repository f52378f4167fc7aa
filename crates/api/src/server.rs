//! The HTTP server.

use std::any::Any;
use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::net::TcpStream;
use actix_web::{App, HttpServer, web};
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::AppExt;

use crate::app::AppState;
use crate::middleware::log::RequestSpan;
use crate::middleware::{api_clients, cors, headers, kept_tiles, problems, rate_limit, request_id, tags, usage};
use crate::routes;
use crate::services::changes::Wake;
use crate::services::feeds::Present;
use crate::services::map::tiles::Tiles;
use crate::session::Sessions;
use crate::throttle::Tally;

/// Requests under way get this long to finish after SIGTERM; the platform kills the process after 30 s.
const DRAIN_S: u64 = 25;

/// Whether the server ends by itself at SIGTERM and SIGINT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signals {
    /// SIGTERM finishes the requests under way, SIGINT does not.
    Handled,
    /// Whoever started the server ends it.
    Ignored,
}

/// Starts the server on a socket that is already bound. Await what it returns.
///
/// # Errors
/// When the socket cannot be used.
pub fn start(state: AppState, listener: TcpListener, signals: Signals) -> std::io::Result<Server> {
    let sessions = Sessions::new(&state);
    let workers = state.config.web_concurrency;
    let present = web::Data::new(Present::new(state.database.clone()));
    let wake = web::Data::new(Wake::new(state.config.database_url.clone()));
    let tiles = web::Data::new(Tiles::new(state.config.tile_cache_mb));
    let tally = web::Data::new(Tally::default());
    let server = HttpServer::new(move || {
        App::new()
            .into_utoipa_app()
            .app_data(web::Data::new(state.clone()))
            .app_data(present.clone())
            .app_data(wake.clone())
            .app_data(tiles.clone())
            .app_data(tally.clone())
            .configure(|cfg| routes::configure(cfg, &sessions))
            .map(|app| {
                app.configure(routes::errors::configure)
                    .configure(routes::doc::configure)
                    .default_service(web::to(routes::errors::not_found))
                    // From the inside out: the last one sees the request first.
                    .wrap(from_fn(usage::count))
                    .wrap(from_fn(tags::tag))
                    .wrap(from_fn(rate_limit::limit))
                    .wrap(from_fn(api_clients::authenticate))
                    .wrap(from_fn(cors::share))
                    .wrap(sentry_actix::Sentry::builder().capture_server_errors(false).finish())
                    .wrap(from_fn(problems::complete))
                    .wrap(from_fn(headers::secure))
                    .wrap(TracingLogger::<RequestSpan>::new())
                    .wrap(from_fn(request_id::identify))
                    .wrap(from_fn(kept_tiles::answer))
                    .wrap(Compress::default())
            })
            .into_app()
    })
    .on_connect(|connection, _| send_at_once(connection))
    .workers(workers)
    .keep_alive(Duration::from_secs(75))
    .client_request_timeout(Duration::from_secs(15))
    .shutdown_timeout(DRAIN_S)
    .listen(listener)?;
    Ok(match signals {
        Signals::Handled => server,
        Signals::Ignored => server.disable_signals(),
    }
    .run())
}

/// Without this the end of an answer in several parts waits, on a connection that is used again, for the other side to
/// acknowledge the part before: 40 ms.
fn send_at_once(connection: &dyn Any) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else { return };
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
}
