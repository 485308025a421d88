export type Visibility = 'public' | 'internal';

/** What is written on this device. */
export interface LocalDraft {
  body: string;
  visibility: Visibility;
  /** Version of the server's copy that this text continues; 0 when there is none. */
  version: number;
  /** Whether the server has not this text yet. */
  isDirty: boolean;
}

/** What the server keeps. */
export interface ServerDraft {
  body: string;
  visibility: Visibility;
  version: number;
}

export const NO_DRAFT: LocalDraft = { body: '', visibility: 'public', version: 0, isDirty: false };

export type Verdict =
  | { kind: 'keep' }
  /** The device takes over what the server has. */
  | { kind: 'adopt'; draft: LocalDraft }
  /** The server should take over what the device has. */
  | { kind: 'save'; draft: LocalDraft }
  /** Written at two places: a person decides. */
  | { kind: 'conflict'; theirs: ServerDraft };

/** What becomes of the text of this device when the server's copy is known. */
export function reconcile(local: LocalDraft, server: ServerDraft | null): Verdict {
  if (!server) {
    if (local.isDirty && local.body.trim()) return { kind: 'save', draft: { ...local, version: 0 } };
    // It was sent or thrown away on another device.
    return local.version > 0 ? { kind: 'adopt', draft: NO_DRAFT } : { kind: 'keep' };
  }
  const theirs: LocalDraft = { ...server, isDirty: false };
  if (!local.isDirty || !local.body.trim()) return { kind: 'adopt', draft: theirs };
  if (local.body === server.body && local.visibility === server.visibility) return { kind: 'adopt', draft: theirs };
  if (local.version === server.version) return { kind: 'save', draft: local };
  return { kind: 'conflict', theirs: server };
}

/** Reads a draft from what the browser keeps as text. */
export function draftOf(fields: Readonly<Record<string, string>>): LocalDraft {
  return {
    body: fields.body ?? '',
    visibility: fields.visibility === 'internal' ? 'internal' : 'public',
    version: Number(fields.version ?? 0) || 0,
    isDirty: fields.dirty === 'yes' || (fields.dirty === undefined && (fields.body ?? '') !== ''),
  };
}

/** A draft as the browser keeps it. */
export function fieldsOf(draft: LocalDraft): Record<string, string> {
  return {
    body: draft.body,
    visibility: draft.visibility,
    version: String(draft.version),
    dirty: draft.isDirty ? 'yes' : 'no',
  };
}
