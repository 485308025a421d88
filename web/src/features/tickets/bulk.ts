import { type BulkInput, type BulkOutcome, bulkUpdateTickets, undoBulkUpdate } from '@/api';

/** What is done to many tickets at once. */
export type BulkChange = Omit<BulkInput, 'tickets' | 'filters' | 'dry_run'>;

export interface BulkSummary {
  done: number;
  refused: BulkOutcome[];
  undoIds: string[];
}

/** Tickets in one request: few enough to show progress. */
export const CHUNK = 50;
/** Most tickets of one action. */
export const MOST_AT_ONCE = 1000;

/** The numbers in lists of at most `size`. */
export function chunks(numbers: readonly string[], size = CHUNK): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < numbers.length; at += size) parts.push(numbers.slice(at, at + size));
  return parts;
}

interface BulkRun {
  numbers: readonly string[];
  change: BulkChange;
  /** Changes nothing, and tells what would become of each. */
  isDryRun?: boolean;
  onProgress: (finished: number) => void;
}

/** Changes the tickets part by part; what is refused is told and stops nothing else. */
export async function runBulk({ numbers, change, isDryRun, onProgress }: BulkRun): Promise<BulkSummary> {
  const summary: BulkSummary = { done: 0, refused: [], undoIds: [] };
  let finished = 0;
  for (const tickets of chunks(numbers)) {
    const { data } = await bulkUpdateTickets({ body: { ...change, tickets, dry_run: isDryRun } });
    summary.done += data.done;
    summary.refused.push(...data.data.filter((outcome) => !outcome.is_done));
    if (data.undo_id) summary.undoIds.push(data.undo_id);
    finished += tickets.length;
    onProgress(finished);
  }
  return summary;
}

/** Puts back what was changed. Says whether everything could be put back. */
export async function undoBulk(undoIds: readonly string[]): Promise<boolean> {
  let isComplete = true;
  for (const id of undoIds) {
    const { data } = await undoBulkUpdate({ path: { undo_id: id } });
    if (data.data.some((outcome) => !outcome.is_done)) isComplete = false;
  }
  return isComplete;
}
