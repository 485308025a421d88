import type { PolicyView, TargetInput, TargetsInput } from '@/api';

export const PRIORITIES = ['critical', 'high', 'medium', 'low'] as const;
export const METRICS = ['response', 'resolution', 'next_update'] as const;
export const AGREEMENTS = ['sla', 'ola', 'uc'] as const;
export type Agreement = (typeof AGREEMENTS)[number];
export type Metric = (typeof METRICS)[number];

export function isAgreement(word: unknown): word is Agreement {
  return AGREEMENTS.some((each) => each === word);
}

/** The minutes of a metric in a target. */
export function minutesIn(target: TargetInput, metric: Metric): number | null {
  const { response_minutes, resolution_minutes, next_update_minutes } = target;
  const minutes = { response: response_minutes, resolution: resolution_minutes, next_update: next_update_minutes };
  return minutes[metric] ?? null;
}

export function withMinutes(target: TargetInput, metric: Metric, minutes: number | null): TargetInput {
  const field = { response: 'response_minutes', resolution: 'resolution_minutes', next_update: 'next_update_minutes' };
  return { ...target, [field[metric]]: minutes };
}

/** What a new policy gives. */
export const USUAL_TARGETS: TargetsInput = {
  critical: { response_minutes: 15, resolution_minutes: 240 },
  high: { response_minutes: 60, resolution_minutes: 480 },
  medium: { response_minutes: 240, resolution_minutes: 1440 },
  low: { response_minutes: 480, resolution_minutes: 2400 },
};

/** The order after one policy moved to another place, by id. */
export function reordered(policies: readonly Pick<PolicyView, 'id'>[], id: string, to: number): string[] {
  const others = policies.map((policy) => policy.id).filter((each) => each !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}
