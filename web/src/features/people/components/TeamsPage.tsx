import { Anchor, Button, Modal, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listTeamsOptions, type TeamView } from '@/api';
import { useRights } from '@/features/session/public';
import { IconPlus, IconTeam } from '@/ui/icons';
import { ListPage } from '@/ui/list/ListPage';
import type { ListSearch } from '@/ui/list/list-search';
import { useStrategyName } from '../hooks/use-strategy-name';
import { useTeamColumns } from '../hooks/use-team-columns';
import { TeamForm } from './TeamForm';

const teamId = (team: TeamView) => team.id;
const teamName = (team: TeamView) => team.name;

/** The teams. They stand on one page, so their order is applied here. */
export function TeamsPage({ search }: { search: ListSearch }) {
  const { t } = useTranslation(['people', 'common']);
  const navigate = useNavigate();
  const { may } = useRights();
  const strategyName = useStrategyName();
  const [isAdding, setIsAdding] = useState(false);
  const columns = useTeamColumns();
  const query = useQuery({
    ...listTeamsOptions({ query: { search: search.q } }),
    placeholderData: keepPreviousData,
  });
  const sort = search.sort ?? 'name';
  const order = (a: TeamView, b: TeamView) =>
    sort.endsWith('member_count') ? a.member_count - b.member_count : a.name.localeCompare(b.name);
  const shown = (query.data?.data ?? []).toSorted((a, b) => (sort.startsWith('-') ? -order(a, b) : order(a, b)));
  const open = (id: string) => void navigate({ to: '/admin/teams/$id', params: { id } });
  const add = may('team:manage') && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setIsAdding(true)}>
      {t('teams.add')}
    </Button>
  );
  const load = async () => ({
    name: 'teams',
    head: [t('teams.name'), t('teams.description'), t('teams.strategy'), t('teams.members')],
    rows: shown.map((team) => [
      team.name,
      team.description,
      strategyName(team.assignment_strategy),
      String(team.member_count),
    ]),
  });
  return (
    <>
      <ListPage
        title={t('teams.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        action={add}
        answer={{ ...query, data: query.data && { data: shown } }}
        search={search}
        onSearch={(change) =>
          void navigate({ to: '/admin/teams', search: { ...search, ...change }, replace: 'q' in change })
        }
        isFiltered={search.q !== undefined}
        onClear={() => void navigate({ to: '/admin/teams', search: {} })}
        load={load}
        empty={{ icon: IconTeam, title: t('teams.empty'), help: t('teams.emptyHelp'), action: add }}
        columns={columns}
        getRowId={teamId}
        getRowLabel={teamName}
        onOpen={(team) => open(team.id)}
        defaultSort="name"
        renderCard={(team) => (
          <>
            <Anchor
              fw={550}
              c="inherit"
              renderRoot={(props) => <Link to="/admin/teams/$id" params={{ id: team.id }} {...props} />}
            >
              {team.name}
            </Anchor>
            <Text size="sm" c="dimmed">
              {team.description}
            </Text>
            <Text size="xs" c="dimmed">
              {t('teams.memberCount', { count: team.member_count })}
            </Text>
          </>
        )}
      />
      <Modal opened={isAdding} onClose={() => setIsAdding(false)} title={t('teams.add')}>
        <TeamForm onClose={() => setIsAdding(false)} onAdded={(team) => open(team.id)} />
      </Modal>
    </>
  );
}
