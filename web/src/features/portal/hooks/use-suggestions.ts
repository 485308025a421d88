import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type MajorRowView, operation, type SimilarTicket, suggestForReport } from '@/api';
import { MOST_SUGGESTED, mostLike, tellingWords, textOfOutage } from '../model';

const AFTER_MS = 150;
const NO_OUTAGES: MajorRowView[] = [];
const NO_TICKETS: SimilarTicket[] = [];

/** What fits the words being typed: known outages and requests that the person may see. */
export function useSuggestions(text: string) {
  const [typed] = useDebouncedValue(text.trim(), AFTER_MS);
  const isTelling = tellingWords(typed).length > 0;
  const answer = useQuery({
    queryKey: [...operation('suggestForReport'), typed],
    queryFn: async ({ signal }) => (await suggestForReport({ body: { title: typed }, signal })).data,
    enabled: isTelling,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  if (!isTelling || !answer.data) return { outages: NO_OUTAGES, requests: NO_TICKETS };
  return {
    outages: mostLike(typed, answer.data.major_incidents, textOfOutage),
    requests: answer.data.similar.slice(0, MOST_SUGGESTED),
  };
}
