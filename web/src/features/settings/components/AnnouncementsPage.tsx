import { Badge, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type AnnouncementView,
  deleteAnnouncement,
  listAnnouncements,
  listAnnouncementsOptions,
  operation,
} from '@/api';
import { useRights } from '@/features/session/public';
import { columnsFor } from '@/ui/data-table/features';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { IconAnnouncement } from '@/ui/icons';
import { allPages } from '@/ui/list/all-pages';
import { EditableListPage } from '@/ui/list/EditableListPage';
import { Time } from '@/ui/time/Time';
import { isAudience, isSeverity, SEVERITY_COLORS } from '../announcement';
import { type AnnouncementSearch, isActiveIn } from '../schemas';
import { AnnouncementForm } from './AnnouncementForm';

const column = columnsFor<AnnouncementView>();
const rowId = (row: AnnouncementView) => row.id;
const rowTitle = (row: AnnouncementView) => row.title;

/** What everyone should know: planned work, outages, news. */
export function AnnouncementsPage({ search }: { search: AnnouncementSearch }) {
  const { t } = useTranslation(['settings', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const columns = useAnnouncementColumns();
  const wanted = { active: isActiveIn(search.in_use) };
  const answer = useQuery({
    ...listAnnouncementsOptions({ query: { ...wanted, page: search.page ?? 1, per_page: 50 } }),
    placeholderData: keepPreviousData,
  });
  const set = (change: AnnouncementSearch) =>
    void navigate({ to: '/admin/announcements', search: { ...search, ...change } });
  const load = async () => {
    const rows = await allPages(
      async (page) => (await listAnnouncements({ query: { ...wanted, page, per_page: 100 } })).data,
    );
    return {
      name: 'announcements',
      head: [t('news.titleField'), t('news.severity'), t('news.audience'), t('news.from'), t('news.until')],
      rows: rows.map((row) => [row.title, row.severity, row.audience, row.starts_at, row.ends_at ?? '']),
    };
  };
  return (
    <EditableListPage
      title={t('news.title')}
      lead={t('news.lead')}
      crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
      answer={answer}
      search={search}
      onSearch={set}
      hasWords={false}
      filters={
        <FilterMenu
          label={t('state.label')}
          isSingle
          choices={[
            { value: 'active', label: t('news.shown') },
            { value: 'inactive', label: t('news.notShown') },
          ]}
          value={search.in_use ? [search.in_use] : []}
          onChange={([state]) =>
            set({ in_use: state === 'active' || state === 'inactive' ? state : undefined, page: undefined })
          }
        />
      }
      isFiltered={search.in_use !== undefined}
      onClear={() => void navigate({ to: '/admin/announcements', search: {} })}
      load={load}
      empty={{ icon: IconAnnouncement, title: t('news.empty'), help: t('news.emptyHelp') }}
      columns={columns}
      getRowId={rowId}
      getRowLabel={rowTitle}
      isReadOnly={!may('announcement:manage')}
      words={{
        add: t('news.add'),
        edit: (row) => t('news.edit', { name: row.title }),
        delete: t('news.delete'),
        deleteTitle: (row) => t('news.deleteTitle', { name: row.title }),
        deleteHelp: t('news.deleteHelp'),
      }}
      form={(row, onClose) => <AnnouncementForm announcement={row} onClose={onClose} />}
      onDelete={async (row) => {
        await deleteAnnouncement({ path: { id: row.id } });
        await client.invalidateQueries({ queryKey: operation('listAnnouncements') });
        notifications.show({ message: t('deleted', { name: row.title }), color: 'teal' });
      }}
      summary={(row) => (
        <Text size="sm" c="dimmed">
          {row.is_active ? t('news.shown') : t('news.notShown')}
        </Text>
      )}
    />
  );
}

function useAnnouncementColumns() {
  const { t } = useTranslation('settings');
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'title',
          header: t('news.titleField'),
          size: 260,
          meta: { label: t('news.titleField'), isGrowing: true },
          cell: ({ row }) => (
            <Text span inherit fw={550}>
              {row.original.title}
            </Text>
          ),
        }),
        column.display({
          id: 'severity',
          header: t('news.severity'),
          size: 130,
          meta: { label: t('news.severity') },
          cell: ({ row }) => {
            const { severity } = row.original;
            return isSeverity(severity) ? (
              <Badge color={SEVERITY_COLORS[severity]}>{t(`severity.${severity}`)}</Badge>
            ) : (
              severity
            );
          },
        }),
        column.display({
          id: 'audience',
          header: t('news.audience'),
          size: 140,
          meta: { label: t('news.audience'), dropOrder: 2 },
          cell: ({ row }) =>
            isAudience(row.original.audience) ? t(`audience.${row.original.audience}`) : row.original.audience,
        }),
        column.display({
          id: 'state',
          header: t('state.label'),
          size: 120,
          meta: { label: t('state.label') },
          cell: ({ row }) =>
            row.original.is_active ? (
              <Badge color="teal">{t('news.shown')}</Badge>
            ) : (
              <Badge color="gray">{t('news.notShown')}</Badge>
            ),
        }),
        column.display({
          id: 'from',
          header: t('news.from'),
          size: 130,
          meta: { label: t('news.from'), dropOrder: 1 },
          cell: ({ row }) => <Time at={row.original.starts_at} />,
        }),
        column.display({
          id: 'until',
          header: t('news.until'),
          size: 130,
          meta: { label: t('news.until'), dropOrder: 1 },
          cell: ({ row }) => (row.original.ends_at ? <Time at={row.original.ends_at} /> : t('news.forever')),
        }),
      ]),
    [t],
  );
}
