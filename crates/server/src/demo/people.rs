//! The invented people and teams of the demo organization.

/// Someone with a printed sign-in.
pub(super) struct SignIn {
    pub(super) email: &'static str,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) role: &'static str,
    pub(super) team: Option<&'static str>,
}

const fn person(
    email: &'static str,
    first: &'static str,
    last: &'static str,
    role: &'static str,
    team: Option<&'static str>,
) -> SignIn {
    SignIn {
        email,
        first,
        last,
        role,
        team,
    }
}

/// Sign-ins that `serve --demo` prints.
pub(super) const SIGN_INS: &[SignIn] = &[
    person("admin@example.com", "Ines", "Albrecht", "admin", None),
    person(
        "manager@example.com",
        "Tomas",
        "Lindqvist",
        "manager",
        Some("Service desk"),
    ),
    person(
        "agent@example.com",
        "Priya",
        "Raman",
        "agent",
        Some("Service desk"),
    ),
    person(
        "agent2@example.com",
        "Jonas",
        "Weber",
        "agent",
        Some("Network"),
    ),
    person("auditor@example.com", "Marta", "Kowalska", "auditor", None),
    person("user@example.com", "Lea", "Fontaine", "end_user", None),
    person("user2@example.com", "Omar", "Haddad", "end_user", None),
    person("user3@example.com", "Grace", "Okafor", "end_user", None),
];

/// Teams: name, what they look after.
pub(super) const TEAMS: &[(&str, &str)] = &[
    ("Service desk", "First contact for everyone"),
    ("Network", "Wired, wireless, VPN"),
    ("Workplace", "Laptops, phones, printers"),
    ("Applications", "Finance, HR and sales systems"),
    ("Identity", "Accounts, sign-in, access rights"),
    ("Collaboration", "Mail, calendar, meetings, files"),
    ("Servers", "Servers, storage, backup"),
    ("Facilities", "Meeting rooms, badges, desks"),
];

/// Agents beyond those who sign in: first name, last name, team.
pub(super) const AGENTS: &[(&str, &str, &str)] = &[
    ("Noor", "Bakker", "Service desk"),
    ("Felix", "Moreau", "Service desk"),
    ("Ada", "Lindgren", "Network"),
    ("Mateo", "Silva", "Network"),
    ("Yuki", "Tanabe", "Workplace"),
    ("Elena", "Petrova", "Workplace"),
    ("Samuel", "Adeyemi", "Applications"),
    ("Hanna", "Virtanen", "Applications"),
    ("Rafael", "Costa", "Identity"),
    ("Ingrid", "Solberg", "Identity"),
    ("Pavel", "Novotny", "Collaboration"),
    ("Aisha", "Rahman", "Collaboration"),
    ("Daniel", "Fischer", "Servers"),
    ("Chiara", "Rossi", "Servers"),
    ("Lukas", "Horvath", "Facilities"),
    ("Mina", "Farsi", "Facilities"),
];

/// Requesters beyond those who sign in: first name, last name.
pub(super) const REQUESTERS: &[(&str, &str)] = &[
    ("Amelie", "Girard"),
    ("Ben", "Cartwright"),
    ("Carla", "Mendes"),
    ("Dario", "Conti"),
    ("Emil", "Nygaard"),
    ("Fatima", "Zahra"),
    ("Georg", "Huber"),
    ("Helena", "Papadaki"),
    ("Ivan", "Kovac"),
    ("Julia", "Brandt"),
    ("Karim", "Aziz"),
    ("Laura", "Jensen"),
    ("Milan", "Dvorak"),
    ("Nadia", "Ilieva"),
    ("Oskar", "Larsen"),
    ("Paula", "Romero"),
    ("Quentin", "Dubois"),
    ("Rosa", "Marino"),
    ("Stefan", "Popescu"),
    ("Tara", "Singh"),
    ("Ulla", "Eriksen"),
    ("Victor", "Laurent"),
    ("Wanda", "Zielinska"),
    ("Xavier", "Puig"),
    ("Yara", "Khoury"),
    ("Zoltan", "Szabo"),
    ("Anton", "Berg"),
    ("Bianca", "Ferrari"),
    ("Cem", "Yildiz"),
    ("Dora", "Nagy"),
    ("Erik", "Holm"),
    ("Flora", "Weiss"),
    ("Gabriel", "Ionescu"),
    ("Hugo", "Almeida"),
    ("Irene", "Vos"),
    ("Jan", "Maes"),
];

/// A person of the organization.
pub(super) struct Person {
    pub(super) email: String,
    pub(super) has_sign_in: bool,
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) role: &'static str,
    pub(super) team: Option<&'static str>,
}

/// Domain of the addresses of a demo of its own.
pub(super) const DOMAIN: &str = "example.com";

/// All sixty with addresses of a domain, those with a printed sign-in first.
pub(super) fn everyone(domain: &'static str) -> impl Iterator<Item = Person> {
    let address = move |first: &str, last: &str| format!("{first}.{last}@{domain}").to_lowercase();
    let sign_ins = SIGN_INS.iter().map(move |p| Person {
        email: p.email.replace(DOMAIN, domain),
        has_sign_in: true,
        first: p.first,
        last: p.last,
        role: p.role,
        team: p.team,
    });
    let agents = AGENTS.iter().map(move |(first, last, team)| Person {
        email: address(first, last),
        has_sign_in: false,
        first,
        last,
        role: "agent",
        team: Some(team),
    });
    let requesters = REQUESTERS.iter().map(move |(first, last)| Person {
        email: address(first, last),
        has_sign_in: false,
        first,
        last,
        role: "end_user",
        team: None,
    });
    sign_ins.chain(agents).chain(requesters)
}
