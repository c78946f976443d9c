//! Who we are to a server.

use std::fmt;

use lettre::transport::smtp::authentication::Credentials;

/// A user and a password. Neither is shown, nor taken over into an error, whatever a server answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    user: String,
    password: String,
}

/// Why there is no login.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoginError {
    /// One of the two variables is missing.
    #[error("{set} is set and {missing} is not: a server wants both or none")]
    Half {
        /// The one that is there.
        set: &'static str,
        /// The one that is not.
        missing: &'static str,
    },
}

impl Login {
    /// The variable that holds the user.
    pub const USER: &'static str = "BLOCKS_SMTP_USER";
    /// The variable that holds the password.
    pub const PASSWORD: &'static str = "BLOCKS_SMTP_PASSWORD";

    /// The login of an environment: none where neither variable is set. An empty one counts as not set.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, LoginError> {
        let get = |name| variable(name).filter(|it| !it.is_empty());
        match (get(Self::USER), get(Self::PASSWORD)) {
            (None, None) => Ok(None),
            (Some(user), Some(password)) => Ok(Some(Self { user, password })),
            (Some(_), None) => Err(LoginError::Half { set: Self::USER, missing: Self::PASSWORD }),
            (None, Some(_)) => Err(LoginError::Half { set: Self::PASSWORD, missing: Self::USER }),
        }
    }

    pub(super) fn credentials(&self) -> Credentials {
        Credentials::new(self.user.clone(), self.password.clone())
    }

    /// The text without what we said to be let in, in any of the forms in which it was sent: a server may say it again.
    pub(super) fn removed_from(&self, text: &str) -> String {
        let plain = format!("\u{0}{}\u{0}{}", self.user, self.password);
        let secrets =
            [base64(&plain), base64(&self.password), self.password.clone(), base64(&self.user)];
        let all = secrets.into_iter().chain([self.user.clone()]);
        all.fold(text.to_owned(), |text, secret| text.replace(&secret, "***"))
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(***)")
    }
}

/// Base64, as AUTH sends it.
fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let index = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap_or(0);
            out.push(if at <= three.len() { char::from(LETTERS[index]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Login, LoginError, base64};

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let all = ["", "a", "ab", "abc", "abcd"].map(base64);
        assert_eq!(all, ["", "YQ==", "YWI=", "YWJj", "YWJjZA=="]);
    }

    #[test]
    fn half_a_login_is_none() {
        let with = |names: &'static [&'static str]| {
            Login::from_environment(|name| names.contains(&name).then(|| "x".to_owned()))
        };
        assert_eq!(with(&[]), Ok(None));
        assert!(with(&[Login::USER, Login::PASSWORD]).unwrap().is_some());
        let half = with(&[Login::USER]).unwrap_err();
        assert_eq!(half, LoginError::Half { set: Login::USER, missing: Login::PASSWORD });
    }

    #[test]
    fn a_login_is_never_shown() {
        let login = Login { user: "ada".to_owned(), password: "secret".to_owned() };
        assert_eq!(format!("{login:?}"), "Login(***)");
        let echo = format!("535 no: ada secret {} {}", base64("\0ada\0secret"), base64("secret"));
        assert_eq!(login.removed_from(&echo), "535 no: *** *** *** ***");
    }
}
