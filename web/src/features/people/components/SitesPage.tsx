import { Button, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteSite, listSites, listSitesOptions, operation, type SiteView } from '@/api';
import { useRights } from '@/features/session/public';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { IconPlus, IconSite } from '@/ui/icons';
import { allPages } from '@/ui/list/all-pages';
import { ListPage } from '@/ui/list/ListPage';
import type { ListSearch } from '@/ui/list/list-search';
import { useSiteColumns } from '../hooks/use-site-columns';
import { SiteForm } from './SiteForm';

const rowId = (row: SiteView) => row.id;
const rowName = (row: SiteView) => row.name;

/** The sites of the organization. */
export function SitesPage({ search }: { search: ListSearch }) {
  const { t } = useTranslation(['people', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const [edited, setEdited] = useState<SiteView | 'new' | null>(null);
  const [leaving, setLeaving] = useState<SiteView | null>(null);
  const isReadOnly = !may('site:manage');
  const columns = useSiteColumns({ onEdit: setEdited, onDelete: setLeaving, isReadOnly });
  const wanted = { search: search.q, sort: search.sort };
  const answer = useQuery({
    ...listSitesOptions({ query: { ...wanted, page: search.page ?? 1, per_page: 50 } }),
    placeholderData: keepPreviousData,
  });
  const load = async () => {
    const rows = await allPages(async (page) => (await listSites({ query: { ...wanted, page, per_page: 100 } })).data);
    return {
      name: 'sites',
      head: [t('sites.name'), t('sites.address'), t('sites.zone'), t('sites.members')],
      rows: rows.map((row) => [row.name, row.address, row.time_zone ?? '', String(row.member_count)]),
    };
  };
  const add = !isReadOnly && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
      {t('sites.add')}
    </Button>
  );
  const record = edited === 'new' ? null : edited;
  return (
    <>
      <ListPage
        title={t('sites.title')}
        lead={t('sites.lead')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        action={add}
        answer={answer}
        search={search}
        onSearch={(change) =>
          void navigate({
            to: '/admin/sites',
            search: { ...search, ...change },
            replace: 'q' in change,
          })
        }
        isFiltered={search.q !== undefined}
        onClear={() => void navigate({ to: '/admin/sites', search: {} })}
        load={load}
        empty={{ icon: IconSite, title: t('sites.empty'), help: t('sites.emptyHelp'), action: add }}
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
              {row.address}
            </Text>
          </>
        )}
      />
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={record ? t('sites.edit', { name: record.name }) : t('sites.add')}
      >
        <SiteForm site={record} onClose={() => setEdited(null)} />
      </Modal>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('sites.deleteTitle', { name: leaving?.name ?? '' })}
        confirm={t('sites.delete')}
        isDangerous
        onConfirm={async () => {
          if (!leaving) return;
          await deleteSite({ path: { id: leaving.id } });
          await client.invalidateQueries({ queryKey: operation('listSites') });
          notifications.show({ message: t('sites.deleted', { name: leaving.name }), color: 'teal' });
        }}
        onClose={() => setLeaving(null)}
      >
        {t('sites.deleteHelp')}
      </ConfirmDialog>
    </>
  );
}
