import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  getWebhookDeliveryOptions,
  operation,
  replayWebhookDelivery,
  type WebhookAttempt,
  type WebhookView,
} from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { ASK_AGAIN_MS } from '../ask-again';
import { DeliveryLine } from './DeliveryLine';
import classes from './webhooks.module.css';

interface DeliveryDialogProps {
  webhook: WebhookView;
  /** Which one is open; none when absent. */
  id: string | undefined;
  onChanged: () => Promise<unknown>;
  onClose: () => void;
}

/** One delivery with every try: what was sent and what came back. */
export function DeliveryDialog({ webhook, id, onChanged, onClose }: DeliveryDialogProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const client = useQueryClient();
  const path = { id: webhook.id, delivery_id: id ?? '' };
  const query = useQuery({
    ...getWebhookDeliveryOptions({ path }),
    enabled: id !== undefined,
    refetchInterval: ASK_AGAIN_MS,
  });
  const detail = id ? query.data : undefined;
  const refusal = (state: string) => {
    if (!webhook.is_enabled) return t('replay.isOff');
    return state === 'waiting' ? t('replay.isWaiting') : null;
  };
  const replay = () => {
    replayWebhookDelivery({ path })
      .then(async () => {
        await client.invalidateQueries({ queryKey: operation('getWebhookDelivery') });
        await onChanged();
        notifications.show({ message: t('replay.done', { count: 1 }), color: 'teal' });
      })
      .catch(notifyProblem);
  };
  return (
    <Modal opened={id !== undefined} onClose={onClose} size="xl" title={t('delivery.title')}>
      {id && query.isPending && <SkeletonRows />}
      {id && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {detail && (
        <Stack gap="md">
          <Group gap="xs">
            <DeliveryLine row={detail.delivery} />
          </Group>
          <Text size="xs" c="dimmed" ff="monospace">
            <code>webhook-id: {detail.delivery.id}</code>
          </Text>
          {detail.attempts.length === 0 && <Text size="sm">{t('delivery.noAttempt')}</Text>}
          {detail.attempts.toReversed().map((attempt) => (
            <Attempt key={attempt.number} attempt={attempt} />
          ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:form.close')}
            </Button>
            <Refusable reason={refusal(detail.delivery.state)}>
              <Button onClick={replay}>{t('replay.one')}</Button>
            </Refusable>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function Attempt({ attempt }: { attempt: WebhookAttempt }) {
  const { t } = useTranslation('webhooks');
  const isTaken = attempt.status !== null && attempt.status !== undefined && Math.floor(attempt.status / 100) === 2;
  return (
    <section aria-label={t('delivery.attempt', { number: attempt.number })}>
      <Group gap="xs">
        <Text size="sm" fw={550}>
          {t('delivery.attempt', { number: attempt.number })}
        </Text>
        <Badge color={isTaken ? 'teal' : 'red'}>
          {attempt.status ?? t(`delivery.failure.${attempt.error_kind}`, { defaultValue: attempt.error_kind ?? '' })}
        </Badge>
        <Text size="xs" c="dimmed">
          <Time at={attempt.at} /> · {t('delivery.took', { ms: attempt.took_ms })}
        </Text>
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {t('delivery.request')}
      </Text>
      <pre className={classes.text} tabIndex={0}>
        {`POST ${attempt.url}\n${lines(attempt.request_headers)}\n\n${pretty(attempt.request_body)}`}
      </pre>
      <Text size="xs" c="dimmed" mt={6}>
        {t('delivery.answer')}
      </Text>
      <pre className={classes.text} tabIndex={0}>
        {attempt.status
          ? `${attempt.status}\n${lines(attempt.answer_headers)}\n\n${attempt.answer_body}`
          : attempt.error}
      </pre>
    </section>
  );
}

function lines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** JSON with line breaks; anything else as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
