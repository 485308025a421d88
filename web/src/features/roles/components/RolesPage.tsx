import { Anchor, Button, Modal, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listRolesOptions, type RoleView } from '@/api';
import { useRoleName } from '@/features/people/public';
import { useRights } from '@/features/session/public';
import { IconPlus, IconRole } from '@/ui/icons';
import { ListPage } from '@/ui/list/ListPage';
import type { ListSearch } from '@/ui/list/list-search';
import { useRoleColumns } from '../hooks/use-role-columns';
import { useRoleDescription } from '../hooks/use-role-description';
import { RoleForm } from './RoleForm';

const roleId = (role: RoleView) => role.id;

/** Every role of the organization. They stand on one page, so words and order are applied here. */
export function RolesPage({ search }: { search: ListSearch }) {
  const { t } = useTranslation(['roles', 'common']);
  const navigate = useNavigate();
  const { may } = useRights();
  const roleName = useRoleName();
  const descriptionOf = useRoleDescription();
  const [isAdding, setIsAdding] = useState(false);
  const columns = useRoleColumns();
  const query = useQuery(listRolesOptions());
  const words = (search.q ?? '').toLowerCase();
  const sort = search.sort ?? 'name';
  const order = (a: RoleView, b: RoleView) =>
    sort.endsWith('member_count') ? a.member_count - b.member_count : roleName(a.name).localeCompare(roleName(b.name));
  const shown = (query.data?.data ?? [])
    .filter((role) => `${roleName(role.name)} ${descriptionOf(role)}`.toLowerCase().includes(words))
    .toSorted((a, b) => (sort.startsWith('-') ? -order(a, b) : order(a, b)));
  const open = (id: string) => void navigate({ to: '/admin/roles/$id', params: { id } });
  const load = async () => ({
    name: 'roles',
    head: [t('name'), t('description'), t('members'), t('mfaShort'), t('rights')],
    rows: shown.map((role) => [
      roleName(role.name),
      descriptionOf(role),
      String(role.member_count),
      role.requires_mfa ? t('common:form.yes') : t('common:form.no'),
      role.permissions.join(' '),
    ]),
  });
  return (
    <>
      <ListPage
        title={t('title')}
        lead={t('lead')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        action={
          may('role:manage') && (
            <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setIsAdding(true)}>
              {t('add')}
            </Button>
          )
        }
        answer={{ ...query, data: query.data && { data: shown } }}
        search={search}
        onSearch={(change) =>
          void navigate({ to: '/admin/roles', search: { ...search, ...change }, replace: 'q' in change })
        }
        isFiltered={words !== ''}
        onClear={() => void navigate({ to: '/admin/roles', search: {} })}
        load={load}
        empty={{ icon: IconRole, title: t('empty'), help: t('emptyHelp') }}
        columns={columns}
        getRowId={roleId}
        getRowLabel={(role) => roleName(role.name)}
        onOpen={(role) => open(role.id)}
        defaultSort="name"
        renderCard={(role) => (
          <>
            <Anchor
              fw={550}
              c="inherit"
              renderRoot={(props) => <Link to="/admin/roles/$id" params={{ id: role.id }} {...props} />}
            >
              {roleName(role.name)}
            </Anchor>
            <Text size="sm" c="dimmed">
              {descriptionOf(role)}
            </Text>
            <Text size="xs" c="dimmed">
              {t('holders', { count: role.member_count })}
            </Text>
          </>
        )}
      />
      <Modal opened={isAdding} onClose={() => setIsAdding(false)} title={t('add')}>
        <RoleForm roles={query.data?.data ?? []} onClose={() => setIsAdding(false)} onAdded={(role) => open(role.id)} />
      </Modal>
    </>
  );
}
