import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  getNotificationPreferencesOptions,
  getNotificationPreferencesQueryKey,
  type NotificationPreferences,
  type NotificationPreferencesInput,
  putNotificationPreferences,
} from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { inputOf } from '../model';

const KEEP = ['keepNotificationPreferences'];

/** What someone chose to be told; a change shows at once, is kept, and can be taken back. */
export function usePreferencesEdit() {
  const { t } = useTranslation('notifications');
  const client = useQueryClient();
  const key = getNotificationPreferencesQueryKey();
  const query = useQuery(getNotificationPreferencesOptions());
  const keep = useMutation({
    mutationKey: KEEP,
    // One after the other: each is written over the version before it.
    scope: { id: 'notification-preferences' },
    mutationFn: async (body: NotificationPreferencesInput) => {
      const version = client.getQueryData<NotificationPreferences>(key)?.version ?? 0;
      const { data } = await putNotificationPreferences({ body, headers: { 'If-Match': `"${version}"` } });
      // What was chosen since is shown already, and not yet in this answer.
      const isLast = client.isMutating({ mutationKey: KEEP }) === 1;
      client.setQueryData<NotificationPreferences>(key, (shown) =>
        isLast || !shown ? data : { ...shown, version: data.version },
      );
      return data;
    },
  });
  const change = (next: Partial<NotificationPreferences>) => {
    const before = client.getQueryData<NotificationPreferences>(key);
    if (!before) return;
    const after = { ...before, ...next };
    client.setQueryData(key, after);
    keep.mutate(inputOf(after), {
      onSuccess: () => notifyUndo(t('preferences.saved'), () => keep.mutateAsync(inputOf(before))),
      onError: (error) => {
        notifyProblem(error);
        void client.invalidateQueries({ queryKey: key });
      },
    });
  };
  return { query, change };
}
