//! The address of the sender, behind proxies that the settings trust.

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// Walks `X-Forwarded-For` from the right: each proxy appended whom it heard
/// from, so an entry counts only when everyone after it is trusted.
pub(super) fn client(
    extensions: &Extensions,
    headers: &HeaderMap,
    trusted: &[IpNet],
) -> Option<IpAddr> {
    let ConnectInfo(peer) = extensions.get::<ConnectInfo<SocketAddr>>()?;
    let mut address = peer.ip().to_canonical();
    let is_trusted = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let heard: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .collect();
    for entry in heard.iter().rev() {
        if !is_trusted(&address) {
            break;
        }
        match entry.trim().parse::<IpAddr>() {
            Ok(next) => address = next.to_canonical(),
            Err(_) => break,
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client_of(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut extensions = Extensions::new();
        let peer: IpAddr = peer.parse().expect("an address");
        extensions.insert(ConnectInfo(SocketAddr::new(peer, 1)));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().expect("a header"));
        }
        let trusted: Vec<IpNet> = trusted.iter().map(|n| n.parse().expect("a net")).collect();
        client(&extensions, &headers, &trusted)
            .expect("known")
            .to_string()
    }

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        let cases: &[(&str, &[&str], &[&str], &str)] = &[
            ("203.0.113.9", &[], &[], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], &[], "203.0.113.9"),
            (
                "10.0.0.1",
                &["198.51.100.1"],
                &["10.0.0.0/8"],
                "198.51.100.1",
            ),
            // What the sender wrote itself stands left of what the proxy added.
            (
                "10.0.0.1",
                &["1.1.1.1, 198.51.100.1"],
                &["10.0.0.0/8"],
                "198.51.100.1",
            ),
            (
                "10.0.0.1",
                &["198.51.100.1", "10.0.0.2"],
                &["10.0.0.0/8"],
                "198.51.100.1",
            ),
            ("10.0.0.1", &["garbage"], &["10.0.0.0/8"], "10.0.0.1"),
            (
                "::ffff:10.0.0.1",
                &["2001:db8::1"],
                &["10.0.0.0/8"],
                "2001:db8::1",
            ),
        ];
        for (peer, forwarded, trusted, expected) in cases {
            assert_eq!(
                client_of(peer, forwarded, trusted),
                *expected,
                "{forwarded:?}"
            );
        }
    }
}
