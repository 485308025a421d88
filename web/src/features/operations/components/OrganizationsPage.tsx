import { Anchor, Badge, Button, Group, Modal, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOrganizations, listOrganizationsOptions, type OrganizationView } from '@/api';
import { columnsFor } from '@/ui/data-table/features';
import { FilterMenu } from '@/ui/filter/FilterMenu';
import { IconOrganization, IconPlus } from '@/ui/icons';
import { allPages } from '@/ui/list/all-pages';
import { ListPage } from '@/ui/list/ListPage';
import { Time } from '@/ui/time/Time';
import type { OrganizationSearch } from '../schemas';
import { ExampleActions } from './ExampleActions';
import { OrganizationForm } from './OrganizationForm';

const column = columnsFor<OrganizationView>();
const rowId = (row: OrganizationView) => row.id;
const rowName = (row: OrganizationView) => row.name;

/** Every organization of the deployment, for its operators. */
export function OrganizationsPage({ search }: { search: OrganizationSearch }) {
  const { t } = useTranslation(['admin', 'common', 'example']);
  const navigate = useNavigate();
  const [edited, setEdited] = useState<OrganizationView | 'new' | null>(null);
  const columns = useOrganizationColumns(setEdited);
  const wanted = { is_active: search.in_use && search.in_use === 'active' };
  const answer = useQuery({
    ...listOrganizationsOptions({ query: { ...wanted, page: search.page ?? 1, per_page: 50 } }),
    placeholderData: keepPreviousData,
  });
  const set = (change: OrganizationSearch) =>
    void navigate({ to: '/admin/organizations', search: { ...search, ...change } });
  const load = async () => {
    const rows = await allPages(
      async (page) => (await listOrganizations({ query: { ...wanted, page, per_page: 100 } })).data,
    );
    return {
      name: 'organizations',
      head: [t('organizations.name'), t('organizations.domain'), t('organizations.zone')],
      rows: rows.map((row) => [row.name, row.domain, row.time_zone]),
    };
  };
  const record = edited === 'new' ? null : edited;
  return (
    <>
      <ListPage
        title={t('organizations.title')}
        lead={t('organizations.lead')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        action={
          <>
            <ExampleActions />
            <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setEdited('new')}>
              {t('organizations.add')}
            </Button>
          </>
        }
        answer={answer}
        search={search}
        onSearch={set}
        hasWords={false}
        filters={
          <FilterMenu
            label={t('organizations.state')}
            isSingle
            choices={[
              { value: 'active', label: t('organizations.active') },
              { value: 'inactive', label: t('organizations.inactive') },
            ]}
            value={search.in_use ? [search.in_use] : []}
            onChange={([state]) =>
              set({ in_use: state === 'active' || state === 'inactive' ? state : undefined, page: undefined })
            }
          />
        }
        isFiltered={search.in_use !== undefined}
        onClear={() => void navigate({ to: '/admin/organizations', search: {} })}
        load={load}
        empty={{ icon: IconOrganization, title: t('organizations.empty'), help: t('organizations.emptyHelp') }}
        columns={columns}
        getRowId={rowId}
        getRowLabel={rowName}
        onOpen={setEdited}
        renderCard={(row) => (
          <>
            <Group gap={6}>
              <Anchor component="button" fw={550} c="inherit" onClick={() => setEdited(row)}>
                {row.name}
              </Anchor>
              {row.is_example && <Badge color="grape">{t('example:badge')}</Badge>}
            </Group>
            <Text size="sm" c="dimmed">
              {row.domain}
            </Text>
          </>
        )}
      />
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={record ? t('organizations.edit', { name: record.name }) : t('organizations.add')}
        size="lg"
      >
        <OrganizationForm organization={record} onClose={() => setEdited(null)} />
      </Modal>
    </>
  );
}

function useOrganizationColumns(onEdit: (row: OrganizationView) => void) {
  const { t } = useTranslation(['admin', 'example']);
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: 'name',
          header: t('organizations.name'),
          size: 220,
          meta: { label: t('organizations.name'), isGrowing: true },
          cell: ({ row }) => (
            <Group gap={6} wrap="nowrap">
              <Anchor component="button" inherit fw={550} c="inherit" onClick={() => onEdit(row.original)}>
                {row.original.name}
              </Anchor>
              {row.original.is_example && <Badge color="grape">{t('example:badge')}</Badge>}
            </Group>
          ),
        }),
        column.display({
          id: 'domain',
          header: t('organizations.domain'),
          size: 200,
          meta: { label: t('organizations.domain'), dropOrder: 1 },
          cell: ({ row }) => row.original.domain,
        }),
        column.display({
          id: 'zone',
          header: t('organizations.zone'),
          size: 160,
          meta: { label: t('organizations.zone'), dropOrder: 2 },
          cell: ({ row }) => row.original.time_zone,
        }),
        column.display({
          id: 'state',
          header: t('organizations.state'),
          size: 130,
          meta: { label: t('organizations.state') },
          cell: ({ row }) =>
            row.original.is_active ? (
              <Badge color="teal">{t('organizations.active')}</Badge>
            ) : (
              <Badge color="gray">{t('organizations.inactive')}</Badge>
            ),
        }),
        column.display({
          id: 'created',
          header: t('organizations.created'),
          size: 130,
          meta: { label: t('organizations.created'), dropOrder: 3 },
          cell: ({ row }) => <Time at={row.original.created_at} />,
        }),
      ]),
    [t, onEdit],
  );
}
