import type { SlaChip } from '@/api';

/** How a clock looks: in words, by shape and by colour. */
export type SlaLook = 'running' | 'near' | 'breached' | 'paused' | 'met' | 'met_late' | 'stopped';

/** From this part of its time on a clock is near its end. */
const NEAR = 0.8;

type Clock = Pick<SlaChip, 'state' | 'target_minutes' | 'due_at' | 'breached_at' | 'met_at' | 'as_of'> & {
  consumed_seconds: number;
};

/** How a clock stands now; what the server said of the past counts, the rest is this moment's. */
export function slaLook(clock: Clock, now: number): SlaLook {
  const isLate = Boolean(clock.breached_at) || (clock.due_at ? Date.parse(clock.due_at) <= now : false);
  if (clock.met_at) return clock.breached_at ? 'met_late' : 'met';
  if (clock.state === 'paused') return clock.breached_at ? 'breached' : 'paused';
  if (isLate) return 'breached';
  if (!clock.due_at || clock.state === 'cancelled') return 'stopped';
  if (clock.state === 'at_risk') return 'near';
  const target = clock.target_minutes * 60;
  const left = secondsLeft(clock, now);
  return target > 0 && left <= target * (1 - NEAR) ? 'near' : 'running';
}

/** Seconds on the wall until the time is used up; less than 0 after that. */
export function secondsLeft(clock: Pick<SlaChip, 'due_at'>, now: number): number {
  return clock.due_at ? (Date.parse(clock.due_at) - now) / 1000 : 0;
}

/** The clock that someone should look at first: breached, then the one that is due first, then the rest. */
export function mostUrgent<Chip extends Clock>(clocks: readonly Chip[], now: number): Chip | undefined {
  const rank = (clock: Chip) => {
    const look = slaLook(clock, now);
    if (look === 'breached') return 0;
    if (look === 'near' || look === 'running') return 1;
    return look === 'paused' ? 2 : 3;
  };
  const due = (clock: Chip) => (clock.due_at ? Date.parse(clock.due_at) : Number.MAX_SAFE_INTEGER);
  return clocks.toSorted((a, b) => rank(a) - rank(b) || due(a) - due(b))[0];
}
