//! Use case of the assessment.

use super::dto::{
    AssessmentInput, AssessmentReasons, AssessmentView, CriticalityInput, LevelWord,
    ProductivityInput,
};
use crate::incidents::priority;
use steward_domain::incidents::assessment::{self, Circumstances, Criticality, Productivity};
use steward_domain::tickets::model::Level;
use steward_kernel::{Actor, Error, Result};
use steward_platform::App;

const MOST: u32 = 1_000_000_000;

/// Assesses what is known, with the organization's own matrix.
pub(super) async fn assess(
    app: &App,
    actor: &Actor,
    input: AssessmentInput,
) -> Result<AssessmentView> {
    if !actor.may("ticket:create") {
        return Err(Error::forbidden("ticket:create"));
    }
    let facts = circumstances(&input)?;
    let matrix = priority::matrix(&app.db, actor.organization_id).await?;
    let found = assessment::assess(&matrix, &facts);
    let because = format!(
        "{} impact with {} urgency is {} in the priority matrix",
        found.impact.level.as_str(),
        found.urgency.level.as_str(),
        found.priority.as_str()
    );
    Ok(AssessmentView {
        impact: word(found.impact.level),
        urgency: word(found.urgency.level),
        priority: found.priority.into(),
        reasons: AssessmentReasons {
            impact: found.impact.reasons,
            urgency: found.urgency.reasons,
            priority: vec![because],
        },
    })
}

fn circumstances(input: &AssessmentInput) -> Result<Circumstances> {
    let wrong = |field| Error::field(field, "out_of_range", format!("must be from 0 to {MOST}"));
    if input.affected_users.is_some_and(|n| n > MOST) {
        return Err(wrong("affected_users"));
    }
    if input
        .deadline_minutes
        .is_some_and(|n| !(0..=i64::from(MOST)).contains(&n))
    {
        return Err(wrong("deadline_minutes"));
    }
    Ok(Circumstances {
        affected_users: input.affected_users.unwrap_or(0),
        business_criticality: input.business_criticality.map(|c| match c {
            CriticalityInput::Critical => Criticality::Critical,
            CriticalityInput::High => Criticality::High,
            CriticalityInput::Medium => Criticality::Medium,
            CriticalityInput::Low => Criticality::Low,
        }),
        critical_service: input.critical_service.unwrap_or(false),
        work_stopped: input.work_stopped.unwrap_or(false),
        deadline_minutes: input.deadline_minutes,
        productivity: match input.productivity {
            Some(ProductivityInput::SignificantlyReduced) => Productivity::SignificantlyReduced,
            Some(ProductivityInput::Reduced) => Productivity::Reduced,
            Some(ProductivityInput::Normal) | None => Productivity::Normal,
        },
        has_workaround: input.has_workaround.unwrap_or(false),
    })
}

const fn word(level: Level) -> LevelWord {
    match level {
        Level::High => LevelWord::High,
        Level::Medium => LevelWord::Medium,
        Level::Low => LevelWord::Low,
    }
}
