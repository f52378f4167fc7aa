use dialog_api_types::{
    app::{Login, Me},
    problem::ProblemCode,
};
use dialog_client::{Client, ClientError};
use dialog_domain::OrganizationId;
use futures::channel::oneshot;
use leptos::{prelude::*, task::spawn_local};

use crate::api::Failure;

/// Who uses the application.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionState {
    /// Not known yet.
    Unknown,
    /// Nobody is logged in.
    Anonymous,
    /// Somebody is.
    Member(Me),
    /// The server could not say.
    Unreachable(Failure),
}

/// The session: who is logged in, and what to do when the server forgot it.
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<SessionState>,
    expired: RwSignal<bool>,
    waiting: StoredValue<Vec<oneshot::Sender<bool>>>,
    client: StoredValue<Client>,
}

impl Session {
    /// Asks the server who is logged in.
    pub fn new(client: Client) -> Self {
        let session = Self {
            state: RwSignal::new(SessionState::Unknown),
            expired: RwSignal::new(false),
            waiting: StoredValue::new(Vec::new()),
            client: StoredValue::new(client),
        };
        session.refresh();
        session
    }

    /// Asks again.
    pub fn refresh(self) {
        spawn_local(async move {
            let state = match self.client().session().await {
                Ok(Some(me)) => SessionState::Member(me),
                Ok(None) => SessionState::Anonymous,
                Err(error) => SessionState::Unreachable(error.into()),
            };
            self.state.set(state);
        });
    }

    /// Who uses the application.
    pub fn state(self) -> SessionState {
        self.state.get()
    }

    /// The person and their organizations, when somebody is logged in.
    pub fn me(self) -> Option<Me> {
        self.state.with(|state| match state {
            SessionState::Member(me) => Some(me.clone()),
            _ => None,
        })
    }

    /// Whether somebody is logged in.
    pub fn is_member(self) -> bool {
        self.state.with(|state| matches!(state, SessionState::Member(_)))
    }

    /// Whether the person belongs to this organization.
    pub fn belongs_to(self, organization: OrganizationId) -> bool {
        self.state.with(|state| match state {
            SessionState::Member(me) => me.organizations.iter().any(|member| member.uuid == organization),
            _ => false,
        })
    }

    /// Whether the login dialog over the page is asked for.
    pub fn is_expired(self) -> bool {
        self.expired.get()
    }

    /// Opens a session.
    pub async fn log_in(self, login: &Login) -> Result<(), Failure> {
        let me = self.client().log_in(login).await.map_err(Failure::from)?;
        self.state.set(SessionState::Member(me));
        self.resume(true);
        Ok(())
    }

    /// Ends the session.
    pub async fn log_out(self) -> Result<(), Failure> {
        match self.client().log_out().await {
            // A session that is already gone is what was wanted.
            Err(error) if error.status() != Some(401) => Err(error.into()),
            _ => {
                self.state.set(SessionState::Anonymous);
                Ok(())
            }
        }
    }

    /// Gives up logging in again; what waited for it fails, and its page keeps what was typed.
    pub fn give_up(self) {
        self.resume(false);
    }

    /// Makes a call in the name of the person. When the session has expired, asks to log in over the page and tries
    /// again; when the anti-forgery token is out of date, takes a new one and tries again.
    pub async fn call<T, F, C>(self, call: C) -> Result<T, Failure>
    where
        C: Fn(Client) -> F,
        F: Future<Output = Result<T, ClientError>>,
    {
        let answer = call(self.client()).await;
        let Err(error) = &answer else { return answer.map_err(Failure::from) };
        let retry = if error.is(ProblemCode::InvalidCsrfToken) {
            self.client().me().await.is_ok() || self.ask_login().await
        } else if error.status() == Some(401) {
            self.ask_login().await
        } else {
            false
        };
        if retry { call(self.client()).await.map_err(Failure::from) } else { answer.map_err(Failure::from) }
    }

    async fn ask_login(self) -> bool {
        let (sender, receiver) = oneshot::channel();
        self.waiting.update_value(|waiting| waiting.push(sender));
        self.expired.set(true);
        receiver.await.unwrap_or(false)
    }

    fn resume(self, logged_in: bool) {
        self.expired.set(false);
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for sender in waiting {
            // The page that waited may be gone.
            if sender.send(logged_in).is_err() {
                continue;
            }
        }
    }

    fn client(self) -> Client {
        self.client.get_value()
    }
}
