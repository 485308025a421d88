//! Which addresses may be connected to.

use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks that the operator allowed beside the public ones.
#[derive(Debug, Clone, Default)]
pub struct Networks {
    allowed: Vec<IpNet>,
}

impl Networks {
    /// Public addresses and those in `allowed`.
    #[must_use]
    pub fn new(allowed: &[IpNet]) -> Self {
        let allowed = allowed.to_vec();
        Self { allowed }
    }

    /// Whether a connection to `ip` may be made. An IPv6 address that stands for
    /// an IPv4 address is judged as that one.
    #[must_use]
    pub fn may_reach(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        if self.allowed.iter().any(|network| network.contains(&ip)) {
            return true;
        }
        match ip {
            IpAddr::V4(ip) => is_public_v4(ip),
            IpAddr::V6(ip) => match embedded(ip) {
                Some(inner) => self.may_reach(IpAddr::V4(inner)),
                None => is_public_v6(ip),
            },
        }
    }
}

/// Not in the IANA IPv4 Special-Purpose Address Registry (RFC 6890), not
/// multicast, not reserved.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 10 | 127, _, _)          // this network, private, loopback
        | (100, 64..=127, _)          // shared by carriers (RFC 6598)
        | (169, 254, _)               // link-local, metadata of clouds
        | (172, 16..=31, _)           // private
        | (192, 0, 0)                 // protocol assignments
        | (192, 0, 2)                 // documentation
        | (192, 31, 196)              // AS112
        | (192, 52, 193)              // AMT
        | (192, 88, 99)               // relays of 6to4
        | (192, 168, _)               // private
        | (192, 175, 48)              // AS112
        | (198, 18..=19, _)           // benchmarks
        | (198, 51, 100)              // documentation
        | (203, 0, 113)               // documentation
        | (224..=255, _, _) // multicast, reserved, broadcast
    );
    !is_special
}

/// Global unicast (2000::/3) without the blocks of the IANA IPv6 Special-Purpose
/// Address Registry.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let is_special = matches!(
        (a, b),
        (0x2001, 0..=0x01ff)          // protocol assignments, Teredo among them
        | (0x2001, 0x0db8)            // documentation
        | (0x2620, 0x004f)            // AS112 and its neighbours
        | (0x3fff, 0..=0x0fff) // documentation
    );
    (a & 0xe000) == 0x2000 && !is_special
}

/// The IPv4 address that a translator (NAT64, RFC 6052), a 6to4 relay
/// (RFC 3056) or an old stack (`::a.b.c.d`, RFC 4291 §2.5.5.1) would connect to.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let inner = match ip.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0, 0, 0, 0, 0, 0, high, low] => (high, low),
        [0x2002, high, low, ..] => (high, low),
        _ => return None,
    };
    let ([a, b], [c, d]) = (inner.0.to_be_bytes(), inner.1.to_be_bytes());
    Some(Ipv4Addr::new(a, b, c, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect(text)
    }

    #[test]
    fn what_is_not_public_is_not_reached() {
        for text in [
            // unspecified, loopback, private
            "0.0.0.0",
            "0.1.2.3",
            "127.0.0.1",
            "127.255.255.254",
            "10.0.0.1",
            "10.255.255.255",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            // carriers, link-local and the clouds' metadata
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            // assignments, documentation, benchmarks
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            // multicast, reserved, broadcast
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            // IPv6
            "::",
            "::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "3fff::1",
            "5f00::1",
            "64:ff9b:1::1",
            "4000::1",
            // IPv4 in IPv6
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "::10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::1",
            "2002:a00:1::",
            "2002:c0a8:101::1",
        ] {
            assert!(!Networks::default().may_reach(ip(text)), "{text}");
        }
    }

    #[test]
    fn what_is_public_is_reached() {
        for text in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.1",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001::1",
            "2001:4860:4860::8888",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ] {
            assert!(Networks::default().may_reach(ip(text)), "{text}");
        }
    }

    #[test]
    fn the_operator_can_allow_networks_and_only_these() {
        let networks: Vec<IpNet> = ["10.1.0.0/16", "::1/128", "fd00:1::/32"]
            .iter()
            .map(|text| text.parse().expect(text))
            .collect();
        let networks = Networks::new(&networks);
        for text in [
            "10.1.2.3",
            "::ffff:10.1.2.3",
            "64:ff9b::a01:203",
            "::1",
            "fd00:1::5",
        ] {
            assert!(networks.may_reach(ip(text)), "{text}");
        }
        for text in ["10.2.0.1", "127.0.0.1", "fd00:2::5", "::ffff:10.2.0.1"] {
            assert!(!networks.may_reach(ip(text)), "{text}");
        }
    }
}
