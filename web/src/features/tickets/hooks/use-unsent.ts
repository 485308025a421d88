import { useSyncExternalStore } from 'react';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { unsentBox } from '../unsent';

const subscribe = (onChange: () => void) => unsentBox.listen(onChange);

/** What this person has sent for a ticket and the conversation does not hold yet. */
export function useUnsent(number: string) {
  const me = useMe();
  const key = draftKey(me.id, `unsent.${number}`);
  const messages = useSyncExternalStore(subscribe, () => unsentBox.list(key));
  return { key, messages };
}
