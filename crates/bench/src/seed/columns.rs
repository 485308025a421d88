//! What becomes of each column of a copied row.

use steward_db::Engine;

/// A column of a table, as the database describes it.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) table: String,
    pub(super) name: String,
    pub(super) type_: String,
    /// The table that its foreign key names, if it has one.
    pub(super) references: Option<String>,
}

/// The numbers that a multiplication works with.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) engine: Engine,
    /// First eight digits of the ids of copy 0, as a number.
    pub(super) id_base: i64,
    /// The same of the people.
    pub(super) user_base: i64,
    /// Tickets that are copied.
    pub(super) templates: i64,
    /// Times that the people are there.
    pub(super) crowds: i64,
    /// Hours that lie between two copies.
    pub(super) hours: i64,
    /// Whether every clock of the copies runs.
    pub(super) all_run: bool,
}

/// The copy's number, in every expression.
const K: &str = "c.k";

impl Plan {
    /// An id of copy `k`: the same digits behind other first eight.
    pub(super) fn id(&self, column: &str) -> String {
        self.with_prefix(&format!("{} - 64 * {K}", self.id_base), column)
    }

    /// A person of the crowd that copy `k` belongs to.
    pub(super) fn person(&self, column: &str) -> String {
        let crowd = format!("({K} % {})", self.crowds);
        let other = self.with_prefix(&format!("{} - {crowd}", self.user_base), column);
        format!("CASE WHEN {crowd} = 0 THEN {column} ELSE {other} END")
    }

    fn with_prefix(&self, number: &str, column: &str) -> String {
        match self.engine {
            // SQLite keeps ids as their 16 bytes.
            Engine::Sqlite => {
                format!("CAST(unhex(printf('%08x', {number})) || substr({column}, 5) AS blob)")
            }
            Engine::Postgres => {
                format!("(lpad(to_hex({number}), 8, '0') || substr({column}::text, 9))::uuid")
            }
        }
    }

    fn earlier(&self, column: &str) -> String {
        let hours = self.hours;
        match self.engine {
            Engine::Sqlite => format!(
                "strftime('%Y-%m-%dT%H:%M:%S', {column}, '-' || ({hours} * {K}) || ' hours') || substr({column}, 20)"
            ),
            Engine::Postgres => format!("{column} - {hours} * {K} * interval '1 hour'"),
        }
    }

    /// When a running clock reaches its next threshold. Copies are older, so
    /// theirs would be over: it lies ahead, so that a server on the data rests.
    fn not_yet(&self, column: &str) -> String {
        let days = format!("30 + {K} % 30");
        let at = match self.engine {
            Engine::Sqlite => {
                format!("strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now', '+' || ({days}) || ' days')")
            }
            Engine::Postgres => format!("now() + ({days}) * interval '1 day'"),
        };
        if self.all_run {
            at
        } else {
            format!("CASE WHEN {column} IS NOT NULL THEN {at} END")
        }
    }

    /// The number of the template's copy: copies are older, so theirs are lower.
    fn number(&self, column: &str) -> String {
        format!(
            "substr({column}, 1, 4) || {}",
            self.padded(&self.counted(column))
        )
    }

    fn counted(&self, number: &str) -> String {
        format!(
            "(CAST(substr({number}, 5) AS integer) - {} * {K})",
            self.templates
        )
    }

    fn padded(&self, number: &str) -> String {
        match self.engine {
            Engine::Sqlite => format!("printf('%06d', {number})"),
            Engine::Postgres => {
                format!("lpad(({number})::text, greatest(6, length(({number})::text)), '0')")
            }
        }
    }

    /// A word that only this copy has, as texts name a device.
    fn device(&self, number: &str) -> String {
        format!("' nb' || {}", self.padded(&self.counted(number)))
    }

    /// What stands in the copy of `s` for this column.
    pub(super) fn copied(&self, column: &Column, copied_tables: &[String]) -> String {
        let of_source = format!("s.{}", column.name);
        let to = column.references.as_deref();
        let is_copied = to.is_some_and(|to| copied_tables.iter().any(|known| known == to));
        match (column.table.as_str(), column.name.as_str()) {
            (_, "id") | ("events", "aggregate_id") => self.id(&of_source),
            ("tickets", "number") => self.number(&of_source),
            ("tickets", "description") => format!("{of_source} || {}", self.device("s.number")),
            ("ticket_search", "body") => format!("{of_source} || {}", self.device("n.number")),
            ("ticket_search", "title") => format!(
                "replace({of_source}, lower(n.number), lower({}))",
                self.number("n.number")
            ),
            // The product would close them at once: they are resolved for long.
            ("tickets", "status") => {
                format!("CASE WHEN {of_source} = 'resolved' THEN 'closed' ELSE {of_source} END")
            }
            ("tickets", "closed_at") => self.earlier("coalesce(s.closed_at, s.resolved_at)"),
            ("sla_clocks", "next_threshold_at") => self.not_yet(&of_source),
            ("sla_clocks", "mode") if self.all_run => "'running'".to_owned(),
            _ if to == Some("users") => self.person(&of_source),
            _ if is_copied => self.id(&of_source),
            _ if column.type_.contains("timestamp") => self.earlier(&of_source),
            _ => of_source,
        }
    }

    /// Fills one table with the copies `from..=to`, oldest first.
    pub(super) fn copy(
        &self,
        table: &str,
        columns: &[Column],
        copied_tables: &[String],
        range: (i64, i64),
    ) -> String {
        let own: Vec<&Column> = columns.iter().filter(|c| c.table == table).collect();
        let names: Vec<&str> = own.iter().map(|c| c.name.as_str()).collect();
        let values: Vec<String> = own.iter().map(|c| self.copied(c, copied_tables)).collect();
        let (extra, condition) = match table {
            "ticket_search" => ("JOIN tickets_template n ON n.id = s.ticket_id", "1 = 1"),
            "events" => ("", "s.name = 'ticket.created'"),
            _ => ("", "1 = 1"),
        };
        let source = format!("{table}_template");
        let order = if names.contains(&"id") {
            "s.id"
        } else {
            "s.ticket_id"
        };
        format!(
            "INSERT INTO {table} ({}) SELECT {} FROM {} CROSS JOIN {source} s {extra}
             WHERE {condition} ORDER BY {K} DESC, {order}",
            names.join(", "),
            values.join(", "),
            self.numbers(range),
        )
    }

    /// The copies' numbers as a table `c` with the column `k`.
    pub(super) fn numbers(&self, (from, to): (i64, i64)) -> String {
        match self.engine {
            Engine::Sqlite => format!(
                "(WITH RECURSIVE r(k) AS (SELECT {from} UNION ALL SELECT k + 1 FROM r WHERE k < {to})
                  SELECT k FROM r) c"
            ),
            Engine::Postgres => format!("generate_series({from}, {to}) c(k)"),
        }
    }
}
