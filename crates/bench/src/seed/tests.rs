use super::fill;
use steward_testkit::{TestApp, apps};

/// Every copy has the shape of what the services wrote.
#[tokio::test]
async fn copies_are_whole_and_add_up() {
    for test in apps().await {
        let engine = test.engine;
        let seeded = fill(&test.app, 40, 120, false).await.expect("filled");
        assert_eq!(seeded.tickets, 120, "{engine}");
        assert_eq!(
            numbers(&test, "SELECT count(DISTINCT number) FROM tickets").await,
            120
        );
        assert_eq!(
            test.text("SELECT max(number) FROM tickets").await,
            "INC-000120"
        );
        // Three times as much of everything that hangs on a ticket.
        for table in ["activities", "comments", "ticket_search", "ticket_watchers"] {
            let all = numbers(&test, &format!("SELECT count(*) FROM {table}")).await;
            let newest = numbers(
                &test,
                &format!(
                    "SELECT count(*) FROM {table} x JOIN tickets t ON t.id = x.ticket_id
                     WHERE t.number > 'INC-000080'"
                ),
            )
            .await;
            assert_eq!(all, newest * 3, "{table} on {engine}");
        }
        let sums = "SELECT count(*) FROM (
              SELECT kind, status, priority, assignee_id, team_id, CAST(sum(n) AS bigint) AS n FROM ticket_sums
                WHERE is_personal GROUP BY kind, status, priority, assignee_id, team_id
              EXCEPT SELECT kind, status, priority, assignee_id, team_id, count(*) FROM tickets
                GROUP BY kind, status, priority, assignee_id, team_id) x";
        let all = "SELECT CAST(sum(n) AS bigint) FROM ticket_sums WHERE NOT is_personal";
        assert_eq!(numbers(&test, all).await, 120, "counts on {engine}");
        assert_eq!(numbers(&test, sums).await, 0, "counts on {engine}");
        for (what, sql) in [
            (
                "people",
                "SELECT count(*) FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = t.requester_id)",
            ),
            (
                "order",
                "SELECT count(*) FROM tickets t JOIN tickets u ON u.number > t.number AND u.created_at < t.created_at
                 WHERE t.number <= 'INC-000040' AND u.number <= 'INC-000040'",
            ),
        ] {
            assert_eq!(numbers(&test, sql).await, 0, "{what} on {engine}");
        }
    }
}

async fn numbers(test: &TestApp, sql: &str) -> i64 {
    test.number(sql).await
}
