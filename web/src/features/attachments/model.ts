import type { AttachmentView } from '@/api';

/** Most files that the server takes at once. */
export const MAX_FILES = 10;

/** A file that waits to be sent. */
export interface ChosenFile {
  id: string;
  file: File;
}

/** Adds files, none twice and not more than the server takes at once. */
export function addFiles(chosen: readonly ChosenFile[], files: readonly File[]): ChosenFile[] {
  const known = new Set(chosen.map(({ id }) => id));
  const fresh = files.map((file) => ({ id: `${file.name}-${file.size}-${file.lastModified}`, file }));
  const added = fresh.filter(
    ({ id }, index) => !known.has(id) && fresh.findIndex((other) => other.id === id) === index,
  );
  return [...chosen, ...added].slice(0, MAX_FILES);
}

/** Files that came with something said: its own, or by the same person, at most five minutes later and before they spoke again. */
export function filesOf(
  attachments: readonly AttachmentView[],
  entries: readonly { id: string; who: string | undefined; at: string }[],
): Map<string, AttachmentView[]> {
  const LATER_MS = 5 * 60_000;
  const groups = new Map<string, AttachmentView[]>();
  for (const attachment of attachments) {
    const at = Date.parse(attachment.created_at);
    const own = entries.find(({ id }) => id === attachment.comment_id);
    const near = entries.findLast(
      ({ who, at: said }) =>
        who === attachment.uploader.id && Date.parse(said) <= at && at - Date.parse(said) < LATER_MS,
    );
    const key = (own ?? near)?.id ?? '';
    groups.set(key, [...(groups.get(key) ?? []), attachment]);
  }
  return groups;
}
