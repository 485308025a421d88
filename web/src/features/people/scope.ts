export const SCOPES = ['own', 'team', 'all'] as const;

/** How far a right reaches. */
export type Scope = (typeof SCOPES)[number];

export function isScope(word: string): word is Scope {
  return SCOPES.some((scope) => scope === word);
}
