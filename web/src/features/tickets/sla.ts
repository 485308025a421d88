import type { SlaChip } from '@/api';

/** How a clock looks: in words, by shape and by colour. */
export type SlaLook = 'running' | 'near' | 'breached' | 'paused' | 'met' | 'met_late' | 'stopped';

/** From this part of its time on a clock is near its end. */
const NEAR = 0.8;

type Clock = Pick<SlaChip, 'state' | 'target_minutes' | 'due_at' | 'breached_at' | 'met_at'> & Countdown;

type Countdown = Pick<SlaChip, 'remaining_seconds' | 'remaining_at' | 'is_open' | 'changes_at'>;

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
  return target > 0 && left !== null && left <= target * (1 - NEAR) ? 'near' : 'running';
}

/** Whether a running clock counts now: its calendar is open. */
export function counts({ is_open, changes_at }: Countdown, now: number): boolean {
  const isChanged = Boolean(changes_at) && Date.parse(changes_at ?? '') <= now;
  return Boolean(is_open) !== isChanged;
}

/** Business seconds that are left: they pass while the calendar is open; none where it is not told. */
export function secondsLeft(clock: Countdown, now: number): number | null {
  const { remaining_seconds: left, remaining_at, is_open, changes_at } = clock;
  if (left === null || left === undefined) return null;
  const changes = changes_at ? Date.parse(changes_at) : Number.POSITIVE_INFINITY;
  const passed = is_open ? Math.min(now, changes) - Date.parse(remaining_at) : now - changes;
  return Math.max(0, left - Math.max(0, passed) / 1000);
}

/** Seconds on the wall since the time was used up. */
export function secondsLate({ due_at, breached_at }: Pick<SlaChip, 'due_at' | 'breached_at'>, now: number): number {
  const since = breached_at ?? due_at;
  return since ? Math.max(0, now - Date.parse(since)) / 1000 : 0;
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
