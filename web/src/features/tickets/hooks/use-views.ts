import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { countViewsOptions, listViewsOptions, operation, type ViewView } from '@/api';
import { askAgain } from '@/lib/live-state';
import { notifyProblem } from '@/ui/feedback/notify-problem';

const COUNT_AGAIN_MS = 30_000;
const SYSTEM_KEYS = ['my_open', 'unassigned_in_my_teams', 'all_open', 'on_hold', 'resolved_last_7_days'] as const;

/** The views that this person sees, in their order. */
export function useViews() {
  return useQuery({ ...listViewsOptions(), staleTime: 60_000 });
}

/** How many tickets each view shows now. */
export function useViewCounts() {
  return useQuery({ ...countViewsOptions(), refetchInterval: askAgain(COUNT_AGAIN_MS) });
}

/** The name of a view; those that come with the product are translated. */
export function useViewName() {
  const { t } = useTranslation('tickets');
  return useCallback(
    (view: Pick<ViewView, 'key' | 'name'>) => {
      const key = SYSTEM_KEYS.find((known) => known === view.key);
      return key ? t(`view.system.${key}`) : view.name;
    },
    [t],
  );
}

/** Does something to views and asks for all of them again. */
export function useViewChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: operation('listViews') }),
        client.invalidateQueries({ queryKey: operation('countViews') }),
      ]),
    onError: notifyProblem,
  });
}
