import { rangeBetween } from './cursor';

/** A row joins the selection, or leaves it. */
export function toggled(selection: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(selection);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Every row from the last one that was chosen to this one joins. */
export function extended(
  selection: ReadonlySet<string>,
  ids: readonly string[],
  anchor: string | null,
  id: string,
): Set<string> {
  return new Set([...selection, ...rangeBetween(ids, anchor ?? id, id)]);
}

/** Every loaded row, or none where all are chosen already. */
export function allOrNone(selection: ReadonlySet<string>, ids: readonly string[]): Set<string> {
  return ids.every((id) => selection.has(id)) ? new Set() : new Set(ids);
}
