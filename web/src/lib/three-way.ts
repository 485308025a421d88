type Fields = Record<string, unknown>;

/** Whether two values of a field are the same to a person. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** The fields that differ, with their new values. */
export function changesOf<Values extends Fields>(before: Values, after: Values): Partial<Values> {
  const changed = Object.entries(after).filter(([name, value]) => !isSame(before[name], value));
  return Object.fromEntries(changed) as Partial<Values>;
}

/** Fields that both sides changed, to different values. */
export function contestedFields<Values extends Fields>(base: Values, mine: Values, theirs: Values): string[] {
  return Object.keys(changesOf(base, mine)).filter(
    (name) => !isSame(base[name], theirs[name]) && !isSame(mine[name], theirs[name]),
  );
}
