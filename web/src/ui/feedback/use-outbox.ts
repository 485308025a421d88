import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { asApiError } from '@/lib/api-error';
import { type Outcome, outbox } from '@/lib/outbox';

const subscribe = (onChange: () => void) => outbox.listen(onChange);

/** What is to be sent under this name: waits for the connection where there is none. */
export function useOutbox(key: string, onOutcome?: (outcome: Outcome) => void) {
  const isWaiting = useSyncExternalStore(subscribe, () => outbox.waits(key));
  const heard = useRef(onOutcome);
  heard.current = onOutcome;
  useEffect(() => outbox.listen((name, outcome) => void (name === key && outcome && heard.current?.(outcome))), [key]);
  /** Sends, or lets it wait; other failures are the caller's. Tells whether it is sent. */
  const send = useCallback(
    async (letter: () => Promise<unknown>): Promise<boolean> => {
      if (outbox.waits(key)) return (await outbox.try(key)).kind === 'sent';
      try {
        await letter();
        return true;
      } catch (error) {
        if (!asApiError(error).isOffline) throw error;
        outbox.put(key, letter);
        return false;
      }
    },
    [key],
  );
  const withdraw = useCallback(() => outbox.takeOut(key), [key]);
  const tryNow = useCallback(() => void outbox.try(key), [key]);
  return { isWaiting, send, withdraw, tryNow };
}
