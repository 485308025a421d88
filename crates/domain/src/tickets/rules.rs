//! The lifecycle of an incident as one table, and the checks of its texts.

use super::allowed::{AllowedAction, Refused};
use super::model::Status;
use steward_kernel::{Actor, Error, ErrorCode};

/// What can be done with a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Give it to someone.
    Assign,
    /// Begin work.
    Start,
    /// Wait for something outside.
    Hold,
    /// Take it up again.
    Resume,
    /// Service is restored.
    Resolve,
    /// The requester agrees.
    Confirm,
    /// Close it without the requester.
    Close,
    /// It was not resolved after all.
    Reopen,
    /// Not needed any more.
    Cancel,
}

use Status::{Assigned, Cancelled, Closed, InProgress, New, OnHold, Resolved};

/// A row of the lifecycle.
struct Transition {
    verb: Verb,
    word: &'static str,
    from: &'static [Status],
    to: Status,
    permission: &'static str,
    /// Whether the requester may do it to an own ticket without the permission.
    by_requester: bool,
}

/// The lifecycle: verb, word, from, to, permission, by the requester.
const LIFECYCLE: &[Transition] = &[
    row(
        Verb::Assign,
        "assign",
        &[New, Assigned, InProgress, OnHold],
        Assigned,
        "ticket:assign",
        false,
    ),
    row(
        Verb::Start,
        "start",
        &[New, Assigned],
        InProgress,
        "ticket:work",
        false,
    ),
    row(
        Verb::Hold,
        "hold",
        &[Assigned, InProgress],
        OnHold,
        "ticket:work",
        false,
    ),
    row(
        Verb::Resume,
        "resume",
        &[OnHold],
        InProgress,
        "ticket:work",
        false,
    ),
    row(
        Verb::Resolve,
        "resolve",
        &[InProgress],
        Resolved,
        "ticket:resolve",
        false,
    ),
    row(
        Verb::Confirm,
        "confirm",
        &[Resolved],
        Closed,
        "ticket:close",
        true,
    ),
    row(
        Verb::Close,
        "close",
        &[Resolved],
        Closed,
        "ticket:close",
        false,
    ),
    row(
        Verb::Reopen,
        "reopen",
        &[Resolved],
        InProgress,
        "ticket:reopen",
        true,
    ),
    row(
        Verb::Reopen,
        "reopen",
        &[Closed],
        InProgress,
        "ticket:reopen_closed",
        false,
    ),
    row(
        Verb::Cancel,
        "cancel",
        &[New, Assigned, InProgress, OnHold],
        Cancelled,
        "ticket:cancel",
        true,
    ),
];

const fn row(
    verb: Verb,
    word: &'static str,
    from: &'static [Status],
    to: Status,
    permission: &'static str,
    by_requester: bool,
) -> Transition {
    Transition {
        verb,
        word,
        from,
        to,
        permission,
        by_requester,
    }
}

/// What the decision depends on besides the actor's rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Status now.
    pub status: Status,
    /// Whether the actor asked for it, or it was asked for the actor.
    pub is_requester: bool,
    /// Whether someone has it.
    pub has_assignee: bool,
    /// Whether it is a major incident.
    pub is_major: bool,
    /// Whether a review must be written before it closes.
    pub is_review_pending: bool,
    /// Whether the requester comes too late to reopen it.
    pub is_reopen_late: bool,
}

/// Why a verb is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The status does not allow it.
    #[error("it is {}, and only a ticket that is {} can be {}", spoken(.status), possible_from(.verb), done(.verb))]
    NotFromHere {
        /// The verb.
        verb: &'static str,
        /// The status.
        status: &'static str,
    },
    /// Closed tickets stay as they are.
    #[error(
        "the ticket is closed; report a new one that refers to it, or ask a manager to reopen it"
    )]
    Closed,
    /// The actor lacks the right.
    #[error("this needs the permission {permission}; ask an administrator")]
    NotAllowed {
        /// The permission.
        permission: &'static str,
    },
    /// The review comes first.
    #[error(
        "it is a major incident and closes after its post-incident review; write that first (PUT /api/v1/incidents/{{id}}/major/review)"
    )]
    ReviewPending,
    /// The days in which the requester may reopen are over.
    #[error("it was resolved too long ago to reopen it; report a new one that refers to it")]
    ReopenLate,
    /// Others wait for it too.
    #[error("it is a major incident; resolve it, or stand it down before you cancel it")]
    Major,
}

/// A status as it is said.
fn spoken(status: &str) -> String {
    status.replace('_', " ")
}

/// The statuses from which a verb is possible, as they are said.
fn possible_from(verb: &str) -> String {
    let rows = LIFECYCLE.iter().filter(|row| row.word == verb);
    let from = rows.flat_map(|row| row.from);
    let words: Vec<String> = from.map(|status| spoken(status.as_str())).collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// What a verb does to a ticket, as it is said.
fn done(verb: &str) -> &str {
    match verb {
        "assign" => "assigned",
        "start" => "started",
        "hold" => "put on hold",
        "resume" => "resumed",
        "resolve" => "resolved",
        "confirm" => "confirmed",
        "close" => "closed",
        "reopen" => "reopened",
        "cancel" => "cancelled",
        other => other,
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotFromHere { verb, status } => {
                let params = [("verb", verb), ("status", status)];
                return Self::because("wrong_status", &refusal).with(&params);
            }
            Refusal::Closed => "closed",
            Refusal::NotAllowed { permission } => return Self::lacking(permission),
            Refusal::ReviewPending => "review_pending",
            Refusal::ReopenLate => "reopen_late",
            Refusal::Major => "major_incident",
        };
        Self::because(code, &refusal)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::NotFromHere { .. } => ErrorCode::InvalidStatusTransition,
            Refusal::Closed => ErrorCode::TicketAlreadyClosed,
            Refusal::NotAllowed { .. } => ErrorCode::InsufficientPermissions,
            Refusal::ReviewPending | Refusal::Major | Refusal::ReopenLate => {
                ErrorCode::ResourceConflict
            }
        };
        Refused::from(refusal).error(code)
    }
}

/// A major incident ends with a review, and is not simply cancelled.
const fn may_end(facts: &Facts, verb: Verb) -> Result<(), Refusal> {
    match verb {
        Verb::Close | Verb::Confirm if facts.is_review_pending => Err(Refusal::ReviewPending),
        Verb::Cancel if facts.is_major => Err(Refusal::Major),
        _ => Ok(()),
    }
}

/// The status after `verb`. Assigning moves only a new ticket; others keep their status.
///
/// # Errors
/// The first reason against it: the right, then the status.
pub fn transition(actor: &Actor, facts: &Facts, verb: Verb) -> Result<Status, Refusal> {
    let mut refusal = None;
    for row in LIFECYCLE.iter().filter(|row| row.verb == verb) {
        let is_granted = actor.may(row.permission);
        let may = is_granted || (row.by_requester && facts.is_requester);
        if !may {
            refusal.get_or_insert(Refusal::NotAllowed {
                permission: row.permission,
            });
        } else if row.from.contains(&facts.status) {
            may_end(facts, verb)?;
            if verb == Verb::Reopen && facts.is_reopen_late && !is_granted {
                return Err(Refusal::ReopenLate);
            }
            let keeps = verb == Verb::Assign && facts.status != New;
            return Ok(if keeps { facts.status } else { row.to });
        } else if facts.status == Closed {
            refusal = Some(Refusal::Closed);
        } else {
            refusal = Some(Refusal::NotFromHere {
                verb: row.word,
                status: facts.status.as_str(),
            });
        }
    }
    Err(refusal.unwrap_or(Refusal::Closed))
}

/// What a written answer does to a ticket beside the comment that it becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// Nothing.
    Stays,
    /// Work goes on: it waited for this.
    Resumes,
    /// It was not resolved after all.
    Reopens,
    /// It is over: a new ticket refers to it.
    FollowUp,
}

/// What an answer by `actor` does. Only who asked for a ticket moves it by
/// answering; what may not be opened again is followed up.
#[must_use]
pub fn answered(actor: &Actor, facts: &Facts) -> Answered {
    match facts.status {
        Closed => Answered::FollowUp,
        Resolved if facts.is_requester => match transition(actor, facts, Verb::Reopen) {
            Ok(_) => Answered::Reopens,
            Err(_) => Answered::FollowUp,
        },
        OnHold if facts.is_requester => Answered::Resumes,
        _ => Answered::Stays,
    }
}

impl Verb {
    /// The verb of a word of the API's path.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        LIFECYCLE
            .iter()
            .find(|row| row.word == word)
            .map(|row| row.verb)
    }
}

/// Whether a verb must say why.
#[must_use]
pub const fn needs_reason(verb: Verb) -> bool {
    matches!(verb, Verb::Hold | Verb::Reopen | Verb::Cancel)
}

/// Every verb with its answer for this actor now.
#[must_use]
pub fn allowed_actions(actor: &Actor, facts: &Facts) -> Vec<AllowedAction> {
    let mut actions: Vec<AllowedAction> = Vec::new();
    for row in LIFECYCLE {
        if actions.iter().any(|a| a.verb == row.word) {
            continue;
        }
        let refusal = transition(actor, facts, row.verb).err();
        actions.push(AllowedAction::new(row.word, refusal));
    }
    let is_over = facts.status == Closed;
    for (verb, permission, refused_when_closed) in OTHERS {
        let refusal = if !actor.may(permission) {
            Some(Refusal::NotAllowed { permission })
        } else if is_over && *refused_when_closed {
            Some(Refusal::Closed)
        } else {
            None
        };
        actions.push(AllowedAction::new(verb, refusal));
    }
    actions
}

/// What is no step of the lifecycle: word, permission, whether a closed ticket refuses it.
const OTHERS: &[(&str, &str, bool)] = &[
    ("comment", "ticket:comment", true),
    ("comment_internal", "ticket:comment_internal", true),
    ("update", "ticket:update", true),
    ("link", "ticket:update", false),
    ("split", "ticket:update", false),
    ("merge", "ticket:close", true),
    ("add_task", "ticket:work", true),
];

/// A title has 1 to 500 characters that are not all blank.
///
/// # Errors
/// Names the field and the bound.
pub fn check_title(title: &str) -> Result<(), Error> {
    if title.trim().is_empty() || title.chars().count() > 500 {
        return Err(Error::field("title", "length", "write 1 to 500 characters"));
    }
    Ok(())
}

/// A comment has 1 to 65,536 characters that are not all blank.
///
/// # Errors
/// Names the field and the bound.
pub fn check_body(body: &str) -> Result<(), Error> {
    if body.trim().is_empty() || body.chars().count() > 65_536 {
        return Err(Error::field(
            "body",
            "length",
            "write 1 to 65,536 characters",
        ));
    }
    Ok(())
}

/// Most people that one comment may name.
const MAX_MENTIONS: usize = 20;

/// Usernames that a text names as `@username`, in lower case, each once. An
/// address such as `ada@example.com` names nobody, nor does a code block.
#[must_use]
pub fn mentions(body: &str) -> Vec<String> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let mut found: Vec<String> = Vec::new();
    let mut in_code = false;
    for line in body.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            if c == '@' && !part(before) && before != '`' {
                let name = line.get(at + 1..).unwrap_or_default();
                let end = name.find(|c| !part(c)).unwrap_or(name.len());
                let name = name.get(..end).unwrap_or_default().trim_end_matches('.');
                let name = name.to_lowercase();
                if !name.is_empty() && !found.contains(&name) {
                    found.push(name);
                }
            }
            before = c;
        }
    }
    found.truncate(MAX_MENTIONS);
    found
}

/// Tags without blanks around, each once, in the order given: at most 50 of 1
/// to 100 characters, without commas.
///
/// # Errors
/// Names the field and the bound.
pub fn clean_tags(tags: Vec<String>) -> Result<Vec<String>, Error> {
    if tags.len() > 50 {
        return Err(Error::field("tags", "too_many", "use at most 50 tags"));
    }
    let mut clean: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag = tag.trim();
        if tag.is_empty() || tag.chars().count() > 100 || tag.contains(',') {
            let hint = "write 1 to 100 characters without commas";
            return Err(Error::field("tags", "invalid", hint));
        }
        if !clean.iter().any(|known| known == tag) {
            clean.push(tag.to_owned());
        }
    }
    Ok(clean)
}

#[cfg(test)]
mod tests;
