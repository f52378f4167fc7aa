use dialog_api_types::app::{CurrentSession, Login, Me};

use crate::{Client, Result, transport::Method};

impl Client {
    /// Opens a session; the following calls are made in its name.
    ///
    /// # Errors
    /// `invalid_credentials`, `too_many_requests`, or see [`crate::ClientError`].
    pub async fn log_in(&self, login: &Login) -> Result<Me> {
        let me: Me = self.change(Method::Post, "/api/login", None, Some(login)).await?;
        self.set_csrf_token(Some(me.csrf_token.clone()));
        Ok(me)
    }

    /// Ends the session.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn log_out(&self) -> Result<()> {
        self.change_without_answer::<()>(Method::Post, "/api/logout", None, None).await?;
        self.set_csrf_token(None);
        Ok(())
    }

    /// Who is logged in.
    ///
    /// # Errors
    /// `unauthorized` without a session, or see [`crate::ClientError`].
    pub async fn me(&self) -> Result<Me> {
        let me: Me = self.get("/api/app/me", &()).await?;
        self.set_csrf_token(Some(me.csrf_token.clone()));
        Ok(me)
    }

    /// Who is logged in, if anybody.
    ///
    /// # Errors
    /// See [`crate::ClientError`].
    pub async fn session(&self) -> Result<Option<Me>> {
        let CurrentSession { me } = self.get("/api/app/session", &()).await?;
        if let Some(me) = &me {
            self.set_csrf_token(Some(me.csrf_token.clone()));
        }
        Ok(me)
    }
}
