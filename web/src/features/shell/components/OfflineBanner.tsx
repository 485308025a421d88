import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { IconOffline } from '@/ui/icons';

/** Says so while the device has no connection. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  if (online) return null;
  return (
    <Alert color="orange" radius={0} py="xs" role="status" icon={<IconOffline aria-hidden size={18} />}>
      {t('offline.banner')}
    </Alert>
  );
}
