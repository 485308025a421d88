import { Avatar, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type AttachmentView, listAttachmentsOptions, type TicketView, type TimelineItem } from '@/api';
import { Attachments, filesOf } from '@/features/attachments/public';
import { useMe } from '@/features/session/public';
import { useTimeline } from '@/features/tickets/public';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Prose } from '@/ui/text/Prose';
import { Time } from '@/ui/time/Time';
import { useStatusWord } from '../hooks/use-status-word';
import classes from './report-page.module.css';

const NO_ITEMS: readonly TimelineItem[] = [];

/** What was said, with its files, and when the status changed; nothing else of the history is of use here. */
export function RequestThread({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('portal');
  const me = useMe();
  const statusWord = useStatusWord();
  const timeline = useTimeline(ticket.number);
  const attachments = useQuery(listAttachmentsOptions({ path: { key: ticket.number } }));
  const items = (timeline.data?.data ?? NO_ITEMS).filter(
    (item) => item.type !== 'activity' || (item.field === 'status' && item.old),
  );
  const said = [
    { id: ticket.id, who: ticket.requester.id, at: ticket.created_at },
    ...items
      .filter((item) => item.type !== 'activity')
      .map((item) => ({ id: item.id, who: item.actor?.id, at: item.at })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const files = filesOf(attachments.data?.data ?? [], said);
  const rest = files.get('') ?? [];
  return (
    <section aria-label={t('request.conversation')}>
      <ol className={classes.thread}>
        {(ticket.description || files.has(ticket.id)) && (
          <Entry
            who={ticket.requester.name}
            at={ticket.created_at}
            html={ticket.description_html}
            isOwn={ticket.requester.id === me.id}
            files={files.get(ticket.id)}
          />
        )}
        {items.map((item: TimelineItem) =>
          item.type === 'activity' ? (
            <li key={item.id} className={classes.note}>
              {statusWord(item.new)} · <Time at={item.at} />
            </li>
          ) : (
            <Entry
              key={item.id}
              who={item.actor?.name ?? 'Steward'}
              at={item.at}
              html={item.body_html ?? ''}
              isOwn={item.actor?.id === me.id}
              files={files.get(item.id)}
            />
          ),
        )}
        {rest.length > 0 && (
          <li className={classes.entry}>
            <Text fw={600} size="sm">
              {t('files.more')}
            </Text>
            <Attachments files={rest} />
          </li>
        )}
      </ol>
      {timeline.isPending && <SkeletonRows rows={2} height={60} />}
      {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
    </section>
  );
}

interface EntryProps {
  who: string;
  at: string;
  html: string;
  isOwn: boolean;
  files?: readonly AttachmentView[];
}

function Entry({ who, at, html, isOwn, files = [] }: EntryProps) {
  return (
    <li className={classes.entry} data-own={isOwn || undefined}>
      <Group gap="xs" mb={6} wrap="nowrap">
        <Avatar size={28} name={who} color="harbour" aria-hidden />
        <Text fw={600} size="sm">
          {who}
        </Text>
        <Text size="sm" c="dimmed" ms="auto">
          <Time at={at} />
        </Text>
      </Group>
      <Prose html={html} />
      <Attachments files={files} />
    </li>
  );
}
