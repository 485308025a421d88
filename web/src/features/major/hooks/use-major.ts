import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getMajorIncidentOptions, listMajorUpdatesOptions, operation } from '@/api';
import { useTicket, useTimeline } from '@/features/tickets/public';
import { askAgain } from '@/lib/live-state';
import { notifyProblem } from '@/ui/feedback/notify-problem';

const ASK_AGAIN_MS = 15_000;
const path = (number: string) => ({ path: { key: number } });

/**
 * A major incident; asked for again while it is looked at. Nothing while the incident never was one, which its
 * history tells: to ask for what is not there would be an error.
 */
export function useMajor(number: string) {
  const ticket = useTicket(number);
  const timeline = useTimeline(number);
  const isNow = ticket.data?.is_major;
  const wasOnce = timeline.data?.data.some(({ field }) => field === 'is_major');
  const major = useQuery({
    ...getMajorIncidentOptions(path(number)),
    enabled: isNow === true || wasOnce === true,
    refetchInterval: askAgain(ASK_AGAIN_MS),
  });
  /** What could not be asked, and can be again. */
  const failed = [isNow === false ? timeline : null, major].find((asked) => asked?.isError);
  return { major, failed, isNone: isNow === false && wasOnce === false };
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
