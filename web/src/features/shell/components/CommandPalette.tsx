import { Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight } from '@mantine/spotlight';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useAllActions } from '@/actions/use-actions';
import { listUsersOptions, searchOptions } from '@/api';
import { roomsOf, useMe } from '@/features/session/public';
import { isUnfinished, pauseAfter, plainWords } from '@/lib/search-words';
import { PatientEnter } from '@/ui/form/PatientEnter';
import { IconSearch, IconTicket, IconUser } from '@/ui/icons';
import { paletteStore, selectFirst } from '@/ui/palette/open-palette';
import { Keys } from '@/ui/text/Keys';
import { Segments } from '@/ui/text/Segments';
import { matchingActions, ticketNumberIn } from '../palette-search';

/** `Ctrl K`: everything that can be done here, every page, and any ticket by its number. */
export function CommandPalette() {
  const { t } = useTranslation();
  const router = useRouter();
  const me = useMe();
  const [query, setQuery] = useState('');
  const actions = useAllActions();
  const number = ticketNumberIn(query);
  // A number that is still being typed is nobody's ticket: the search finds none, where the ticket itself would be an error.
  const ticket = useQuery({ ...searchOptions({ query: { q: number ?? '' } }), enabled: number !== null });
  const isWorking = roomsOf(me.roles).includes('agent');
  const [words] = useDebouncedValue(query.trim(), pauseAfter(query));
  const names = plainWords(words);
  // A filter that is still being typed is no question yet.
  const canSearch = words.length > 2 && number === null && !isUnfinished(words);
  const hits = useQuery({
    ...searchOptions({ query: { q: words } }),
    enabled: canSearch,
    placeholderData: keepPreviousData,
  });
  const people = useQuery({
    ...listUsersOptions({ query: { search: names, is_active: true, per_page: 4 } }),
    enabled: canSearch && isWorking && names.length > 2,
    placeholderData: keepPreviousData,
  });
  const matching = matchingActions(actions, query);
  const groups = [...Map.groupBy(matching, (action) => action.section).entries()];
  const openTicket = (key: string) => {
    void router.navigate({ to: isWorking ? '/agent/incidents/$key' : '/portal/requests/$key', params: { key } });
  };
  const found = ticket.data?.data.find((hit) => hit.number === number) ?? null;
  useEffect(() => {
    if (found) selectFirst();
  }, [found]);
  const tickets = canSearch ? (hits.data?.data ?? []).slice(0, 6) : [];
  const persons = canSearch && isWorking && names.length > 2 ? (people.data?.data ?? []) : [];
  // What can be done here is known at once; what the server finds is not.
  const isBehind = words !== query.trim() || (canSearch && (hits.isPlaceholderData || hits.isLoading));
  const isSearching = matching.length === 0 && (number === null ? isBehind : ticket.isLoading);
  const isEmpty = !found && matching.length + tickets.length + persons.length === 0;
  return (
    <PatientEnter isSearching={isSearching}>
      <Spotlight.Root
        attributes={{ content: { 'aria-label': t('palette.label') } }}
        store={paletteStore}
        query={query}
        onQueryChange={setQuery}
        shortcut={null}
        scrollable
        maxHeight={420}
      >
        <Spotlight.Search
          placeholder={t('palette.placeholder')}
          aria-label={t('palette.label')}
          leftSection={<IconSearch aria-hidden size={18} />}
        />
        <Spotlight.ActionsList role={isEmpty ? undefined : 'listbox'} aria-label={t('palette.label')}>
          {found && (
            <Spotlight.ActionsGroup role="group" aria-label={t('palette.tickets')} label={t('palette.tickets')}>
              <Spotlight.Action
                role="option"
                label={t('palette.openTicket', { number: found.number })}
                description={found.title}
                leftSection={<IconTicket aria-hidden size={18} />}
                onClick={() => openTicket(found.number)}
              />
            </Spotlight.ActionsGroup>
          )}
          {groups.map(([section, items]) => (
            <Spotlight.ActionsGroup key={section} role="group" aria-label={section} label={section}>
              {items.map((action) => (
                <PaletteAction key={action.id} action={action} />
              ))}
            </Spotlight.ActionsGroup>
          ))}
          {tickets.length > 0 && (
            <Spotlight.ActionsGroup role="group" aria-label={t('palette.tickets')} label={t('palette.tickets')}>
              {tickets.map((hit) => (
                <Spotlight.Action role="option" key={hit.id} onClick={() => openTicket(hit.number)}>
                  <Group wrap="nowrap" gap="sm" w="100%">
                    <IconTicket aria-hidden size={18} />
                    <div>
                      <Text size="sm">
                        {hit.title_segments.length > 0 ? <Segments segments={hit.title_segments} /> : hit.title}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {hit.number}
                      </Text>
                    </div>
                  </Group>
                </Spotlight.Action>
              ))}
              {isWorking && (
                <Spotlight.Action
                  role="option"
                  label={t('palette.searchFor', { words })}
                  leftSection={<IconSearch aria-hidden size={18} />}
                  onClick={() => void router.navigate({ to: '/agent/search', search: { q: words } })}
                />
              )}
            </Spotlight.ActionsGroup>
          )}
          {persons.length > 0 && (
            <Spotlight.ActionsGroup role="group" aria-label={t('palette.people')} label={t('palette.people')}>
              {persons.map((person) => (
                <Spotlight.Action
                  role="option"
                  key={person.id}
                  label={t('palette.ticketsOf', { name: person.name })}
                  description={person.email}
                  leftSection={<IconUser aria-hidden size={18} />}
                  onClick={() =>
                    void router.navigate({ to: '/agent/tickets', search: { requester: person.id, view: 'all' } })
                  }
                />
              ))}
            </Spotlight.ActionsGroup>
          )}
          {isEmpty && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
        </Spotlight.ActionsList>
      </Spotlight.Root>
    </PatientEnter>
  );
}

function PaletteAction({ action }: { action: Action }) {
  const Icon = action.icon;
  return (
    <Spotlight.Action
      role="option"
      aria-disabled={action.refusal ? true : undefined}
      closeSpotlightOnTrigger={!action.refusal}
      // After the palette has given the focus back, so that dialogs can take it.
      onClick={() => !action.refusal && setTimeout(action.run, 0)}
    >
      <Group wrap="nowrap" gap="sm" w="100%">
        {Icon && <Icon aria-hidden size={17} />}
        <div>
          <Text size="sm">{action.label}</Text>
          {action.refusal && (
            <Text size="xs" c="dimmed">
              {action.refusal}
            </Text>
          )}
        </div>
        <Group ms="auto">{action.shortcut && <Keys shortcut={action.shortcut} />}</Group>
      </Group>
    </Spotlight.Action>
  );
}
