//! Programs of others that check what Steward signs.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// What `scripts/NAME` says of each line: `ok`, or why not. None when its
/// library cannot be had here.
pub(crate) fn verified(name: &str, lines: &[Value]) -> Option<Vec<String>> {
    let script = format!("{}/../../scripts/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut child = Command::new(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the script starts");
    let mut input = child.stdin.take().expect("a pipe");
    for line in lines {
        // A script that gives up reads nothing; its exit status tells.
        let _ = writeln!(input, "{line}");
    }
    drop(input);
    let done = child.wait_with_output().expect("done");
    if done.status.code() == Some(77) {
        println!("SKIPPED: the library of {name} cannot be installed here");
        return None;
    }
    assert!(done.status.success(), "the script failed");
    let text = String::from_utf8(done.stdout).expect("text");
    Some(text.lines().map(str::to_owned).collect())
}
