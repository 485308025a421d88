import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getRoleOptions } from '@/api';
import { useRoleName } from '@/features/people/public';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useRoleDescription } from '../hooks/use-role-description';
import { RoleEditor } from './RoleEditor';
import classes from './roles.module.css';

/** One role: what it grants, and who is affected. */
export function RolePage({ id }: { id: string }) {
  const { t } = useTranslation(['roles', 'common']);
  const roleName = useRoleName();
  const descriptionOf = useRoleDescription();
  const query = useQuery(getRoleOptions({ path: { id } }));
  const role = query.data;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} isPage />;
  if (!role) return <SkeletonRows />;
  return (
    <div className={classes.page}>
      <PageHead
        title={roleName(role.name)}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('title'), to: '/admin/roles' },
        ]}
        marks={role.is_system && <Badge color="gray">{t('system')}</Badge>}
        lead={descriptionOf(role)}
      />
      <RoleEditor role={role} />
    </div>
  );
}
