//! The pages about the API, and that the documentation tells the truth.

use crate::support::send;
use steward_kernel::ErrorCode;
use steward_platform::http::problem::code_name;

#[tokio::test]
async fn the_interactive_page_and_all_it_loads_come_from_here() {
    for t in &steward_testkit::apps().await {
        for address in ["/api/docs", "/api/docs/"] {
            let page = send(t, "GET", address, &[], None).await;
            assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
            assert!(
                !page.text().contains("<script>"),
                "no script stands in the page"
            );
            let mut files = 0;
            for part in page
                .text()
                .split(['"', ' '])
                .filter(|p| p.starts_with("/api/"))
            {
                let file = send(t, "GET", part.trim_end_matches('>'), &[], None).await;
                assert_eq!(file.status, 200, "{part}");
                files += 1;
            }
            assert_eq!(files, 5);
            assert!(!page.text().contains("://"), "nothing comes from elsewhere");
        }
        let missing = send(t, "GET", "/api/docs/other.js", &[], None).await;
        missing.expect_code(404, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_its_description() {
    for t in &steward_testkit::apps().await {
        let problem = send(t, "GET", "/api/v1/tickets", &[], None).await;
        let type_ = problem.body["type"].as_str().expect("a type").to_owned();
        let (page, anchor) = type_.split_once('#').expect("an anchor");
        let page = send(t, "GET", page, &[], None).await;
        assert!(page.text().contains(&format!("id=\"{anchor}\"")));
    }
}

#[test]
fn the_documentation_lists_every_error_code_with_its_status_and_title() {
    let text = include_str!("../../../../docs/errors.md");
    let rows: Vec<&str> = text
        .lines()
        .filter(|l| l.starts_with("| "))
        .skip(2)
        .collect();
    let expected: Vec<String> = ErrorCode::ALL
        .iter()
        .map(|c| format!("| {} | {} | {} |", code_name(*c), c.status(), c.title()))
        .collect();
    assert_eq!(rows, expected);
}
