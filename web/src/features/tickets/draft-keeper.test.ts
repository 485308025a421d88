import { describe, expect, it } from 'vitest';
import { draftOf, fieldsOf, type LocalDraft, NO_DRAFT, reconcile, type ServerDraft } from './draft-keeper';

const local = (part: Partial<LocalDraft>): LocalDraft => ({ ...NO_DRAFT, ...part });
const server = (part: Partial<ServerDraft>): ServerDraft => ({
  body: 'theirs',
  visibility: 'public',
  version: 2,
  ...part,
});

describe('reconcile', () => {
  it.each([
    ['nothing anywhere', local({}), null, 'keep'],
    ['only here', local({ body: 'mine', isDirty: true }), null, 'save'],
    ['sent on another device', local({ body: 'mine', version: 2 }), null, 'adopt'],
    ['typed on after it was sent elsewhere', local({ body: 'mine', version: 2, isDirty: true }), null, 'save'],
    ['only there', local({}), server({}), 'adopt'],
    ['newer there', local({ body: 'mine', version: 1 }), server({}), 'adopt'],
    ['newer here', local({ body: 'mine', version: 2, isDirty: true }), server({}), 'save'],
    ['the same in both', local({ body: 'theirs', version: 1, isDirty: true }), server({}), 'adopt'],
    ['written in both', local({ body: 'mine', version: 1, isDirty: true }), server({}), 'conflict'],
    ['emptied here, written there', local({ body: ' ', version: 1, isDirty: true }), server({}), 'adopt'],
    [
      'the same words for other readers',
      local({ body: 'theirs', visibility: 'internal', isDirty: true }),
      server({}),
      'conflict',
    ],
  ])('%s', (_, mine, theirs, kind) => {
    expect(reconcile(mine, theirs).kind).toBe(kind);
  });

  it('forgets a draft that was sent elsewhere, and begins anew on the server where it lives on', () => {
    expect(reconcile(local({ body: 'mine', version: 2 }), null)).toEqual({ kind: 'adopt', draft: NO_DRAFT });
    const verdict = reconcile(local({ body: 'mine', version: 2, isDirty: true }), null);
    expect(verdict.kind === 'save' && verdict.draft.version).toBe(0);
  });
});

describe('what the browser keeps', () => {
  it('comes back as it was', () => {
    const draft = local({ body: 'a', visibility: 'internal', version: 3, isDirty: true });
    expect(draftOf(fieldsOf(draft))).toEqual(draft);
  });

  it('of an earlier release has not reached the server', () => {
    expect(draftOf({ body: 'a', visibility: 'public' }).isDirty).toBe(true);
    expect(draftOf({})).toEqual(NO_DRAFT);
  });
});
