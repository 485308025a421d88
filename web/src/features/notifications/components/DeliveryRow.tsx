import { Anchor, Badge, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '@/api';
import { Time } from '@/ui/time/Time';
import { isKind, isTopic } from '../channel';
import { isReason, withoutNumber } from '../model';
import { type DeliveryState, isState } from '../schemas';
import classes from './notifications.module.css';

const COLOURS: Record<DeliveryState, string> = {
  waiting: 'gray',
  queued: 'blue',
  sent: 'teal',
  failed: 'red',
  skipped: 'gray',
};

/** Why something was not sent, where the product says it in a word. */
const SKIPPED = ['not_visible', 'inactive', 'too_old', 'no_phone', 'channel_off', 'example'] as const;

interface DeliveryRowProps {
  delivery: Delivery;
  /** Without the ticket, where all are about one. */
  isOfOneTicket?: boolean;
  onRetry?: () => void;
}

/** One event and one person: how they were told, and how it ended. */
export function DeliveryRow({ delivery, isOfOneTicket, onRetry }: DeliveryRowProps) {
  const { t } = useTranslation('notifications');
  const { state, reason, ticket, note } = delivery;
  const name = delivery.user?.name ?? delivery.channel_name ?? '';
  const skipped = SKIPPED.find((word) => word === note);
  return (
    <li className={classes.delivery}>
      <div>
        <Badge color={isState(state) ? COLOURS[state] : 'gray'} variant="light">
          {isState(state) ? t(`state.${state}`) : state}
        </Badge>
      </div>
      <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Text size="sm">
          <strong>{name}</strong>
          {delivery.channel !== 'email' && (
            <> · {isKind(delivery.channel) ? t(`kind.${delivery.channel}`) : delivery.channel}</>
          )}
          {delivery.address && <> · {delivery.address}</>}
        </Text>
        <Text size="sm" c="dimmed">
          {delivery.user && isReason(reason) ? t(`reason.${reason}`) : isTopic(reason) ? t(`topic.${reason}`) : reason}
          {!isOfOneTicket && ticket.number && (
            <>
              {' · '}
              <Anchor
                underline="always"
                size="sm"
                renderRoot={(props) => (
                  <Link to="/agent/incidents/$key" params={{ key: ticket.number ?? '' }} {...props} />
                )}
              >
                {ticket.number}
              </Anchor>
            </>
          )}
          {delivery.subject && !isOfOneTicket && <> · {withoutNumber(delivery.subject, ticket.number)}</>}
        </Text>
        {note && (
          <Text size="sm" c={skipped ? 'dimmed' : 'orange'}>
            {skipped ? t(`skipped.${skipped}`) : note}
          </Text>
        )}
        {delivery.answer && (
          <pre className={classes.answer} aria-label={t('log.answer')}>
            {delivery.answer}
          </pre>
        )}
      </div>
      <div className={classes.when}>
        <Text size="xs" c="dimmed">
          {t('log.written')} <Time at={delivery.created_at} />
          {state === 'waiting' && (
            <>
              {' · '}
              {t('log.due')} <Time at={delivery.due_at} isAhead />
            </>
          )}
          {delivery.settled_at && (
            <>
              {' · '}
              {t('log.ended')} <Time at={delivery.settled_at} />
            </>
          )}
          {delivery.attempts > 0 && <> · {t('log.attempts', { count: delivery.attempts })}</>}
        </Text>
        {state === 'failed' && onRetry && (
          <Button variant="default" aria-label={t('log.retryNamed', { name })} onClick={onRetry}>
            {t('log.retry')}
          </Button>
        )}
      </div>
    </li>
  );
}
