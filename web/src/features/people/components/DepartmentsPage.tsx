import { Button, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DepartmentView, deleteDepartment, listDepartments, listDepartmentsOptions, operation } from '@/api';
import { useRights } from '@/features/session/public';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { IconDepartment, IconPlus } from '@/ui/icons';
import { allPages } from '@/ui/list/all-pages';
import { ListPage } from '@/ui/list/ListPage';
import type { ListSearch } from '@/ui/list/list-search';
import { useDepartmentColumns } from '../hooks/use-department-columns';
import { DepartmentForm } from './DepartmentForm';

const rowId = (row: DepartmentView) => row.id;
const rowName = (row: DepartmentView) => row.name;

/** The departments of the organization. */
export function DepartmentsPage({ search }: { search: ListSearch }) {
  const { t } = useTranslation(['people', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const [edited, setEdited] = useState<DepartmentView | 'new' | null>(null);
  const [leaving, setLeaving] = useState<DepartmentView | null>(null);
  const isReadOnly = !may('department:manage');
  const columns = useDepartmentColumns({ onEdit: setEdited, onDelete: setLeaving, isReadOnly });
  const wanted = { search: search.q, sort: search.sort };
  const answer = useQuery({
    ...listDepartmentsOptions({ query: { ...wanted, page: search.page ?? 1, per_page: 50 } }),
    placeholderData: keepPreviousData,
  });
  const load = async () => {
    const rows = await allPages(
      async (page) => (await listDepartments({ query: { ...wanted, page, per_page: 100 } })).data,
    );
    return {
      name: 'departments',
      head: [t('departments.name'), t('departments.parent'), t('departments.manager'), t('departments.members')],
      rows: rows.map((row) => [row.name, row.parent?.name ?? '', row.manager?.name ?? '', String(row.member_count)]),
    };
  };
  const add = !isReadOnly && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {t('departments.add')}
    </Button>
  );
  const record = edited === 'new' ? null : edited;
  return (
    <>
      <ListPage
        title={t('departments.title')}
        lead={t('departments.lead')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        action={add}
        answer={answer}
        search={search}
        onSearch={(change) =>
          void navigate({
            to: '/admin/departments',
            search: { ...search, ...change },
            replace: 'q' in change,
          })
        }
        isFiltered={search.q !== undefined}
        onClear={() => void navigate({ to: '/admin/departments', search: {} })}
        load={load}
        empty={{ icon: IconDepartment, title: t('departments.empty'), help: t('departments.emptyHelp'), action: add }}
        columns={columns}
        getRowId={rowId}
        getRowLabel={rowName}
        onOpen={isReadOnly ? undefined : setEdited}
        defaultSort="name"
        renderCard={(row) => (
          <>
            <Button variant="transparent" size="compact-sm" px={0} c="inherit" onClick={() => setEdited(row)}>
              {row.name}
            </Button>
            <Text size="sm" c="dimmed">
              {row.parent?.name}
            </Text>
          </>
        )}
      />
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={record ? t('departments.edit', { name: record.name }) : t('departments.add')}
      >
        <DepartmentForm department={record} onClose={() => setEdited(null)} />
      </Modal>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('departments.deleteTitle', { name: leaving?.name ?? '' })}
        confirm={t('departments.delete')}
        isDangerous
        onConfirm={async () => {
          if (!leaving) return;
          await deleteDepartment({ path: { id: leaving.id } });
          await client.invalidateQueries({ queryKey: operation('listDepartments') });
          notifications.show({ message: t('departments.deleted', { name: leaving.name }), color: 'teal' });
        }}
        onClose={() => setLeaving(null)}
      >
        {t('departments.deleteHelp')}
      </ConfirmDialog>
    </>
  );
}
