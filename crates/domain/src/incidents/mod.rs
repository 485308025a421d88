//! Incidents: priority from impact and urgency (ITIL 4 incident management).

pub mod assessment;
pub mod closing;
pub mod escalation;
pub mod events;
pub mod major;
pub mod rules;
pub mod similar;
