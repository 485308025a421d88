import { Anchor, Badge, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { Time } from '@/ui/time/Time';
import { useRoleName } from './use-role-name';

const column = columnsFor<UserView>();

/** The columns of the list of people. */
export function useUserColumns() {
  const { t } = useTranslation('people');
  const roleName = useRoleName();
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'name',
          header: t('users.name'),
          size: 180,
          meta: { label: t('users.name'), sortKey: 'last_name' },
          cell: ({ row }) => (
            <Anchor
              inherit
              fw={550}
              c="inherit"
              renderRoot={(props) => <Link to="/admin/users/$id" params={{ id: row.original.id }} {...props} />}
            >
              {row.original.name}
            </Anchor>
          ),
        }),
        column.display({
          id: 'email',
          header: t('users.email'),
          size: 220,
          meta: { label: t('users.email'), sortKey: 'email', isGrowing: true },
          cell: ({ row }) => row.original.email,
        }),
        column.display({
          id: 'roles',
          header: t('users.roles'),
          size: 180,
          meta: { label: t('users.roles'), dropOrder: 1 },
          cell: ({ row }) => row.original.roles.map(roleName).join(', '),
        }),
        column.display({
          id: 'department',
          header: t('users.department'),
          size: 130,
          meta: { label: t('users.department'), dropOrder: 4 },
          cell: ({ row }) => row.original.department?.name,
        }),
        column.display({
          id: 'state',
          header: t('users.state'),
          size: 150,
          meta: { label: t('users.state') },
          cell: ({ row }) => (
            <Group gap={4} wrap="nowrap">
              {row.original.is_active ? (
                <Badge color="teal">{t('users.active')}</Badge>
              ) : (
                <Badge color="gray">{t('users.inactive')}</Badge>
              )}
              {row.original.mfa_enabled && <Badge color="gray">{t('users.mfaShort')}</Badge>}
            </Group>
          ),
        }),
        column.display({
          id: 'created',
          header: t('users.created'),
          size: 120,
          meta: { label: t('users.created'), sortKey: 'created_at', dropOrder: 2 },
          cell: ({ row }) => <Time at={row.original.created_at} />,
        }),
      ]),
    [t, roleName],
  );
}
