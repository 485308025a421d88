import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignOut } from '../hooks/use-sign-out';
import { safeNext } from '../model';
import { CardPage } from './CardPage';

interface SecondFactorPageProps {
  next?: string;
  /** The steps, from the feature that owns them. */
  enrol: ComponentType<{ onDone: () => void }>;
}

/** For who has a role that asks for a second factor and has none yet: nothing else is open to them. */
export function SecondFactorPage({ next, enrol: Enrol }: SecondFactorPageProps) {
  const { t } = useTranslation('session');
  const router = useRouter();
  const queryClient = useQueryClient();
  const signOut = useSignOut();
  const goOn = () => {
    queryClient.clear();
    router.history.push(safeNext(next, '/'));
  };
  return (
    <CardPage title={t('secondFactor.title')} lead={t('secondFactor.lead')} width={460}>
      <Enrol onDone={goOn} />
      <Button variant="subtle" mt="md" size="sm" fullWidth onClick={() => void signOut()}>
        {t('secondFactor.signOut')}
      </Button>
    </CardPage>
  );
}
