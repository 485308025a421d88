import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { createIncident, operation } from '@/api';
import { asApiError } from '@/lib/api-error';
import { incidentOf, type Report } from '../report';

interface UseSendReport {
  upload: (ticket: string) => Promise<void>;
  onSent: () => void;
}

/**
 * Reports, attaches the files, and goes to what happens next. An attempt that was
 * cut off is repeated with the same key, so that nobody reports the same twice.
 */
export function useSendReport({ upload, onSent }: UseSendReport) {
  const { t } = useTranslation('portal');
  const client = useQueryClient();
  const router = useRouter();
  const attempt = useRef({ key: '', text: '' });
  return async (report: Report) => {
    const body = incidentOf(report);
    const text = JSON.stringify(body);
    if (attempt.current.text !== text) attempt.current = { key: crypto.randomUUID(), text };
    const { data } = await createIncident({ body, headers: { 'Idempotency-Key': attempt.current.key } });
    onSent();
    void client.invalidateQueries({ queryKey: operation('listTickets') });
    try {
      await upload(data.number);
    } catch (error) {
      const problem = asApiError(error);
      notifications.show({
        color: 'orange',
        title: t('report.filesMissing'),
        message: problem.isOffline ? t('report.filesOffline') : problem.message,
        autoClose: false,
      });
    }
    await router.navigate({ to: '/portal/requests/$key', params: { key: data.number }, search: { sent: true } });
  };
}
