import { describe, expect, it } from 'vitest';
import { EMPTY_REPORT, incidentOf, startOfReport } from './report';

describe('startOfReport', () => {
  it('begins with the words of the search box and loses no draft', () => {
    expect(startOfReport(EMPTY_REPORT, ' vpn drops ').title).toBe('vpn drops');
    expect(startOfReport(EMPTY_REPORT, undefined)).toBe(EMPTY_REPORT);
    const draft = { ...EMPTY_REPORT, title: 'No sound', description: 'In calls' };
    expect(startOfReport(draft, 'vpn')).toEqual({ ...draft, title: 'vpn', description: 'No sound\n\nIn calls' });
    expect(startOfReport(draft, 'No sound')).toBe(draft);
  });
});

describe('incidentOf', () => {
  it('sends no level that the server does not know', () => {
    const input = incidentOf({ ...EMPTY_REPORT, title: ' x ', impact: 'total' }, []);
    expect(input).toMatchObject({ title: 'x', urgency: 'medium' });
    expect(input.impact).toBeUndefined();
    expect(input.requested_for_id).toBeUndefined();
    expect(incidentOf({ ...EMPTY_REPORT, requested_for: 'id' }, []).requested_for_id).toBe('id');
  });
});
