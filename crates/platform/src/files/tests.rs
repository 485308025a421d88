//! The same promises for a folder and for a bucket; the bucket is a small
//! server that speaks as much S3 as the store asks for.

use super::*;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::TryStreamExt;
use std::collections::BTreeMap;
use std::sync::Mutex;

#[derive(Debug, Default)]
struct Contents {
    objects: BTreeMap<String, Vec<u8>>,
    parts: BTreeMap<usize, Vec<u8>>,
}

type Shared = Arc<Mutex<Contents>>;

fn xml(text: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/xml")], text.to_owned()).into_response()
}

/// PUT, GET with a range, DELETE, and one multipart upload at a time.
async fn speak(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("read");
    let key = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let is_signed = parts.headers.contains_key(header::AUTHORIZATION);
    if !is_signed {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut contents = shared.lock().expect("unpoisoned");
    let etag = [(header::ETAG, "\"e\"")];
    if parts.method == Method::PUT && query.contains("partNumber=") {
        let number = query
            .split('&')
            .find_map(|p| p.strip_prefix("partNumber="))
            .and_then(|n| n.parse().ok())
            .expect("a number");
        contents.parts.insert(number, body.to_vec());
        etag.into_response()
    } else if parts.method == Method::PUT {
        contents.objects.insert(key, body.to_vec());
        etag.into_response()
    } else if parts.method == Method::POST && query.starts_with("uploads") {
        xml(
            "<InitiateMultipartUploadResult><Bucket>desk</Bucket><Key>k</Key>\
             <UploadId>u</UploadId></InitiateMultipartUploadResult>",
        )
    } else if parts.method == Method::POST {
        let parts = std::mem::take(&mut contents.parts);
        let all = parts.into_values().flatten().collect();
        contents.objects.insert(key, all);
        xml(
            "<CompleteMultipartUploadResult><Location>l</Location><Bucket>desk</Bucket>\
             <Key>k</Key><ETag>e</ETag></CompleteMultipartUploadResult>",
        )
    } else if parts.method == Method::DELETE && query.contains("uploadId=") {
        contents.parts.clear();
        StatusCode::NO_CONTENT.into_response()
    } else if parts.method == Method::DELETE {
        contents.objects.remove(&key);
        StatusCode::NO_CONTENT.into_response()
    } else {
        read(contents.objects.get(&key), &parts.headers)
    }
}

fn read(object: Option<&Vec<u8>>, headers: &HeaderMap) -> Response {
    let Some(object) = object else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let modified = (header::LAST_MODIFIED, "Thu, 01 Jan 2026 00:00:00 GMT");
    let range = headers.get(header::RANGE).map(|v| {
        let text = v.to_str().expect("text").trim_start_matches("bytes=");
        let (from, to) = text.split_once('-').expect("a range");
        (
            from.parse::<usize>().expect("from"),
            to.parse::<usize>().expect("to"),
        )
    });
    let Some((from, to)) = range else {
        return ([modified, (header::ETAG, "\"e\"")], object.clone()).into_response();
    };
    let shown = format!("bytes {from}-{to}/{}", object.len());
    (
        StatusCode::PARTIAL_CONTENT,
        [
            modified,
            (header::ETAG, "\"e\""),
            (header::CONTENT_RANGE, shown.as_str()),
        ],
        object[from..=to].to_vec(),
    )
        .into_response()
}

async fn all(store: &FileStore, id: Uuid, range: Option<Range<u64>>) -> Vec<u8> {
    let pieces: Vec<Bytes> = store
        .read(id, range)
        .await
        .expect("found")
        .try_collect()
        .await
        .expect("readable");
    pieces.concat()
}

async fn write(store: &FileStore, id: Uuid, bytes: &[u8]) -> Result<Stored> {
    let mut writer = store.writer(id, 20_000_000);
    for piece in bytes.chunks(65_536) {
        writer.write(piece).await?;
    }
    writer.finish().await
}

/// What holds for every place.
async fn promises(store: &FileStore) {
    let long: Vec<u8> = (0..12_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    for (id, bytes) in [
        (Uuid::from_u128(1), b"hello".as_slice()),
        (Uuid::from_u128(2), long.as_slice()),
    ] {
        let stored = write(store, id, bytes).await.expect("kept");
        assert_eq!(stored.size, u64::try_from(bytes.len()).expect("small"));
        assert_eq!(stored.sha256.len(), 64);
        assert!(all(store, id, None).await == bytes, "{} bytes", bytes.len());
        assert_eq!(all(store, id, Some(1..4)).await, bytes[1..4]);
        store.delete(id).await.expect("gone");
        assert!(store.read(id, None).await.is_err());
        store.delete(id).await.expect("gone twice is gone");
    }
    let hash = write(store, Uuid::from_u128(3), b"abc")
        .await
        .expect("kept");
    assert_eq!(
        hash.sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );

    let id = Uuid::from_u128(4);
    let mut writer = store.writer(id, 8_000_000);
    writer
        .write(&long[..8_000_000])
        .await
        .expect("the bound fits");
    let refused = writer.write(b"x").await.expect_err("one too many");
    assert_eq!(refused.code, ErrorCode::AttachmentTooLarge);
    writer.abort().await;
    assert!(store.read(id, None).await.is_err(), "nothing was kept");
}

#[tokio::test]
async fn a_folder_keeps_files_and_nothing_of_what_was_aborted() {
    let dir = tempfile::tempdir().expect("a folder");
    let settings = FileSettings::in_data_dir(dir.path());
    let store = FileStore::open(&settings).expect("opens");
    promises(&store).await;
    let id = Uuid::from_u128(0x01_23_45);
    write(&store, id, b"x").await.expect("kept");
    assert!(dir.path().join(format!("files/23/45/{id}")).is_file());

    let mut dying = store.writer(id, 1_000_000);
    dying.write(&[0; 300_000]).await.expect("staged");
    std::mem::forget(dying);
    store.delete(id).await.expect("gone");
    let left = std::fs::read_dir(dir.path().join("files/23/45")).expect("a folder");
    assert_eq!(left.count(), 0, "the staged pieces of a dead upload go too");
}

#[tokio::test]
async fn a_bucket_keeps_files_and_nothing_of_what_was_aborted() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let shared = Shared::default();
    let router = Router::new().fallback(speak).with_state(shared.clone());
    let store = FileStore::open(&FileSettings {
        max_attachment_bytes: DEFAULT_MAX_BYTES,
        place: Place::Bucket(Bucket {
            name: "desk".to_owned(),
            prefix: "steward".to_owned(),
            endpoint: Some(endpoint),
            region: "us-east-1".to_owned(),
            access_key: "id".to_owned(),
            secret_key: "secret".to_owned(),
        }),
    })
    .expect("opens");
    let check = async {
        promises(&store).await;
        let keys: Vec<String> = shared
            .lock()
            .expect("unpoisoned")
            .objects
            .keys()
            .cloned()
            .collect();
        let expected = format!("/desk/steward/00/03/{}", Uuid::from_u128(3));
        assert_eq!(keys, [expected]);
    };
    tokio::select! {
        served = axum::serve(listener, router) => served.expect("served until the end"),
        () = check => {}
    }
}
