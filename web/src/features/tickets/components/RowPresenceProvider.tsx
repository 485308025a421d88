import type { ReactNode } from 'react';
import { RowPresenceContext, useRowPresence } from '../hooks/use-row-presence';

/** A list whose rows show who has their tickets open. */
export function RowPresenceProvider({ children }: { children: ReactNode }) {
  return <RowPresenceContext value={useRowPresence()}>{children}</RowPresenceContext>;
}
