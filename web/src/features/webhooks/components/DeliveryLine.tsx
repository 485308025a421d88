import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WebhookDelivery } from '@/api';
import { Time } from '@/ui/time/Time';
import { STATES } from '../schemas';
import classes from './webhooks.module.css';

const COLORS: Record<string, string> = { sent: 'teal', waiting: 'blue', failed: 'red', skipped: 'gray' };
const NOTES = ['given_up', 'gone', 'disabled', 'not_visible', 'person_inactive', 'event_gone'] as const;

/** One delivery on one line. */
export function DeliveryLine({ row }: { row: WebhookDelivery }) {
  const { t } = useTranslation('webhooks');
  const state = STATES.find((known) => known === row.state);
  const note = NOTES.find((known) => known === row.note);
  const why = note ? t(`note.${note}`) : (row.last_error ?? (row.last_status ? String(row.last_status) : ''));
  return (
    <>
      <span className={classes.state}>
        <Badge color={COLORS[row.state] ?? 'gray'}>{state ? t(`deliveryState.${state}`) : row.state}</Badge>
      </span>
      <span className={classes.kind}>
        {row.kind} {row.ticket?.number}
      </span>
      <Text span size="xs" c="dimmed" className={classes.why}>
        {why}
        {row.next_try_at && row.attempts > 0 && (
          <>
            {' · '}
            {t('log.next')} <Time at={row.next_try_at} isAhead />
          </>
        )}
      </Text>
      <Text span size="xs" c="dimmed" className={classes.when}>
        <Time at={row.created_at} />
      </Text>
    </>
  );
}
