use super::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn nets(texts: &[&str]) -> Vec<IpNet> {
    texts.iter().map(|t| t.parse().expect(t)).collect()
}

fn post(url: &str) -> Request {
    let mut headers = HeaderMap::new();
    headers.insert("webhook-id", "msg_1".parse().expect("a header"));
    Request {
        method: Method::POST,
        url: url.to_owned(),
        headers,
        body: Bytes::from_static(b"{\"a\":1}"),
    }
}

/// Answers one connection after another with `answer`, word by word; keeps what was asked.
async fn receiver(answer: Vec<u8>) -> (u16, Arc<std::sync::Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Arc::new(std::sync::Mutex::new(Vec::new()));
    let notes = asked.clone();
    #[expect(clippy::disallowed_methods, reason = "a receiver beside the test")]
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut bytes = [0_u8; 4096];
            let mut text = String::new();
            // Who wants TLS is answered at once.
            while !text.ends_with("{\"a\":1}") && !text.starts_with('\u{16}') {
                match stream.read(&mut bytes).await {
                    Ok(n) if n > 0 => text.push_str(&String::from_utf8_lossy(&bytes[..n])),
                    _ => break,
                }
            }
            notes.lock().expect("notes").push(text);
            drop(stream.write_all(&answer).await);
        }
    });
    (port, asked)
}

fn local() -> Outgoing {
    Outgoing::new(&nets(&["127.0.0.0/8"]))
}

fn looked_up(allowed: &[&str], lookup: Lookup) -> Outgoing {
    let options = Options {
        lookup: Some(lookup),
        ..Options::default()
    };
    Outgoing::with(&nets(allowed), options)
}

async fn kind(outgoing: &Outgoing, url: &str) -> SendErrorKind {
    outgoing.send(post(url)).await.expect_err(url).kind
}

#[test]
fn a_url_is_judged_before_anything_is_sent() {
    let outgoing = Outgoing::new(&[]);
    let cases = [
        ("https://example.com/hook", None),
        ("http://1.1.1.1/", None),
        ("https://[2606:4700::1111]:8443/x", None),
        ("", Some(SendErrorKind::BadUrl)),
        ("example.com", Some(SendErrorKind::BadUrl)),
        ("ftp://example.com/", Some(SendErrorKind::BadUrl)),
        ("file:///etc/passwd", Some(SendErrorKind::BadUrl)),
        ("gopher://example.com/", Some(SendErrorKind::BadUrl)),
        ("https://user@example.com/", Some(SendErrorKind::BadUrl)),
        ("https://:pass@example.com/", Some(SendErrorKind::BadUrl)),
        ("https://[fe80::1%25eth0]/", Some(SendErrorKind::BadUrl)),
        ("http://127.0.0.1/", Some(SendErrorKind::AddressRefused)),
        ("http://127.0.0.1./", Some(SendErrorKind::AddressRefused)),
        ("http://2130706433/", Some(SendErrorKind::AddressRefused)),
        ("http://0x7f.1/", Some(SendErrorKind::AddressRefused)),
        ("http://0177.0.0.1/", Some(SendErrorKind::AddressRefused)),
        ("http://127.1/", Some(SendErrorKind::AddressRefused)),
        ("http://０/", Some(SendErrorKind::AddressRefused)),
        ("http://[::1]/", Some(SendErrorKind::AddressRefused)),
        (
            "http://[::ffff:10.0.0.1]/",
            Some(SendErrorKind::AddressRefused),
        ),
        (
            "http://[::ffff:a9fe:a9fe]/",
            Some(SendErrorKind::AddressRefused),
        ),
        (
            "http://169.254.169.254/latest/meta-data",
            Some(SendErrorKind::AddressRefused),
        ),
    ];
    for (url, expected) in cases {
        let found = outgoing.check(url).err().map(|error| error.kind);
        assert_eq!(found, expected, "{url}");
    }
}

#[tokio::test]
async fn nothing_connects_to_an_address_that_is_not_allowed() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("not blocking");
    let port = listener.local_addr().expect("an address").port();
    let outgoing = Outgoing::new(&[]);
    for host in [
        "127.0.0.1",
        "localhost",
        "LOCALHOST",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
    ] {
        let url = format!("http://{host}:{port}/");
        assert_eq!(
            kind(&outgoing, &url).await,
            SendErrorKind::AddressRefused,
            "{url}"
        );
    }
    let accepted = listener.accept().expect_err("nobody came");
    assert_eq!(accepted.kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn the_address_that_was_judged_is_the_one_connected_to() {
    let (port, asked) =
        receiver(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec()).await;
    let lookups = Arc::new(AtomicUsize::new(0));
    let count = lookups.clone();
    // First an allowed address, then loopback of another name: a rebinding.
    let answers = [["127.0.0.1"], ["10.0.0.1"]];
    let lookup: Lookup = Arc::new(move |name| {
        assert_eq!(name, "hooks.example.com");
        let turn = count.fetch_add(1, Ordering::SeqCst).min(1);
        Ok(answers[turn]
            .iter()
            .map(|t| t.parse().expect("ip"))
            .collect())
    });
    let outgoing = looked_up(&["127.0.0.1/32"], lookup);
    let url = format!("http://hooks.example.com:{port}/in");
    let answer = outgoing.send(post(&url)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(
        lookups.load(Ordering::SeqCst),
        1,
        "looked up once, judged, used"
    );
    assert_eq!(kind(&outgoing, &url).await, SendErrorKind::AddressRefused);
    assert_eq!(asked.lock().expect("notes").len(), 1);
}

#[tokio::test]
async fn of_several_addresses_only_allowed_ones_are_tried() {
    let (port, _) = receiver(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
    let lookup: Lookup = Arc::new(|_| {
        let all = ["::1", "169.254.169.254", "127.0.0.1"];
        Ok(all.iter().map(|t| t.parse().expect("ip")).collect())
    });
    let outgoing = looked_up(&["127.0.0.1/32"], lookup);
    let url = format!("http://mixed.example.com:{port}/");
    assert!(outgoing.send(post(&url)).await.is_ok());
}

#[tokio::test]
async fn a_request_arrives_as_it_was_given_and_the_answer_is_cut() {
    let long = "x".repeat(MOST_READ * 4);
    let answer = format!(
        "HTTP/1.1 500 Oops\r\ncontent-type: text/plain\r\nretry-after: 7\r\nset-cookie: a=b\r\n\
         content-length: {}\r\n\r\na\0ü{long}",
        long.len() + 4
    );
    let (port, asked) = receiver(answer.into_bytes()).await;
    let url = format!("http://127.0.0.1:{port}/hook?x=1");
    let answer = local().send(post(&url)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.body.starts_with("a\u{fffd}üxx") && answer.body.len() <= MOST_KEPT);
    assert!(answer.body.len() > MOST_KEPT - 4);
    assert_eq!(answer.headers["retry-after"], "7");
    assert!(!answer.headers.contains_key("set-cookie"));
    let asked = asked.lock().expect("notes").join("");
    assert!(asked.starts_with("POST /hook?x=1 HTTP/1.1\r\n"), "{asked}");
    for part in ["webhook-id: msg_1\r\n", "user-agent: Steward/", "{\"a\":1}"] {
        assert!(asked.contains(part), "{part} in {asked}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer() {
    let answer = "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n";
    let (port, asked) = receiver(answer.as_bytes().to_vec()).await;
    let url = format!("http://127.0.0.1:{port}/");
    let answer = local().send(post(&url)).await.expect("an answer");
    assert_eq!(answer.status, StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(answer.headers["location"], "http://169.254.169.254/");
    assert_eq!(asked.lock().expect("notes").len(), 1);
}

#[tokio::test]
async fn what_goes_wrong_has_a_name() {
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.local_addr().expect("an address").port()
    };
    let outgoing = local();
    let url = format!("http://127.0.0.1:{closed}/");
    assert_eq!(kind(&outgoing, &url).await, SendErrorKind::NotReached);
    let (port, _) = receiver(b"this is not HTTP\r\n\r\n".to_vec()).await;
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(kind(&outgoing, &url).await, SendErrorKind::Broken);
    let url = format!("https://127.0.0.1:{port}/");
    assert_eq!(kind(&outgoing, &url).await, SendErrorKind::Untrusted);
    let nothing: Lookup = Arc::new(|_| Err(std::io::Error::other("no such name")));
    let outgoing = looked_up(&[], nothing);
    let found = kind(&outgoing, "https://nowhere.example/").await;
    assert_eq!(found, SendErrorKind::UnknownName);
}

#[tokio::test]
async fn who_stalls_is_given_up() {
    // The kernel accepts; nobody answers.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let options = Options {
        patience: Duration::from_millis(50),
        ..Options::default()
    };
    let outgoing = Outgoing::with(&nets(&["127.0.0.1/32"]), options);
    let url = format!("http://127.0.0.1:{port}/");
    assert_eq!(kind(&outgoing, &url).await, SendErrorKind::TimedOut);
    // A body that never ends does not hide a status that came.
    let answer = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n";
    let (port, _asked) = receiver(answer.to_vec()).await;
    let url = format!("http://127.0.0.1:{port}/");
    let answer = outgoing.send(post(&url)).await.expect("an answer");
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::OK, "abc")
    );
}

#[tokio::test]
async fn the_fake_notes_and_answers_as_told() {
    let fake = Arc::new(Fake::default());
    fake.answer(StatusCode::GONE, "bye");
    let outgoing = Outgoing::Fake(fake.clone());
    let first = outgoing.send(post("https://example.com/")).await;
    assert_eq!(first.expect("an answer").status, StatusCode::GONE);
    let second = outgoing.send(post("https://example.com/")).await;
    assert_eq!(second.expect("an answer").status, StatusCode::OK);
    assert_eq!(fake.sent().len(), 2);
}
