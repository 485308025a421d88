//! A small IMAP server of our own, whose every answer a test knows.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

#[derive(Clone)]
pub(super) struct Message {
    uid: u32,
    pub(super) raw: String,
    pub(super) is_seen: bool,
}

#[derive(Default)]
pub(super) struct Folder {
    pub(super) validity: u32,
    pub(super) messages: Vec<Message>,
    pub(super) archive: Vec<Message>,
    /// Whether it can announce messages.
    can_tell: bool,
    /// Connections that listen.
    listeners: Vec<TcpStream>,
    logins: usize,
}

/// A server with one folder, for as long as the test runs.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) folder: Arc<Mutex<Folder>>,
    pub(super) port: u16,
}

impl Server {
    pub(super) fn start(can_tell: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let server = Self {
            folder: Arc::new(Mutex::new(Folder {
                validity: 7,
                can_tell,
                ..Folder::default()
            })),
            port: listener.local_addr().expect("an address").port(),
        };
        let folder = Arc::clone(&server.folder);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let folder = Arc::clone(&folder);
                // A client that goes away is no failure of the server.
                std::thread::spawn(move || drop(serve(stream, &folder)));
            }
        });
        server
    }

    pub(super) fn deliver(&self, from: &str, subject: &str, is_seen: bool) {
        let mut folder = self.folder.lock().expect("unpoisoned");
        let uid = folder.messages.iter().map(|m| m.uid).max().unwrap_or(0) + 1;
        let raw = format!(
            "From: {from}\r\nMessage-ID: <{subject}@server>\r\nSubject: {subject}\r\n\r\nHello.\r\n"
        );
        folder.messages.push(Message { uid, raw, is_seen });
        let count = folder.messages.len();
        for listener in &mut folder.listeners {
            // One that has gone away hears nothing.
            drop(write!(listener, "* {count} EXISTS\r\n"));
        }
    }

    /// How often someone signed in.
    pub(super) fn logins(&self) -> usize {
        self.folder.lock().expect("unpoisoned").logins
    }

    /// Connections that listen at this moment.
    pub(super) fn listeners(&self) -> usize {
        self.folder.lock().expect("unpoisoned").listeners.len()
    }

    /// Closes every connection that listens.
    pub(super) fn hang_up(&self) {
        let mut folder = self.folder.lock().expect("unpoisoned");
        for listener in folder.listeners.drain(..) {
            drop(listener.shutdown(std::net::Shutdown::Both));
        }
    }

    pub(super) fn settings(&self) -> Value {
        settings(self.port, "hush", "INBOX")
    }

    pub(super) fn unseen(&self) -> usize {
        let folder = self.folder.lock().expect("unpoisoned");
        folder.messages.iter().filter(|m| !m.is_seen).count()
    }
}

fn serve(stream: TcpStream, folder: &Mutex<Folder>) -> std::io::Result<()> {
    let client = stream.peer_addr()?;
    let served = talk(stream, folder);
    let mut folder = folder.lock().expect("unpoisoned");
    let is_other = |one: &TcpStream| one.peer_addr().is_ok_and(|other| other != client);
    folder.listeners.retain(is_other);
    served
}

fn talk(mut stream: TcpStream, folder: &Mutex<Folder>) -> std::io::Result<()> {
    stream.write_all(b"* OK ready\r\n")?;
    let mut listens = String::new();
    for line in BufReader::new(stream.try_clone()?).lines() {
        let line = line?;
        let mut folder = folder.lock().expect("unpoisoned");
        if line == "DONE" {
            let client = stream.peer_addr()?;
            let is_other = |one: &TcpStream| one.peer_addr().is_ok_and(|other| other != client);
            folder.listeners.retain(is_other);
            write!(stream, "{listens} OK done\r\n")?;
            continue;
        }
        let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
        let mut out = Vec::new();
        let word = |n: usize| command.split(' ').nth(n).unwrap_or_default();
        let mut result = "OK done";
        if command == "IDLE" {
            listens = tag.to_owned();
            stream.write_all(b"+ idling\r\n")?;
            folder.listeners.push(stream.try_clone()?);
            continue;
        }
        if command.starts_with("CAPABILITY") {
            let tells = if folder.can_tell { " IDLE" } else { "" };
            write!(out, "* CAPABILITY IMAP4rev1{tells}\r\n")?;
        } else if command.starts_with("LOGIN") {
            folder.logins += 1;
            if !command.contains("hush") {
                result = "NO [AUTHENTICATIONFAILED] wrong password";
            }
        } else if command.starts_with("SELECT") {
            if command.contains("Nowhere") {
                result = "NO no such folder";
            } else {
                let next = folder.messages.iter().map(|m| m.uid).max().unwrap_or(0) + 1;
                write!(
                    out,
                    "* {} EXISTS\r\n* OK [UIDVALIDITY {}] valid\r\n* OK [UIDNEXT {next}] next\r\n",
                    folder.messages.len(),
                    folder.validity
                )?;
            }
        } else if command.starts_with("UID SEARCH") {
            let found: Vec<String> = if command.contains("UNSEEN") {
                folder
                    .messages
                    .iter()
                    .filter(|m| !m.is_seen)
                    .map(|m| m.uid.to_string())
                    .collect()
            } else {
                let from: u32 = word(3).trim_end_matches(":*").parse().expect("a number");
                let last = folder.messages.iter().map(|m| m.uid).max();
                // As the standard says, the last message is always in `n:*`.
                let wanted = |uid: u32| uid >= from || Some(uid) == last;
                folder
                    .messages
                    .iter()
                    .filter(|m| wanted(m.uid))
                    .map(|m| m.uid.to_string())
                    .collect()
            };
            write!(out, "* SEARCH {}\r\n", found.join(" "))?;
        } else if command.starts_with("UID FETCH") {
            let uid: u32 = word(2).parse().expect("a number");
            if let Some(message) = folder.messages.iter().find(|m| m.uid == uid) {
                if command.contains("RFC822.SIZE") {
                    write!(
                        out,
                        "* 1 FETCH (UID {uid} RFC822.SIZE {})\r\n",
                        message.raw.len()
                    )?;
                } else {
                    write!(
                        out,
                        "* 1 FETCH (UID {uid} BODY[] {{{}}}\r\n{})\r\n",
                        message.raw.len(),
                        message.raw
                    )?;
                }
            }
        } else if command.starts_with("UID STORE") {
            let uid: u32 = word(2).parse().expect("a number");
            folder
                .messages
                .iter_mut()
                .filter(|m| m.uid == uid)
                .for_each(|m| m.is_seen = true);
        } else if command.starts_with("UID MOVE") {
            let uid: u32 = word(2).parse().expect("a number");
            let (moved, rest) = folder
                .messages
                .clone()
                .into_iter()
                .partition(|m| m.uid == uid);
            folder.messages = rest;
            folder.archive.extend::<Vec<Message>>(moved);
        }
        drop(folder);
        write!(out, "{tag} {result}\r\n")?;
        stream.write_all(&out)?;
        if command.starts_with("LOGOUT") {
            break;
        }
    }
    Ok(())
}

pub(super) fn settings(port: u16, password: &str, folder: &str) -> Value {
    json!({"imap": {"host": "127.0.0.1", "port": port, "security": "none", "user": "desk", "password": password,
        "folder": folder, "after_fetching": "mark_seen"}})
}
