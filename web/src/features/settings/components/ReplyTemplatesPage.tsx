import { Badge, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  deleteReplyTemplate,
  listReplyTemplates,
  listReplyTemplatesOptions,
  operation,
  type ReplyTemplateView,
  updateReplyTemplate,
} from '@/api';
import { useRights } from '@/features/session/public';
import { columnsFor } from '@/ui/data-table/features';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconTemplate } from '@/ui/icons';
import { allPages } from '@/ui/list/all-pages';
import { EditableListPage } from '@/ui/list/EditableListPage';
import { isKind } from '../kinds';
import { isActiveIn, type KindSearch } from '../schemas';
import { KindFilters } from './KindFilters';
import { ReplyTemplateForm } from './ReplyTemplateForm';

const column = columnsFor<ReplyTemplateView>();
const templateId = (template: ReplyTemplateView) => template.id;
const templateName = (template: ReplyTemplateView) => template.name;

/** Texts that agents answer with. */
export function ReplyTemplatesPage({ search }: { search: KindSearch }) {
  const { t } = useTranslation(['settings', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const columns = useTemplateColumns();
  const wanted = { kind: search.of_kind, is_active: isActiveIn(search.in_use) };
  const answer = useQuery({
    ...listReplyTemplatesOptions({ query: { ...wanted, page: search.page ?? 1, per_page: 50 } }),
    placeholderData: keepPreviousData,
  });
  const refresh = () => client.invalidateQueries({ queryKey: operation('listReplyTemplates') });
  const set = (change: KindSearch) => void navigate({ to: '/admin/reply-templates', search: { ...search, ...change } });
  const setActive = (template: ReplyTemplateView, is_active: boolean) => {
    updateReplyTemplate({ path: { id: template.id }, body: { is_active } }).then(refresh, notifyProblem);
  };
  const load = async () => {
    const rows = await allPages(
      async (page) => (await listReplyTemplates({ query: { ...wanted, page, per_page: 100 } })).data,
    );
    return {
      name: 'reply-templates',
      head: [t('templates.name'), t('templates.team'), t('kind.label'), t('templates.body')],
      rows: rows.map((row) => [row.name, row.team?.name ?? '', row.kind ?? '', row.body]),
    };
  };
  return (
    <EditableListPage
      title={t('templates.title')}
      lead={t('templates.lead')}
      crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
      answer={answer}
      search={search}
      onSearch={set}
      hasWords={false}
      filters={<KindFilters search={search} onChange={set} />}
      isFiltered={search.of_kind !== undefined || search.in_use !== undefined}
      onClear={() => void navigate({ to: '/admin/reply-templates', search: {} })}
      load={load}
      empty={{ icon: IconTemplate, title: t('templates.empty'), help: t('templates.emptyHelp') }}
      columns={columns}
      getRowId={templateId}
      getRowLabel={templateName}
      isReadOnly={!may('reply_template:manage')}
      words={{
        add: t('templates.add'),
        edit: (template) => t('templates.edit', { name: template.name }),
        delete: t('templates.delete'),
        deleteTitle: (template) => t('templates.deleteTitle', { name: template.name }),
        deleteHelp: t('templates.deleteHelp'),
      }}
      form={(template, onClose) => <ReplyTemplateForm template={template} onClose={onClose} />}
      onDelete={async (template) => {
        await deleteReplyTemplate({ path: { id: template.id } });
        await refresh();
        notifications.show({ message: t('deleted', { name: template.name }), color: 'teal' });
      }}
      items={(template) => (
        <Menu.Item onClick={() => setActive(template, !template.is_active)}>
          {t(template.is_active ? 'state.retire' : 'state.activate')}
        </Menu.Item>
      )}
      summary={(template) => (
        <Text size="sm" c="dimmed" lineClamp={2}>
          {template.body}
        </Text>
      )}
    />
  );
}

function useTemplateColumns() {
  const { t } = useTranslation('settings');
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'name',
          header: t('templates.name'),
          size: 200,
          meta: { label: t('templates.name') },
          cell: ({ row }) => (
            <Text span inherit fw={550}>
              {row.original.name}
            </Text>
          ),
        }),
        column.display({
          id: 'body',
          header: t('templates.body'),
          size: 300,
          meta: { label: t('templates.body'), isGrowing: true, dropOrder: 2 },
          cell: ({ row }) => row.original.body,
        }),
        column.display({
          id: 'team',
          header: t('templates.team'),
          size: 150,
          meta: { label: t('templates.team'), dropOrder: 1 },
          cell: ({ row }) => row.original.team?.name ?? t('templates.everyTeam'),
        }),
        column.display({
          id: 'kind',
          header: t('kind.label'),
          size: 140,
          meta: { label: t('kind.label') },
          cell: ({ row }) => (isKind(row.original.kind) ? t(`kind.${row.original.kind}`) : t('kind.every')),
        }),
        column.display({
          id: 'state',
          header: t('state.label'),
          size: 110,
          meta: { label: t('state.label'), dropOrder: 3 },
          cell: ({ row }) =>
            row.original.is_active ? (
              <Badge color="teal">{t('state.active')}</Badge>
            ) : (
              <Badge color="gray">{t('state.inactive')}</Badge>
            ),
        }),
      ]),
    [t],
  );
}
