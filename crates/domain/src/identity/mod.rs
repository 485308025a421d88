//! Roles, password rules and lockout.

pub mod lockout;
pub mod password;
pub mod roles;
