import { describe, expect, it } from 'vitest';
import type { NotificationPreferences } from '@/api';
import { byPace, groupsOf, inputOf, isQuietPossible, REASONS, withoutNumber } from './model';

const preferences: NotificationPreferences = {
  daily_at: '08:00',
  email: { mentioned: 'soon', commented: 'daily', closed: 'off', reopened: 'sometimes', noticed: 'soon' },
  in_app: { mentioned: true, closed: false },
  sms: { assigned: true, closed: true },
  has_sms: true,
  quiet_hours: null,
  time_zone: 'Europe/Berlin',
  version: 3,
};

describe('preferences', () => {
  it('send back what they know and nothing else', () => {
    expect(inputOf(preferences)).toEqual({
      email: { mentioned: 'soon', commented: 'daily', closed: 'off' },
      sms: {
        mentioned: false,
        assigned: true,
        escalated: false,
        sla_breached: false,
        sla_at_risk: false,
        resolved: false,
        reopened: false,
        commented: false,
      },
      in_app: { mentioned: true, closed: false },
      quiet_hours: null,
      daily_at: '08:00',
    });
  });

  it('sort reasons by when mail is sent', () => {
    const sorted = byPace(preferences, ['mentioned', 'commented', 'closed', 'reopened']);
    expect(sorted).toEqual({ soon: ['mentioned'], hourly: [], daily: ['commented'], off: ['closed', 'reopened'] });
  });

  it('offer those who only report what they can hear of', () => {
    expect(groupsOf(true).flatMap((group) => group.reasons)).toEqual(REASONS);
    const offered = groupsOf(false).flatMap((group) => group.reasons);
    expect(offered).toContain('commented');
    expect(offered).not.toContain('assigned');
    expect(groupsOf(false).map((group) => group.name)).toEqual(['you', 'tickets']);
  });

  it('take times of day that differ for quiet hours', () => {
    expect(isQuietPossible('22:00', '07:00')).toBe(true);
    expect(isQuietPossible('22:00', '22:00')).toBe(false);
    expect(isQuietPossible('', '07:00')).toBe(false);
  });
});

describe('subjects', () => {
  it('lose the number only where it stands before them', () => {
    expect(withoutNumber('[INC-000042] VPN drops', 'INC-000042')).toBe('VPN drops');
    expect(withoutNumber('[INC-000042] VPN drops', 'INC-000043')).toBe('[INC-000042] VPN drops');
    expect(withoutNumber('Three tickets', null)).toBe('Three tickets');
  });
});
