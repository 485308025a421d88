import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { outbox } from '@/lib/outbox';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconOffline } from '@/ui/icons';

/** Says so while the device has no connection. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  // What waited and is refused afterwards may have no screen any more to say so.
  useEffect(
    () => outbox.listen((_key, outcome) => void (outcome?.kind === 'refused' && notifyProblem(outcome.error))),
    [],
  );
  if (online) return null;
  return (
    <Alert color="orange" radius={0} py="xs" role="status" icon={<IconOffline aria-hidden size={18} />}>
      {t('offline.banner')}
    </Alert>
  );
}
