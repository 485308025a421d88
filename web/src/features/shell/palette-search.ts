import type { Action } from '@/actions/define-action';

/** The ticket number in a query such as `inc 42` or `INC-000042`; numbers have six digits. */
export function ticketNumberIn(query: string): string | null {
  const match = /^\s*#?([a-z]{2,5})[-\s]?(\d{1,9})\s*$/i.exec(query);
  const [, prefix, digits] = match ?? [];
  return prefix && digits ? `${prefix.toUpperCase()}-${digits.padStart(6, '0')}` : null;
}

function score(action: Action, words: readonly string[]): number {
  const label = action.label.toLowerCase();
  const all = `${label} ${action.section} ${action.keywords ?? ''}`.toLowerCase();
  if (!words.every((word) => all.includes(word))) return 0;
  const first = words[0] ?? '';
  if (label.startsWith(first)) return 3;
  return words.every((word) => label.includes(word)) ? 2 : 1;
}

const rank = (is: unknown) => Number(Boolean(is));

/** What the palette shows for a query: every word must be found; what belongs to the page first, the refused last. */
export function matchingActions(actions: readonly Action[], query: string): Action[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const shown = actions.filter((action) => !action.isHidden);
  const ranked = shown
    .map((action, index) => ({ action, index, score: words.length === 0 ? 1 : score(action, words) }))
    .filter((item) => item.score > 0)
    .toSorted(
      (a, b) =>
        rank(a.action.refusal) - rank(b.action.refusal) ||
        b.score - a.score ||
        rank(a.action.isGlobal) - rank(b.action.isGlobal) ||
        a.index - b.index,
    );
  return ranked.map((item) => item.action);
}
