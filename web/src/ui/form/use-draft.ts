import { useCallback, useState } from 'react';
import { readDraft, writeDraft } from '@/lib/draft';

/**
 * Text that survives reload, sign-out and a lost connection: every change goes to
 * this device at once. Use a React `key` when the draft's key changes.
 */
export function useDraft<Fields extends Record<string, string>>(key: string, empty: Fields) {
  const [draft, setDraft] = useState<Fields>(() => ({ ...empty, ...readDraft(localStorage, key) }));
  const [isKept, setIsKept] = useState(true);
  const [wasRestored] = useState(() => localStorage.getItem(key) !== null);

  const change = useCallback(
    (part: Partial<Fields>) => {
      setDraft((before) => {
        const next = { ...before, ...part };
        const isEmpty = Object.entries(next).every(([name, value]) => value.trim() === '' || value === empty[name]);
        setIsKept(writeDraft(localStorage, key, next, isEmpty));
        return next;
      });
    },
    [key, empty],
  );

  const forget = useCallback(() => {
    writeDraft(localStorage, key, {}, true);
    setDraft(empty);
  }, [key, empty]);

  return { draft, change, forget, isKept, wasRestored };
}
