/** Where drafts are kept: localStorage, or nothing where the browser has switched it off. */
export interface DraftStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const PREFIX = 'steward.draft.';

/** Drafts belong to a person, so that the next one at the same computer does not meet them. */
export function draftKey(userId: string, what: string): string {
  return `${PREFIX}${userId}.${what}`;
}

export function readDraft(store: DraftStore, key: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(store.getItem(key) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return {};
  }
}

/** Keeps a draft, or forgets it when there is nothing in it. Says whether that worked. */
export function writeDraft(store: DraftStore, key: string, draft: Record<string, string>, isEmpty: boolean): boolean {
  try {
    if (isEmpty) store.removeItem(key);
    else store.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}
