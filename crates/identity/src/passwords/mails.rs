//! The texts that go with passwords.

use steward_platform::mail::Mail;

/// The page that takes the token; after `#` it stays out of logs and of the `Referer`.
fn address(public_url: &str, token: &str) -> String {
    format!(
        "{}/set-password#token={token}",
        public_url.trim_end_matches('/')
    )
}

pub(super) fn reset(public_url: &str, to: &str, name: &str, token: &str) -> Mail {
    let link = address(public_url, token);
    Mail {
        to: to.to_owned(),
        subject: "Set a new password".to_owned(),
        text: format!(
            "Hello {name},\n\n\
             somebody, most likely you, asked for a new password of your Steward account.\n\
             Set it here within one hour:\n\n{link}\n\n\
             If it was not you, leave this mail alone: nothing changes.\n"
        ),
        html: None,
        thread: None,
    }
}

pub(super) fn invitation(public_url: &str, to: &str, name: &str, token: &str) -> Mail {
    let link = address(public_url, token);
    Mail {
        to: to.to_owned(),
        subject: "Your Steward account".to_owned(),
        text: format!(
            "Hello {name},\n\n\
             an account was made for you. Choose your password here within seven days:\n\n{link}\n\n\
             You sign in with this e-mail address.\n"
        ),
        html: None,
        thread: None,
    }
}

pub(super) fn changed(to: &str, name: &str) -> Mail {
    Mail {
        to: to.to_owned(),
        subject: "Your password was changed".to_owned(),
        text: format!(
            "Hello {name},\n\n\
             the password of your Steward account was changed and other sessions were ended.\n\
             If it was not you, tell your administrator at once.\n"
        ),
        html: None,
        thread: None,
    }
}
