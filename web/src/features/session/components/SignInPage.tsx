import { Alert, Anchor } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { getMeQueryKey, getMfa, getSetupOptions, type UserView } from '@/api';
import { homeOf, safeNext } from '../model';
import { CardPage } from './CardPage';
import { SignInForm } from './SignInForm';

interface SignInPageProps {
  next?: string;
  /** A password was set just now. */
  hasNewPassword?: boolean;
}

/** The way in. */
export function SignInPage({ next, hasNewPassword }: SignInPageProps) {
  const { t } = useTranslation('session');
  const router = useRouter();
  const queryClient = useQueryClient();
  const needsSetup = useQuery({ ...getSetupOptions(), retry: false }).data?.needed ?? false;
  // A new server has nobody who could sign in.
  useEffect(() => {
    if (needsSetup) void router.navigate({ to: '/setup', replace: true });
  }, [needsSetup, router]);
  const goOn = async (user: UserView) => {
    queryClient.clear();
    const target = safeNext(next, homeOf(user.roles));
    // Who has no second factor may have a role that asks for one: then nothing else answers yet.
    if (!user.mfa_enabled && (await getMfa()).data.is_required) {
      await router.navigate({ to: '/second-factor', search: { next: target } });
      return;
    }
    queryClient.setQueryData(getMeQueryKey(), user);
    router.history.push(target);
  };
  return (
    <CardPage title={t('signIn.title')} lead={t('signIn.lead')}>
      {hasNewPassword && (
        <Alert color="teal" role="status" mb="md">
          {t('setPassword.done')}
        </Alert>
      )}
      <SignInForm onSignedIn={goOn} />
      <Anchor
        mt="md"
        size="sm"
        display="inline-block"
        renderRoot={(props) => <Link to="/forgot-password" {...props} />}
      >
        {t('signIn.forgotten')}
      </Anchor>
    </CardPage>
  );
}
