//! The invented faults: what people write, what agents ask, answer and do.

/// A kind of fault. `{room}`, `{floor}` and `{site}` are filled in.
pub(super) struct Fault {
    pub(super) category: &'static str,
    pub(super) subcategory: &'static str,
    pub(super) team: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    /// What an agent asks.
    pub(super) question: &'static str,
    /// What the requester answers.
    pub(super) answer: &'static str,
    /// What an agent notes for colleagues.
    pub(super) note: &'static str,
    /// How it was resolved.
    pub(super) resolution: &'static str,
}

macro_rules! faults {
    ($($category:literal / $subcategory:literal, $team:literal: $title:literal, $description:literal, $question:literal, $answer:literal, $note:literal, $resolution:literal;)+) => {
        /// Every kind of fault.
        pub(super) const FAULTS: &[Fault] = &[$(Fault {
            category: $category, subcategory: $subcategory, team: $team, title: $title, description: $description,
            question: $question, answer: $answer, note: $note, resolution: $resolution,
        }),+];
    };
}

faults! {
    "Network" / "VPN", "Network": "VPN drops every few minutes",
        "Since this morning the tunnel breaks off while I am in calls. It comes back after about a minute.",
        "Are you on Wi-Fi or on a cable at home, and does it also happen without a call?",
        "Wi-Fi. It happens in calls and when I copy large files.",
        "Client 5.2 has the keep-alive bug. Moving people to 5.3 as they report it.",
        "Updated the VPN client to 5.3, which keeps the tunnel open under load.";
    "Network" / "Wi-Fi", "Network": "No Wi-Fi on floor {floor} in {site}",
        "Nobody at our desks gets a connection. The network name is shown, but joining fails.",
        "Does the guest network work at the same desk?",
        "Yes, the guest network works.",
        "Access point answers, RADIUS times out from that switch only.",
        "A switch port had lost its uplink after maintenance. Port brought back, connection tested with two users.";
    "Network" / "Cable", "Network": "Wall socket in room {room} is dead",
        "I moved to another desk and the socket gives no link. Two cables tried.",
        "What is the number on the socket?",
        "It says 4-17-B.",
        "Not patched since the move in spring.",
        "Socket patched to the access switch. Link at 1 Gbit/s.";
    "Network" / "Slow", "Network": "Everything is slow in {site}",
        "Opening the intranet takes half a minute for all of us since lunch.",
        "Thank you, we see it too. Does it affect web meetings as well?",
        "Yes, people freeze in meetings.",
        "Backup job of the branch runs in office hours. Asked Servers to move it.",
        "A backup had been filling the line in office hours. It runs at night again.";
    "Hardware" / "Laptop", "Workplace": "Laptop does not wake up",
        "After closing the lid the screen stays black. Only holding the power button helps, and then my work is lost.",
        "Does it also happen when it is plugged in?",
        "Only on battery, I think.",
        "Known with BIOS 1.14 on this model.",
        "BIOS updated to 1.17. Twenty sleeps and wakes in a row without a fault.";
    "Hardware" / "Laptop", "Workplace": "Battery lasts less than an hour",
        "Fully charged in the morning, empty before the second meeting. The laptop is two years old.",
        "Please run the battery report and attach it. Here is how: type `powercfg /batteryreport`.",
        "Attached in my mail: design 57 Wh, full charge 21 Wh.",
        "Below 40 %, that is a warranty case.",
        "Battery replaced under warranty.";
    "Hardware" / "Printer", "Workplace": "Printer on floor {floor} prints blank pages",
        "Two cartridges tried, the same result. Copying works.",
        "Which computer do you print from, and does the test page of the printer look right?",
        "From several. The test page is fine.",
        "Test page fine means driver. The server still hands out the old one.",
        "Print queue moved to the new driver. Pages come out as they should.";
    "Hardware" / "Printer", "Workplace": "Paper jam that never clears, floor {floor}",
        "The display asks to open door B. There is no paper behind it.",
        "We are sending someone. Please leave it switched on.",
        "Thank you, it is beside the kitchen.",
        "A sensor flag is broken off. Part ordered.",
        "Sensor replaced by the service partner.";
    "Hardware" / "Monitor", "Workplace": "Second monitor flickers",
        "The left screen goes black for a second, several times an hour.",
        "Could you swap the two cables and tell us whether the fault moves with the cable?",
        "It moves with the cable.",
        "Cable then. Spare ones in the cupboard on floor 1.",
        "Cable replaced.";
    "Hardware" / "Phone", "Workplace": "Phone shows no caller's name",
        "Since the last update I only see numbers, although the contacts are there.",
        "Is the contacts account still connected in the settings?",
        "It says: sign in again.",
        "Token expired for everyone with the March profile.",
        "Profile installed again, contacts are synchronised.";
    "Software" / "Finance", "Applications": "Cannot post invoices: period is closed",
        "The system says that period 09 is closed, but it should be open until the 5th.",
        "Which company code is it?",
        "It is 2100, the others work.",
        "Only 2100 was closed by mistake.",
        "Finance opened the period for company code 2100. Posting works.";
    "Software" / "HR", "Applications": "Time sheet cannot be saved",
        "I fill in the week, press save, and everything is empty again.",
        "Which browser do you use, and is there a red line at the top?",
        "The company's standard browser. The red line says session expired.",
        "Session ends after 10 minutes since the update of Tuesday. Vendor informed.",
        "The vendor raised the session to 60 minutes and now keeps what was typed.";
    "Software" / "Sales", "Applications": "Customer list shows only the first 100",
        "There are more than 100 customers in my region. Sorting by name ends at K.",
        "Does the export to a file contain all of them?",
        "Yes, the export is complete.",
        "Paging broken in 8.4, fixed in 8.4.2.",
        "Updated to 8.4.2. All pages are there.";
    "Software" / "Spreadsheet", "Applications": "Spreadsheet with macros does not open",
        "A yellow bar says that macros are blocked. Our monthly report needs them.",
        "Where is the file stored?",
        "On the department's share.",
        "Share is not in the trusted locations of the new policy.",
        "Location added to the trusted ones for your department.";
    "Access" / "Password", "Identity": "Locked out after holidays",
        "I changed my password before I left and now nothing accepts it.",
        "We have sent you a link to set a new one. Does your phone still have the old password for mail?",
        "It did. I have changed it there as well.",
        "Phone kept locking the account.",
        "Account unlocked, new password set on all devices.";
    "Access" / "Rights", "Identity": "Cannot open the payroll share",
        "The folder asks for a password that I do not have. My colleague can open it.",
        "Who is the owner of the folder? We need their consent.",
        "It is Georg, he has agreed by mail.",
        "Consent is in the ticket. Group fs-payroll-read.",
        "Added to the reading group of the share. Please sign in again to use it.";
    "Access" / "Second factor", "Identity": "New phone, no codes any more",
        "My old phone is gone and the app on the new one is empty.",
        "Do you still have your recovery codes?",
        "No, I never printed them.",
        "Identity confirmed by a call back through the manager.",
        "Second factor reset, new one set up together with the user. Recovery codes are printed.";
    "Access" / "New starter", "Identity": "New colleague cannot sign in",
        "She started today and her name is not known to the system.",
        "When was the contract entered in HR?",
        "Yesterday afternoon.",
        "Night run missed it: department code is new.",
        "Department added to the feed, account made.";
    "Collaboration" / "Mail", "Collaboration": "Mail with large attachments is stuck",
        "Everything above 10 MB stays in the outbox.",
        "Does it leave when you send it from the web mail?",
        "Yes, from there it works.",
        "Local profile has the old limit.",
        "Profile renewed; the limit is 35 MB again.";
    "Collaboration" / "Calendar", "Collaboration": "Meetings appear one hour late",
        "All invitations from our partners are shifted since the weekend.",
        "Which time zone is set in your calendar?",
        "It says London, but I am in Berlin.",
        "Clock change plus wrong zone.",
        "Zone corrected. Series of the last week checked.";
    "Collaboration" / "Meetings", "Collaboration": "Nobody hears me in web meetings",
        "The microphone works in the test but not in calls.",
        "Is the headset connected by cable or by Bluetooth?",
        "Bluetooth, to laptop and phone at once.",
        "Headset takes the phone's profile.",
        "Headset is paired with the laptop only. Call tested together.";
    "Collaboration" / "Files", "Collaboration": "Shared document shows an old version",
        "Two of us see different texts in the same file.",
        "Is there a small warning sign beside the file's name?",
        "Yes, it says upload pending.",
        "Path longer than 256 characters.",
        "Folder renamed, the file is synchronised. The lost paragraph came back from the version history.";
    "Servers" / "Storage", "Servers": "Project drive is full",
        "Saving fails for the whole team: no space left.",
        "We can add some at once. Is there anything that can move to the archive?",
        "The recordings of last year can go.",
        "Recordings are 640 GB.",
        "Recordings archived, 500 GB free. A warning is set at 85 %.";
    "Servers" / "Backup", "Servers": "Please restore a folder",
        "I deleted the folder Offers 2026 yesterday around four.",
        "Which drive is it on?",
        "On S, below Sales.",
        "Snapshot of 15:00 has it.",
        "Folder restored from yesterday's snapshot of 15:00.";
    "Servers" / "Database", "Servers": "Reports run into a timeout",
        "The monthly report stops after five minutes with a timeout. It took two last month.",
        "Did you choose the same period as last month?",
        "Yes, one month.",
        "Statistics of the fact table are from June.",
        "Statistics renewed; the report takes 70 seconds.";
    "Facilities" / "Meeting room", "Facilities": "Display in room {room} shows no picture",
        "Neither cable nor wireless. The little light is red.",
        "Is the projector's remote in the room?",
        "Yes, it does nothing.",
        "Third time this month in this room.",
        "Power supply of the display replaced.";
    "Facilities" / "Badge", "Facilities": "Badge does not open the side entrance",
        "Main entrance works, the side one blinks red.",
        "Since when, and does it work for your colleagues?",
        "Since Monday. It works for them.",
        "Zone missing after the badge was renewed.",
        "Zone added to the badge.";
    "Facilities" / "Desk", "Facilities": "Docking station in {room} charges nobody",
        "Three laptops tried, none is charged.",
        "Is the lamp on the power brick on?",
        "No, it is dark.",
        "Brick is dead.",
        "Power brick replaced.";
}

/// Sites, floors and rooms that texts name.
pub(super) const SITES: &[&str] = &["Berlin", "Porto", "Krakow", "Oslo"];
pub(super) const ROOMS: &[&str] = &["Oslo", "Lima", "Nairobi", "Kyoto", "Quito", "2.14", "3.07"];
