import { ActionIcon, Badge, Group, Menu, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { IconDeactivate, IconDots } from '@/ui/icons';
import { Time } from '@/ui/time/Time';
import { useRoleName } from './use-role-name';

const column = columnsFor<UserView>();

/** The columns of the list of people. */
export function useUserColumns(onDeactivate: (user: UserView) => void) {
  const { t } = useTranslation('people');
  const roleName = useRoleName();
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'name',
          header: t('users.name'),
          size: 180,
          meta: { label: t('users.name') },
          cell: ({ row }) => (
            <Text span inherit fw={550}>
              {row.original.name}
            </Text>
          ),
        }),
        column.display({
          id: 'email',
          header: t('users.email'),
          size: 220,
          meta: { label: t('users.email'), isGrowing: true },
          cell: ({ row }) => row.original.email,
        }),
        column.display({
          id: 'roles',
          header: t('users.roles'),
          size: 200,
          meta: { label: t('users.roles'), dropOrder: 1 },
          cell: ({ row }) => row.original.roles.map(roleName).join(', '),
        }),
        column.display({
          id: 'state',
          header: t('users.state'),
          size: 120,
          meta: { label: t('users.state') },
          cell: ({ row }) =>
            row.original.is_active ? (
              <Badge color="teal">{t('users.active')}</Badge>
            ) : (
              <Badge color="gray">{t('users.inactive')}</Badge>
            ),
        }),
        column.display({
          id: 'created',
          header: t('users.created'),
          size: 120,
          meta: { label: t('users.created'), dropOrder: 2 },
          cell: ({ row }) => <Time at={row.original.created_at} />,
        }),
        column.display({
          id: 'actions',
          header: '',
          size: 52,
          meta: { label: '' },
          cell: ({ row }) =>
            row.original.is_active && (
              <Group justify="flex-end">
                <Menu position="bottom-end" shadow="md">
                  <Menu.Target>
                    <ActionIcon aria-label={t('users.actions', { name: row.original.name })}>
                      <IconDots aria-hidden size={16} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item
                      leftSection={<IconDeactivate aria-hidden size={16} />}
                      onClick={() => onDeactivate(row.original)}
                    >
                      {t('users.deactivate')}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </Group>
            ),
        }),
      ]),
    [t, roleName, onDeactivate],
  );
}
