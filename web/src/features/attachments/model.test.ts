import { describe, expect, it } from 'vitest';
import type { AttachmentView } from '@/api';
import { addFiles, filesOf, MAX_FILES } from './model';

describe('addFiles', () => {
  it('takes none twice and not more than the server does', () => {
    const photo = new File(['x'], 'photo.jpg', { lastModified: 1 });
    const once = addFiles([], [photo, photo]);
    expect(addFiles(once, [photo])).toHaveLength(1);
    const many = Array.from({ length: 14 }, (_, index) => new File(['x'], `${index}.txt`));
    expect(addFiles(once, many)).toHaveLength(MAX_FILES);
  });
});

describe('filesOf', () => {
  const file = (id: string, who: string, created_at: string) =>
    ({ id, created_at, uploader: { id: who, name: who } }) as AttachmentView;
  const entries = [
    { id: 'first', who: 'lea', at: '2026-03-01T10:00:00Z' },
    { id: 'answer', who: 'priya', at: '2026-03-01T10:01:00Z' },
    { id: 'second', who: 'lea', at: '2026-03-01T10:02:00Z' },
  ];

  it.each([
    ['2026-03-01T10:00:01Z', 'lea', 'first'],
    ['2026-03-01T10:02:30Z', 'lea', 'second'],
    ['2026-03-01T10:02:30Z', 'priya', 'answer'],
    ['2026-03-01T11:00:00Z', 'lea', ''],
    ['2026-03-01T10:02:30Z', 'someone', ''],
  ])('at %s by %s belongs to "%s"', (at, who, entry) => {
    expect([...filesOf([file('f', who, at)], entries).keys()]).toEqual([entry]);
  });
});
