//! Takes the built web front end into the binary; a page that says so where it was not built.

use std::path::Path;

fn main() {
    let dist = Path::new("../../web/dist");
    // Cargo watches a folder that exists; without it this script would run on every build.
    if !dist.exists() && std::fs::create_dir_all(dist).is_err() {
        println!("cargo::warning=web/dist is missing and cannot be made");
    }
    println!("cargo::rerun-if-changed=../../web/dist");
    let is_built = dist.join("index.html").exists();
    let folder = if is_built {
        dist
    } else {
        Path::new("placeholder")
    };
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo speaks to build scripts by environment variables"
    )]
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    memory_serve::load_names_directories([("web", folder)], is_release);
}
