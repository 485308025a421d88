import { Anchor, Badge, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleView } from '@/api';
import { useRoleName } from '@/features/people/public';
import { columnsFor } from '@/ui/data-table/features';
import { useRoleDescription } from './use-role-description';

const column = columnsFor<RoleView>();

/** The columns of the list of roles. */
export function useRoleColumns() {
  const { t } = useTranslation('roles');
  const roleName = useRoleName();
  const descriptionOf = useRoleDescription();
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'name',
          header: t('name'),
          size: 180,
          meta: { label: t('name'), sortKey: 'name' },
          cell: ({ row }) => (
            <Anchor
              inherit
              fw={550}
              c="inherit"
              renderRoot={(props) => <Link to="/admin/roles/$id" params={{ id: row.original.id }} {...props} />}
            >
              {roleName(row.original.name)}
            </Anchor>
          ),
        }),
        column.display({
          id: 'description',
          header: t('description'),
          size: 260,
          meta: { label: t('description'), isGrowing: true },
          cell: ({ row }) => descriptionOf(row.original),
        }),
        column.display({
          id: 'members',
          header: t('members'),
          size: 100,
          meta: { label: t('members'), sortKey: 'member_count' },
          cell: ({ row }) => row.original.member_count,
        }),
        column.display({
          id: 'rights',
          header: t('rights'),
          size: 90,
          meta: { label: t('rights'), dropOrder: 1 },
          cell: ({ row }) => row.original.permissions.length,
        }),
        column.display({
          id: 'marks',
          header: t('marks'),
          size: 200,
          meta: { label: t('marks'), dropOrder: 2 },
          cell: ({ row }) => (
            <Group gap={4} wrap="nowrap">
              {row.original.is_system && <Badge color="gray">{t('system')}</Badge>}
              {row.original.requires_mfa && <Badge color="orange">{t('mfaShort')}</Badge>}
            </Group>
          ),
        }),
      ]),
    [t, roleName, descriptionOf],
  );
}
