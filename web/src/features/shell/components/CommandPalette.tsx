import { Group, Text } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useAllActions } from '@/actions/use-actions';
import { getTicketOptions } from '@/api';
import { roomsOf, useMe } from '@/features/session/public';
import { IconSearch, IconTicket } from '@/ui/icons';
import { Keys } from '@/ui/text/Keys';
import { matchingActions, ticketNumberIn } from '../palette-search';

/** `Ctrl K`: everything that can be done here, every page, and any ticket by its number. */
export function CommandPalette() {
  const { t } = useTranslation();
  const router = useRouter();
  const me = useMe();
  const [query, setQuery] = useState('');
  const actions = useAllActions();
  const number = ticketNumberIn(query);
  const ticket = useQuery({ ...getTicketOptions({ path: { key: number ?? '' } }), enabled: number !== null });
  const matching = matchingActions(actions, query);
  const groups = [...Map.groupBy(matching, (action) => action.section).entries()];
  const openTicket = (key: string) => {
    const isWorking = roomsOf(me.roles).includes('agent');
    void router.navigate({ to: isWorking ? '/agent/incidents/$key' : '/portal/requests/$key', params: { key } });
  };
  const found = number !== null && ticket.data ? ticket.data : null;
  const isEmpty = !found && matching.length === 0;
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut={null} scrollable maxHeight={420}>
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.label')}
        leftSection={<IconSearch aria-hidden size={18} />}
      />
      <Spotlight.ActionsList>
        {found && (
          <Spotlight.ActionsGroup label={t('palette.tickets')}>
            <Spotlight.Action
              label={t('palette.openTicket', { number: found.number })}
              description={found.title}
              leftSection={<IconTicket aria-hidden size={18} />}
              onClick={() => openTicket(found.number)}
            />
          </Spotlight.ActionsGroup>
        )}
        {groups.map(([section, items]) => (
          <Spotlight.ActionsGroup key={section} label={section}>
            {items.map((action) => (
              <PaletteAction key={action.id} action={action} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {isEmpty && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function PaletteAction({ action }: { action: Action }) {
  const Icon = action.icon;
  return (
    <Spotlight.Action
      disabled={Boolean(action.refusal)}
      // After the palette has given the focus back, so that dialogs can take it.
      onClick={() => setTimeout(action.run, 0)}
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
