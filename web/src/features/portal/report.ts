import type { CustomFieldView, IncidentInput } from '@/api';
import { fieldValues, isLevel, readFieldDrafts, startOfFields } from '@/features/tickets/public';

export const EMPTY_REPORT = {
  title: '',
  description: '',
  impact: 'low',
  urgency: 'medium',
  requested_for: '',
  requested_for_name: '',
  custom: '',
};
export type Report = typeof EMPTY_REPORT;

/** Words that were typed in the search box begin the report, unless one was begun already: then they follow it. */
export function startOfReport(draft: Report, typed: string | undefined): Report {
  const words = typed?.trim() ?? '';
  if (!words || draft.title === words) return draft;
  if (!draft.title.trim()) return { ...draft, title: words };
  return { ...draft, title: words, description: [draft.title, draft.description].filter(Boolean).join('\n\n') };
}

/** What the server wants to know. */
export function incidentOf(report: Report, fields: readonly CustomFieldView[]): IncidentInput {
  const drafts = startOfFields(fields, readFieldDrafts(report.custom));
  return {
    custom_fields: fields.length > 0 ? fieldValues(fields, drafts) : undefined,
    title: report.title.trim(),
    description: report.description || undefined,
    impact: isLevel(report.impact) ? report.impact : undefined,
    requested_for_id: report.requested_for || undefined,
    urgency: isLevel(report.urgency) ? report.urgency : undefined,
  };
}
