import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getMajorIncidentOptions, listMajorUpdatesOptions, operation } from '@/api';
import { askAgain } from '@/lib/live-state';
import { notifyProblem } from '@/ui/feedback/notify-problem';

const ASK_AGAIN_MS = 15_000;
const path = (number: string) => ({ path: { key: number } });

/** A major incident; asked for again while it is looked at. */
export function useMajor(number: string) {
  return useQuery({ ...getMajorIncidentOptions(path(number)), refetchInterval: askAgain(ASK_AGAIN_MS) });
}

/** What the organization was told, newest first. */
export function useMajorUpdates(number: string) {
  return useQuery({
    ...listMajorUpdatesOptions({ ...path(number), query: { per_page: 50 } }),
    refetchInterval: askAgain(ASK_AGAIN_MS),
  });
}

const TOUCHED = ['getMajorIncident', 'listMajorUpdates', 'listMajorIncidents', 'getTicket', 'listTimeline'] as const;

/** Changes a major incident and asks again for all that shows it. */
export function useMajorChange<Input>(change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(TOUCHED.map((id) => client.invalidateQueries({ queryKey: operation(id) }))),
    onError: notifyProblem,
  });
}
