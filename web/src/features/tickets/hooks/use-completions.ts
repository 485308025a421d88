import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listReplyTemplatesOptions, listUsersOptions, searchOptions, type TicketView } from '@/api';
import { type OpenWord, searchedWord } from '../completion';

/** What can take the place of the word. */
export interface Offer {
  id: string;
  /** What is found, and what tells it from others of the same name. */
  name: string;
  detail?: string;
  /** What is written; the text of a template is asked for when it is chosen. */
  word?: string;
}

const MOST = 6;
const MOST_TEMPLATES = 100;
const PAUSE_MS = 150;

/** The reply templates that fit a ticket. */
export function useTemplates(ticket: TicketView, isWanted = true) {
  const { data } = useQuery({
    ...listReplyTemplatesOptions({ query: { is_active: true, per_page: MOST_TEMPLATES } }),
    enabled: isWanted,
    staleTime: 60_000,
    retry: false,
  });
  return (data?.data ?? []).filter(
    (template) =>
      (!template.kind || template.kind === ticket.kind) && (!template.team || template.team.id === ticket.team?.id),
  );
}

/** What is offered for the word that is being typed. */
export function useCompletions(ticket: TicketView, open: OpenWord | null): Offer[] {
  const kind = open?.kind;
  const [words] = useDebouncedValue(open?.word ?? '', PAUSE_MS);
  const people = useQuery({
    ...listUsersOptions({ query: { search: open?.word || undefined, is_active: true, per_page: MOST } }),
    enabled: kind === 'person',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  const found = useQuery({
    ...searchOptions({ query: { q: searchedWord(words) } }),
    enabled: kind === 'ticket' && words !== '',
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
  const templates = useTemplates(ticket, kind === 'template');
  if (!open) return [];
  if (kind === 'person') {
    return (people.data?.data ?? []).map(({ id, name, username }) => {
      return { id, name, detail: `@${username}`, word: `@${username}` };
    });
  }
  if (kind === 'ticket') {
    const hits = (found.data?.data ?? []).filter((hit) => hit.number !== ticket.number);
    return hits.slice(0, MOST).map(({ number, title }) => ({ id: number, name: number, detail: title, word: number }));
  }
  const wanted = open.word.toLowerCase();
  const fitting = templates.filter(({ name }) => name.toLowerCase().replaceAll(/\s/g, '-').includes(wanted));
  return fitting.slice(0, MOST).map(({ id, name }) => ({ id, name }));
}
