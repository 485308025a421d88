import { usePreferences } from '@/features/session/public';
import type { SetupItem } from '../checklist';
import { useChecklist } from './use-checklist';

/** The list among the lists whose columns are kept: none means that it is put away. */
const LIST = 'admin.setup';

export interface SetupList {
  items: readonly SetupItem[];
  putAway: () => Promise<void>;
  bringBack: () => Promise<void>;
}

/**
 * What the administration offers to set up; the choice to put it away holds on every device. Nothing when it is put
 * away, when all is done, and while it could not be asked: it is an offer, and the page stands without it.
 */
export function useSetupList(): SetupList {
  const { preferences, change } = usePreferences();
  const isWanted = preferences !== undefined && !(LIST in preferences.columns);
  const { items, isPending, error } = useChecklist(isWanted);
  const isShown = isWanted && !isPending && !error && items.some((item) => !item.isDone);
  return {
    items: isShown ? items : [],
    putAway: () => change(({ columns }) => ({ columns: { ...columns, [LIST]: [] } })),
    bringBack: () => change(({ columns: { [LIST]: _, ...columns } }) => ({ columns })),
  };
}
