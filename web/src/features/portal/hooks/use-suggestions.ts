import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listTicketsOptions } from '@/api';
import { useMe } from '@/features/session/public';
import { mostLike, requestsQuery, textOfOutage } from '../model';
import { useOutages } from './use-outages';

const AFTER_MS = 150;
const LOOKED_AT = 50;

/** What fits the words being typed: known outages and one's own open requests. */
export function useSuggestions(text: string) {
  const me = useMe();
  const [typed] = useDebouncedValue(text, AFTER_MS);
  const outages = useOutages();
  const own = useQuery({
    ...listTicketsOptions({ query: { ...requestsQuery('open', me.id), per_page: LOOKED_AT } }),
    placeholderData: keepPreviousData,
  });
  return {
    outages: mostLike(typed, outages.data?.data ?? [], textOfOutage),
    requests: mostLike(typed, own.data?.data ?? [], (row) => row.title),
  };
}
