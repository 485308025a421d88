//! Departments and sites of an organization.

mod store;

pub(crate) use store::{has_department, has_site};
