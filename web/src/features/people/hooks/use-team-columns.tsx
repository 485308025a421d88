import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { STRATEGIES } from './use-strategy-name';

const column = columnsFor<TeamView>();

/** The columns of the list of teams. */
export function useTeamColumns() {
  const { t } = useTranslation('people');
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'name',
          header: t('teams.name'),
          size: 180,
          meta: { label: t('teams.name'), sortKey: 'name' },
          cell: ({ row }) => (
            <Anchor
              inherit
              fw={550}
              c="inherit"
              renderRoot={(props) => <Link to="/admin/teams/$id" params={{ id: row.original.id }} {...props} />}
            >
              {row.original.name}
            </Anchor>
          ),
        }),
        column.display({
          id: 'description',
          header: t('teams.description'),
          size: 260,
          meta: { label: t('teams.description'), isGrowing: true },
          cell: ({ row }) => row.original.description,
        }),
        column.display({
          id: 'strategy',
          header: t('teams.strategy'),
          size: 260,
          meta: { label: t('teams.strategy'), dropOrder: 1 },
          cell: ({ row }) => {
            const known = STRATEGIES.find((each) => each === row.original.assignment_strategy);
            return known ? t(`strategy.${known}`) : t('strategy.none');
          },
        }),
        column.display({
          id: 'members',
          header: t('teams.members'),
          size: 110,
          meta: { label: t('teams.members'), sortKey: 'member_count' },
          cell: ({ row }) => row.original.member_count,
        }),
      ]),
    [t],
  );
}
