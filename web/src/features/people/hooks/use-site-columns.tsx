import { ActionIcon, Anchor, Group, Menu, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { IconDots } from '@/ui/icons';

const column = columnsFor<SiteView>();

interface SiteVerbs {
  onEdit: (row: SiteView) => void;
  onDelete: (row: SiteView) => void;
  isReadOnly: boolean;
}

/** The columns of the list of sites. */
export function useSiteColumns({ onEdit, onDelete, isReadOnly }: SiteVerbs) {
  const { t } = useTranslation(['people', 'common']);
  return useMemo(() => {
    const columns = column.columns([
      column.display({
        id: 'name',
        header: t('sites.name'),
        size: 200,
        meta: { label: t('sites.name'), sortKey: 'name' },
        cell: ({ row }) => (
          <Text span inherit fw={550}>
            {row.original.name}
          </Text>
        ),
      }),
      column.display({
        id: 'address',
        header: t('sites.address'),
        size: 260,
        meta: { label: t('sites.address'), isGrowing: true },
        cell: ({ row }) => row.original.address,
      }),
      column.display({
        id: 'zone',
        header: t('sites.zone'),
        size: 180,
        meta: { label: t('sites.zone'), dropOrder: 1 },
        cell: ({ row }) => row.original.time_zone,
      }),
      column.display({
        id: 'members',
        header: t('sites.members'),
        size: 100,
        meta: { label: t('sites.members'), sortKey: 'member_count' },
        cell: ({ row }) => (
          <Anchor
            inherit
            aria-label={`${t('sites.people')}: ${row.original.name}`}
            renderRoot={(props) => <Link to="/admin/users" search={{ site: row.original.id }} {...props} />}
          >
            {row.original.member_count}
          </Anchor>
        ),
      }),
      column.display({
        id: 'actions',
        header: () => <VisuallyHidden>{t('sites.actionsColumn')}</VisuallyHidden>,
        size: 52,
        meta: { label: t('sites.actionsColumn') },
        cell: ({ row }) => (
          <Group justify="flex-end">
            <Menu position="bottom-end" shadow="md">
              <Menu.Target>
                <ActionIcon aria-label={t('sites.actions', { name: row.original.name })}>
                  <IconDots aria-hidden size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onEdit(row.original)}>{t('common:form.edit')}</Menu.Item>
                <Menu.Item color="red" onClick={() => onDelete(row.original)}>
                  {t('sites.delete')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        ),
      }),
    ]);
    return isReadOnly ? columns.filter((each) => each.id !== 'actions') : columns;
  }, [t, onEdit, onDelete, isReadOnly]);
}
