//! Incidents: priority from impact and urgency (ITIL 4 incident management).

pub mod events;
pub mod rules;
