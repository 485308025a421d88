import { Button, Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getTicket, getUserOptions } from '@/api';
import { PersonSelect } from '@/features/people/public';
import { asApiError } from '@/lib/api-error';
import { problemWords } from '@/ui/feedback/problem-words';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { CHANNELS, type DeliverySearch, isChannel, isState, STATES } from '../schemas';

interface DeliveryFiltersProps {
  search: DeliverySearch;
  onChange: (change: DeliverySearch) => void;
}

/** Which rows of the log are shown: by state, person and ticket. */
export function DeliveryFilters({ search, onChange }: DeliveryFiltersProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const person = useQuery({
    ...getUserOptions({ path: { id: search.person ?? '' } }),
    enabled: Boolean(search.person),
  });
  const isFiltered = Boolean(search.state ?? search.channel ?? search.person ?? search.ticket);
  return (
    <Group gap="xs" align="flex-start" role="search" aria-label={t('log.title')}>
      <FilterMenu
        label={t('log.state')}
        isSingle
        choices={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={search.state ? [search.state] : []}
        onChange={([state]) => onChange({ state: state && isState(state) ? state : undefined })}
      />
      <FilterMenu
        label={t('log.channel')}
        isSingle
        choices={CHANNELS.map((channel) => ({ value: channel, label: t(`kind.${channel}`) }))}
        value={search.channel ? [search.channel] : []}
        onChange={([channel]) => onChange({ channel: channel && isChannel(channel) ? channel : undefined })}
      />
      <PersonSelect
        aria-label={t('log.person')}
        placeholder={t('log.person')}
        w={180}
        value={search.person ?? null}
        current={person.data ? { id: person.data.id, name: person.data.name } : null}
        onChange={(id) => onChange({ person: id ?? undefined })}
      />
      <TicketFilter key={search.ticket} ticket={search.ticket} onChange={(ticket) => onChange({ ticket })} />
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() => onChange({ state: undefined, channel: undefined, person: undefined, ticket: undefined })}
        >
          {t('common:filter.clear')}
        </Button>
      )}
    </Group>
  );
}

interface TicketFilterProps {
  /** Id of the ticket that is chosen. */
  ticket?: string;
  onChange: (ticket?: string) => void;
}

/** A ticket by its number: kept at Enter, or when the field is left. */
function TicketFilter({ ticket, onChange }: TicketFilterProps) {
  const { t } = useTranslation('notifications');
  const chosen = useQuery({
    queryKey: [{ _id: 'getTicket' as const, path: { key: ticket } }],
    queryFn: async () => (await getTicket({ path: { key: ticket ?? '' } })).data,
    enabled: Boolean(ticket),
  });
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const number = chosen.data?.number ?? '';
  const keep = async () => {
    const words = typed?.trim();
    if (words === undefined || words === number) return;
    if (words === '') return onChange(undefined);
    try {
      onChange((await getTicket({ path: { key: words } })).data.id);
    } catch (error) {
      setProblem(asApiError(error).status === 404 ? t('log.noTicket') : problemWords(asApiError(error)).message);
    }
  };
  return (
    <TextInput
      miw={184}
      aria-label={t('log.ticket')}
      placeholder={t('log.ticketExample')}
      value={typed ?? number}
      error={problem}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setProblem(null);
      }}
      onBlur={() => void keep()}
      onKeyDown={(event) => event.key === 'Enter' && void keep()}
    />
  );
}
