import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { getSetupOptions } from '@/api';
import { CardPage } from '@/features/session/public';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { SetupForm } from './SetupForm';

/** The server's log gives an address with the code after `#`. */
function codeOf(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('code') ?? '';
}

/** The first page of a new server: it has no organization yet. */
export function SetupPage({ hash }: { hash: string }) {
  const { t } = useTranslation('setup');
  const setup = useQuery({ ...getSetupOptions(), staleTime: 0 });
  if (setup.isError) return <ErrorState error={setup.error} onRetry={() => void setup.refetch()} isPage />;
  if (setup.data && !setup.data.needed) {
    return (
      <CardPage title={t('over')} lead={t('overHelp')}>
        <Button size="md" fullWidth renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          {t('signIn')}
        </Button>
      </CardPage>
    );
  }
  return (
    <CardPage title={t('title')} lead={t('lead')} width={560}>
      {setup.isPending ? <SkeletonRows rows={6} /> : <SetupForm code={codeOf(hash)} />}
    </CardPage>
  );
}
