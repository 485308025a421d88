import { Button, Group, Modal, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listUsersOptions, type UserView } from '@/api';
import { DataTable } from '@/ui/data-table/DataTable';
import { IconPlus, IconUser } from '@/ui/icons';
import { Pages } from '@/ui/page/Pages';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useUserColumns } from '../hooks/use-user-columns';
import { DeactivateDialog } from './DeactivateDialog';
import classes from './people.module.css';
import { UserForm } from './UserForm';

const userId = (user: UserView) => user.id;

/** Everyone of the organization: add them, end their access. */
export function UsersPage({ page }: { page: number }) {
  const { t } = useTranslation('people');
  const navigate = useNavigate();
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<UserView | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const columns = useUserColumns(setLeaving);
  const query = useQuery({ ...listUsersOptions({ query: { page, per_page: 50 } }), placeholderData: keepPreviousData });
  const users = query.data?.data ?? [];
  const pagination = query.data?.pagination;
  return (
    <div className={classes.page}>
      <Group justify="space-between" className={classes.bar}>
        <Group gap="sm" align="baseline">
          <PageTitle>{t('users.title')}</PageTitle>
          <Text size="sm" c="dimmed">
            {pagination?.total}
          </Text>
        </Group>
        <Button leftSection={<IconPlus aria-hidden size={15} />} onClick={() => setIsAdding(true)}>
          {t('users.add')}
        </Button>
      </Group>
      {query.isPending && <SkeletonRows />}
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && users.length === 0 && (
        <PageState icon={IconUser} title={t('users.empty')} description={t('users.emptyHelp')} />
      )}
      {users.length > 0 && (
        <DataTable
          label={t('users.title')}
          columns={columns}
          rows={users}
          total={pagination?.total ?? users.length}
          getRowId={userId}
          getRowLabel={(user) => user.name}
          cursor={cursor}
          onCursor={setCursor}
          renderCard={(user) => (
            <>
              <Text fw={550}>{user.name}</Text>
              <Text size="sm" c="dimmed">
                {user.email}
              </Text>
            </>
          )}
        />
      )}
      <Pages
        page={page}
        pages={pagination?.total_pages ?? 1}
        onPage={(next) => void navigate({ to: '/admin/users', search: { page: next } })}
      />
      <Modal opened={isAdding} onClose={() => setIsAdding(false)} title={t('users.add')} size="lg">
        <UserForm onClose={() => setIsAdding(false)} />
      </Modal>
      <DeactivateDialog user={leaving} onClose={() => setLeaving(null)} />
    </div>
  );
}
