import { ActionIcon, Anchor, Group, Menu, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DepartmentView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { IconDots } from '@/ui/icons';

const column = columnsFor<DepartmentView>();

interface DepartmentVerbs {
  onEdit: (row: DepartmentView) => void;
  onDelete: (row: DepartmentView) => void;
  isReadOnly: boolean;
}

/** The columns of the list of departments. */
export function useDepartmentColumns({ onEdit, onDelete, isReadOnly }: DepartmentVerbs) {
  const { t } = useTranslation(['people', 'common']);
  return useMemo(() => {
    const columns = column.columns([
      column.display({
        id: 'name',
        header: t('departments.name'),
        size: 200,
        meta: { label: t('departments.name'), sortKey: 'name' },
        cell: ({ row }) => (
          <Text span inherit fw={550}>
            {row.original.name}
          </Text>
        ),
      }),
      column.display({
        id: 'parent',
        header: t('departments.parent'),
        size: 200,
        meta: { label: t('departments.parent'), isGrowing: true },
        cell: ({ row }) => row.original.parent?.name,
      }),
      column.display({
        id: 'manager',
        header: t('departments.manager'),
        size: 200,
        meta: { label: t('departments.manager'), dropOrder: 1 },
        cell: ({ row }) => row.original.manager?.name,
      }),
      column.display({
        id: 'members',
        header: t('departments.members'),
        size: 100,
        meta: { label: t('departments.members'), sortKey: 'member_count' },
        cell: ({ row }) => (
          <Anchor
            inherit
            aria-label={`${t('departments.people')}: ${row.original.name}`}
            renderRoot={(props) => <Link to="/admin/users" search={{ department: row.original.id }} {...props} />}
          >
            {row.original.member_count}
          </Anchor>
        ),
      }),
      column.display({
        id: 'actions',
        header: () => <VisuallyHidden>{t('departments.actionsColumn')}</VisuallyHidden>,
        size: 52,
        meta: { label: t('departments.actionsColumn') },
        cell: ({ row }) => (
          <Group justify="flex-end">
            <Menu position="bottom-end" shadow="md">
              <Menu.Target>
                <ActionIcon aria-label={t('departments.actions', { name: row.original.name })}>
                  <IconDots aria-hidden size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onEdit(row.original)}>{t('common:form.edit')}</Menu.Item>
                <Menu.Item color="red" onClick={() => onDelete(row.original)}>
                  {t('departments.delete')}
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
