import { Badge, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CustomFieldView,
  deleteCustomField,
  listCustomFields,
  listCustomFieldsOptions,
  operation,
  updateCustomField,
} from '@/api';
import { useRights } from '@/features/session/public';
import { columnsFor } from '@/ui/data-table/features';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconFields } from '@/ui/icons';
import { allPages } from '@/ui/list/all-pages';
import { EditableListPage } from '@/ui/list/EditableListPage';
import { isFieldType, isKind } from '../kinds';
import { isActiveIn, type KindSearch } from '../schemas';
import { CustomFieldForm } from './CustomFieldForm';
import { KindFilters } from './KindFilters';

const column = columnsFor<CustomFieldView>();
const fieldId = (field: CustomFieldView) => field.id;
const fieldLabel = (field: CustomFieldView) => field.label;

/** The fields that the organization added to its tickets. */
export function CustomFieldsPage({ search }: { search: KindSearch }) {
  const { t } = useTranslation(['settings', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const columns = useFieldColumns();
  const wanted = { kind: search.of_kind, is_active: isActiveIn(search.in_use) };
  const answer = useQuery({
    ...listCustomFieldsOptions({ query: { ...wanted, page: search.page ?? 1, per_page: 50 } }),
    placeholderData: keepPreviousData,
  });
  const refresh = () => client.invalidateQueries({ queryKey: operation('listCustomFields') });
  const set = (change: KindSearch) => void navigate({ to: '/admin/custom-fields', search: { ...search, ...change } });
  const setActive = (field: CustomFieldView, is_active: boolean) => {
    updateCustomField({ path: { id: field.id }, body: { is_active } }).then(refresh, notifyProblem);
  };
  const load = async () => {
    const rows = await allPages(
      async (page) => (await listCustomFields({ query: { ...wanted, page, per_page: 100 } })).data,
    );
    return {
      name: 'custom-fields',
      head: [t('kind.label'), t('fields.key'), t('fields.label'), t('fields.type')],
      rows: rows.map((row) => [row.kind, row.key, row.label, row.type]),
    };
  };
  return (
    <EditableListPage
      title={t('fields.title')}
      lead={t('fields.lead')}
      crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
      answer={answer}
      search={search}
      onSearch={set}
      hasWords={false}
      filters={<KindFilters search={search} onChange={set} />}
      isFiltered={search.of_kind !== undefined || search.in_use !== undefined}
      onClear={() => void navigate({ to: '/admin/custom-fields', search: {} })}
      load={load}
      empty={{ icon: IconFields, title: t('fields.empty'), help: t('fields.emptyHelp') }}
      columns={columns}
      getRowId={fieldId}
      getRowLabel={fieldLabel}
      isReadOnly={!may('custom_field:manage')}
      words={{
        add: t('fields.add'),
        edit: (field) => t('fields.edit', { name: field.label }),
        delete: t('fields.delete'),
        deleteTitle: (field) => t('fields.deleteTitle', { name: field.label }),
        deleteHelp: t('fields.deleteHelp'),
      }}
      form={(field, onClose) => <CustomFieldForm field={field} onClose={onClose} />}
      onDelete={async (field) => {
        await deleteCustomField({ path: { id: field.id } });
        await refresh();
        notifications.show({ message: t('deleted', { name: field.label }), color: 'teal' });
      }}
      items={(field) => (
        <Menu.Item onClick={() => setActive(field, !field.is_active)}>
          {t(field.is_active ? 'state.retire' : 'state.activate')}
        </Menu.Item>
      )}
      summary={(field) => (
        <Text size="sm" c="dimmed">
          {[isKind(field.kind) && t(`kind.${field.kind}`), isFieldType(field.type) && t(`type.${field.type}`)]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      )}
    />
  );
}

function useFieldColumns() {
  const { t } = useTranslation('settings');
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'label',
          header: t('fields.label'),
          size: 200,
          meta: { label: t('fields.label'), isGrowing: true },
          cell: ({ row }) => (
            <Text span inherit fw={550}>
              {row.original.label}
            </Text>
          ),
        }),
        column.display({
          id: 'key',
          header: t('fields.key'),
          size: 160,
          meta: { label: t('fields.key'), dropOrder: 2 },
          cell: ({ row }) => <code>{row.original.key}</code>,
        }),
        column.display({
          id: 'kind',
          header: t('kind.label'),
          size: 140,
          meta: { label: t('kind.label') },
          cell: ({ row }) => (isKind(row.original.kind) ? t(`kind.${row.original.kind}`) : row.original.kind),
        }),
        column.display({
          id: 'type',
          header: t('fields.type'),
          size: 150,
          meta: { label: t('fields.type') },
          cell: ({ row }) => (isFieldType(row.original.type) ? t(`type.${row.original.type}`) : row.original.type),
        }),
        column.display({
          id: 'marks',
          header: t('fields.marks'),
          size: 250,
          meta: { label: t('fields.marks'), dropOrder: 1 },
          cell: ({ row }) => (
            <Group gap={4} wrap="nowrap">
              {row.original.is_required && <Badge>{t('fields.required')}</Badge>}
              {row.original.is_internal && <Badge color="orange">{t('fields.internal')}</Badge>}
              {!row.original.is_active && <Badge color="gray">{t('state.inactive')}</Badge>}
            </Group>
          ),
        }),
      ]),
    [t],
  );
}
