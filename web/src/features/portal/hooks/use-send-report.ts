import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type CustomFieldView, createIncident, operation } from '@/api';
import { asApiError } from '@/lib/api-error';
import { problemWords } from '@/ui/feedback/problem-words';
import { useOutbox } from '@/ui/feedback/use-outbox';
import { incidentOf, type Report } from '../report';

interface UseSendReport {
  fields: readonly CustomFieldView[];
  upload: (ticket: string) => Promise<void>;
  onSent: () => void;
}

const OUTBOX = 'report';

/**
 * Reports, attaches the files, and goes to what happens next. An attempt that was
 * cut off is repeated with the same key, so that nobody reports the same twice;
 * without a connection the report waits for it.
 */
export function useSendReport({ fields, upload, onSent }: UseSendReport) {
  const { t } = useTranslation('portal');
  const client = useQueryClient();
  const router = useRouter();
  const attempt = useRef({ key: '', text: '' });
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const post = useOutbox(OUTBOX);
  const deliver = async (report: Report) => {
    const body = incidentOf(report, fields);
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
        message: problem.isOffline ? t('report.filesOffline') : problemWords(problem).message,
        autoClose: false,
      });
    }
    const words = t('report.sent', { number: data.number });
    // Someone who went elsewhere meanwhile is told, and stays there.
    if (!isHere.current) notifications.show({ message: words, color: 'teal' });
    else await router.navigate({ to: '/portal/requests/$key', params: { key: data.number }, search: { sent: true } });
  };
  return { post, send: (report: Report) => post.send(() => deliver(report)) };
}
