import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getUserOptions } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { AccountPanel } from './AccountPanel';
import classes from './people.module.css';
import { TokensPanel } from './TokensPanel';
import { UserProfileForm } from './UserProfileForm';
import { WhyPanel } from './WhyPanel';

/** One person: who they are, what they may do and why, and their account. */
export function UserPage({ id }: { id: string }) {
  const { t } = useTranslation(['people', 'common']);
  const query = useQuery(getUserOptions({ path: { id } }));
  const user = query.data;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} isPage />;
  if (!user) return <SkeletonRows />;
  return (
    <div className={classes.detail}>
      <PageHead
        title={user.name}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('users.title'), to: '/admin/users' },
        ]}
        marks={
          <Group gap={6}>
            {user.is_active ? (
              <Badge color="teal">{t('users.active')}</Badge>
            ) : (
              <Badge color="gray">{t('users.inactive')}</Badge>
            )}
          </Group>
        }
        lead={user.email}
      />
      <div className={classes.columns}>
        <UserProfileForm user={user} />
        <div className={classes.side}>
          <AccountPanel user={user} />
          <WhyPanel user={user} />
          <TokensPanel user={user} />
        </div>
      </div>
    </div>
  );
}
