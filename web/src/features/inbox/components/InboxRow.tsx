import { ActionIcon, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NotificationView } from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { IconCheck, IconMention } from '@/ui/icons';
import { Time } from '@/ui/time/Time';
import { knownReason, pageOf } from '../model';
import classes from './inbox.module.css';

interface InboxRowProps {
  row: NotificationView;
  isTabStop: boolean;
  onFocus: (id: string) => void;
  onOpen: (row: NotificationView) => void;
  onRead: (id: string) => void;
}

/** One thing that happened: who, what, on which ticket. */
export function InboxRow({ row, isTabStop, onFocus, onOpen, onRead }: InboxRowProps) {
  const { t } = useTranslation('inbox');
  const isUnread = !row.read_at;
  const who = row.actor?.name ?? t('someone');
  const reason = knownReason(row.reason);
  return (
    <li className={classes.row} data-unread={isUnread || undefined}>
      <span
        className={classes.dot}
        role="img"
        aria-label={isUnread ? t('isUnread') : undefined}
        aria-hidden={!isUnread}
      />
      <Link
        {...pageOf(row)}
        className={classes.link}
        data-id={row.id}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={() => onFocus(row.id)}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onOpen(row);
        }}
      >
        <span className={classes.what}>
          {reason === 'mentioned' && <IconMention aria-hidden size={14} />}
          {reason ? t(`reason.${reason}`, { who }) : t('reason.other', { who, reason: row.reason })}
        </span>
        <span className={classes.ticket}>
          <Text span inherit c="dimmed">
            {row.ticket?.number}
          </Text>{' '}
          {row.ticket?.title ?? row.webhook?.name}
        </span>
      </Link>
      <Text span size="xs" c="dimmed" className={classes.time}>
        <Time at={row.created_at} />
      </Text>
      <Refusable reason={isUnread ? null : t('isRead')} hint={t('markRead')}>
        <ActionIcon size={26} aria-label={t('markRead')} tabIndex={-1} onClick={() => onRead(row.id)}>
          <IconCheck aria-hidden size={15} />
        </ActionIcon>
      </Refusable>
    </li>
  );
}
