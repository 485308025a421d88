import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InboundMail } from '@/api';
import { isEffect, isMatch, isReason } from '../reasons';

/** Why, and how the ticket was found. */
export function Outcome({ mail }: { mail: InboundMail }) {
  const { t } = useTranslation('mail');
  const words = [
    mail.reason && isReason(mail.reason) ? t(`reason.${mail.reason}`) : null,
    mail.matched_by && isMatch(mail.matched_by) ? t(`matched.${mail.matched_by}`) : null,
    mail.effect && isEffect(mail.effect) ? t(`effect.${mail.effect}`) : null,
    mail.refused_files.length > 0 ? t('inbound.filesLeftOut', { count: mail.refused_files.length }) : null,
  ].filter((word) => word !== null);
  if (words.length === 0) return null;
  return (
    <Text size="sm" mt={2}>
      {words.join(' · ')}
    </Text>
  );
}
