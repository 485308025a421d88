//! Roles, password rules, second factors, lockout, who may act on whom, and what happened.

pub mod events;
pub mod lockout;
pub mod organization;
pub mod password;
pub mod permissions;
pub mod policy;
pub mod preferences;
pub mod profile;
pub mod roles;
pub mod second_factor;
