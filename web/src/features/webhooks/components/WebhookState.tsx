import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WebhookView } from '@/api';

const REASONS = ['manual', 'gone', 'failing', 'person_inactive'] as const;

/** Whether a webhook works, fails, or is off. */
export function WebhookState({ webhook }: { webhook: WebhookView }) {
  const { t } = useTranslation('webhooks');
  if (!webhook.is_enabled) return <Badge color="gray">{t('state.off')}</Badge>;
  if (webhook.failures > 0) return <Badge color="orange">{t('state.failing')}</Badge>;
  return <Badge color="teal">{t('state.on')}</Badge>;
}

/** Why a webhook is off, in a sentence; nothing while it is on. */
export function useOffReason(webhook: WebhookView): string | null {
  const { t } = useTranslation('webhooks');
  if (webhook.is_enabled) return null;
  const reason = REASONS.find((known) => known === webhook.disabled_reason);
  return reason ? t(`off.${reason}`) : t('state.off');
}
