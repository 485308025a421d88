import { Anchor, Button, Modal, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listUsers, listUsersOptions, type UserView } from '@/api';
import { useRights } from '@/features/session/public';
import { IconPlus, IconUser } from '@/ui/icons';
import { allPages } from '@/ui/list/all-pages';
import { ListPage } from '@/ui/list/ListPage';
import { useRoleName } from '../hooks/use-role-name';
import { useUserColumns } from '../hooks/use-user-columns';
import { isFiltered, type UserSearch, userQuery } from '../schemas';
import { UserFilters } from './UserFilters';
import { UserForm } from './UserForm';

const userId = (user: UserView) => user.id;
const userName = (user: UserView) => user.name;

/** Everyone of the organization. */
export function UsersPage({ search }: { search: UserSearch }) {
  const { t } = useTranslation(['people', 'common']);
  const navigate = useNavigate();
  const { may } = useRights();
  const [isAdding, setIsAdding] = useState(false);
  const columns = useUserColumns();
  const roleName = useRoleName();
  const query = { ...userQuery(search), page: search.page ?? 1, per_page: 50 };
  const answer = useQuery({ ...listUsersOptions({ query }), placeholderData: keepPreviousData });
  const set = (change: UserSearch) =>
    void navigate({ to: '/admin/users', search: { ...search, ...change }, replace: 'q' in change });
  const load = async () => {
    const people = await allPages(
      async (page) => (await listUsers({ query: { ...userQuery(search), page, per_page: 100 } })).data,
    );
    return {
      name: 'people',
      head: [t('users.name'), t('users.email'), t('users.username'), t('users.roles'), t('users.state')],
      rows: people.map((user) => [
        user.name,
        user.email,
        user.username,
        user.roles.map(roleName).join(', '),
        user.is_active ? t('users.active') : t('users.inactive'),
      ]),
    };
  };
  const add = may('user:create') && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setIsAdding(true)}>
      {t('users.add')}
    </Button>
  );
  return (
    <>
      <ListPage
        title={t('users.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        action={add}
        answer={answer}
        search={search}
        onSearch={set}
        filters={<UserFilters search={search} onChange={set} />}
        isFiltered={isFiltered(search)}
        onClear={() => void navigate({ to: '/admin/users', search: {} })}
        load={load}
        empty={{ icon: IconUser, title: t('users.empty'), help: t('users.emptyHelp') }}
        columns={columns}
        getRowId={userId}
        getRowLabel={userName}
        onOpen={(user) => void navigate({ to: '/admin/users/$id', params: { id: user.id } })}
        defaultSort="last_name"
        renderCard={(user) => <UserCard user={user} />}
      />
      <Modal opened={isAdding} onClose={() => setIsAdding(false)} title={t('users.add')} size="lg">
        <UserForm onClose={() => setIsAdding(false)} />
      </Modal>
    </>
  );
}

function UserCard({ user }: { user: UserView }) {
  const roleName = useRoleName();
  return (
    <>
      <Anchor
        fw={550}
        c="inherit"
        renderRoot={(props) => <Link to="/admin/users/$id" params={{ id: user.id }} {...props} />}
      >
        {user.name}
      </Anchor>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {user.email}
      </Text>
      <Text size="xs" c="dimmed">
        {user.roles.map(roleName).join(', ')}
      </Text>
    </>
  );
}
