export const SEVERITIES = ['info', 'warning', 'outage'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const AUDIENCES = ['all', 'agents'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const SEVERITY_COLORS: Record<Severity, string> = { info: 'gray', warning: 'orange', outage: 'red' };

export function isSeverity(word: unknown): word is Severity {
  return SEVERITIES.some((each) => each === word);
}

export function isAudience(word: unknown): word is Audience {
  return AUDIENCES.some((each) => each === word);
}
