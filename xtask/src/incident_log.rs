//! An invented incident log in the form of ServiceNow's, as long as wanted, to
//! measure imports with. The same length gives the same log.

use std::io::{self, Write};

const HEADER: &str = "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,\
opened_by,opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,\
subcategory,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,\
u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at";

const STATES: [&str; 6] = [
    "New",
    "New",
    "Active",
    "Awaiting User Info",
    "Active",
    "Resolved",
];

/// Lines of one incident, on average.
const PER_INCIDENT: u64 = 7;

/// A stream of numbers that looks random (a linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// `DD-MM-YYYY HH:MM`, so many minutes after the start of 2020; months have 28 days.
fn time(minutes: u64) -> String {
    let (day, minute) = (minutes / 1440, minutes % 1440);
    let (year, month) = (2020 + day / 336, day / 28 % 12 + 1);
    let (day, hour) = (day % 28 + 1, minute / 60);
    format!("{day:02}-{month:02}-{year} {hour:02}:{:02}", minute % 60)
}

/// Writes a log of `lines` lines behind the first.
pub fn write(to: &mut impl Write, lines: u64) -> io::Result<()> {
    let mut to = io::BufWriter::new(to);
    writeln!(to, "{HEADER}")?;
    let mut dice = Dice(42);
    let mut written = 0;
    let mut incident = 0;
    while written < lines {
        incident += 1;
        let steps = (PER_INCIDENT - 3 + dice.below(7)).min(lines - written);
        write_incident(&mut to, &mut dice, incident, steps)?;
        written += steps;
    }
    to.flush()
}

fn write_incident(to: &mut impl Write, dice: &mut Dice, number: u64, steps: u64) -> io::Result<()> {
    let opened = number * 3;
    let (caller, opener) = (dice.below(5000), dice.below(200));
    let category = dice.below(40);
    let sub = category * 8 + dice.below(8);
    let symptom = dice.below(500);
    let priority = ["1 - Critical", "2 - High", "3 - Moderate", "4 - Low"][index(dice, 4)];
    let end = time(opened + steps * 97);
    let mut group = dice.below(80);
    let mut reassigned = 0;
    for step in 0..steps {
        let is_last = step + 1 == steps;
        let state = if is_last {
            "Closed"
        } else {
            STATES[index(dice, 6)]
        };
        if step > 0 && dice.below(3) == 0 {
            group = (group + 1) % 80;
            reassigned += 1;
        }
        let at = time(opened + (step + 1) * 97);
        let (actor, resolver) = (dice.below(1000), dice.below(250));
        writeln!(
            to,
            "INC{number:07},{state},{},{reassigned},0,{step},TRUE,Caller {caller},Opened by {opener},{},?,?,\
             Updated by {actor},{at},Phone,Location {},Category {category},Subcategory {sub},Symptom {symptom},?,\
             2 - Medium,2 - Medium,{priority},Group {group},Resolver {resolver},TRUE,FALSE,Do Not Notify,?,?,?,?,\
             code 6,Resolved by {resolver},{end},{end}",
            if is_last { "FALSE" } else { "TRUE" },
            time(opened),
            caller % 220,
        )?;
    }
    Ok(())
}

fn index(dice: &mut Dice, n: u64) -> usize {
    usize::try_from(dice.below(n)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_has_as_many_lines_as_wanted_and_is_the_same_each_time() {
        let log = |lines| {
            let mut bytes = Vec::new();
            write(&mut bytes, lines).expect("in memory");
            String::from_utf8(bytes).expect("UTF-8")
        };
        for lines in [0, 1, 1000] {
            assert_eq!(log(lines).lines().count() as u64, lines + 1);
        }
        assert_eq!(log(50), log(50));
        let columns = HEADER.split(',').count();
        assert!(log(50).lines().all(|l| l.split(',').count() == columns));
        assert_eq!(time(0), "01-01-2020 00:00");
        assert_eq!(time(336 * 1440 + 61), "01-01-2021 01:01");
    }
}
