import { Avatar, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView, TimelineItem } from '@/api';
import { useMe } from '@/features/session/public';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Prose } from '@/ui/text/Prose';
import { Time } from '@/ui/time/Time';
import { useTimeline } from '../hooks/use-ticket';
import { filterTimeline, groupTimeline, isTimelineKind, TIMELINE_KINDS, type TimelineKind } from '../model';
import { ChangesEntry } from './ChangesEntry';
import { CommentEntry } from './CommentEntry';
import classes from './ticket-pane.module.css';

const NOTHING: TimelineItem[] = [];

/** What was reported, said and changed, oldest first. */
export function Conversation({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const [kind, setKind] = useState<TimelineKind>('all');
  const timeline = useTimeline(ticket.number);
  const items = timeline.data?.data ?? NOTHING;
  const entries = useMemo(() => filterTimeline(groupTimeline(items), kind), [items, kind]);
  return (
    <section aria-label={t('page.conversation')} className={classes.conversation}>
      <Stack gap="md">
        <Group justify="flex-end" className="no-print">
          <SegmentedControl
            aria-label={t('page.showInTimeline')}
            value={kind}
            onChange={(value) => isTimelineKind(value) && setKind(value)}
            data={TIMELINE_KINDS.map((value) => ({ value, label: t(`page.${value}`) }))}
          />
        </Group>
        <article className={classes.comment}>
          <Group gap="xs" mb={6} wrap="nowrap">
            <Avatar size={24} name={ticket.requester.name} color="harbour" aria-hidden />
            <Text size="sm" fw={600}>
              {t('page.reportedBy', { who: ticket.requester.name })}
            </Text>
            <Text size="xs" c="dimmed" ms="auto">
              <Time at={ticket.created_at} />
            </Text>
          </Group>
          {ticket.description ? (
            <Prose html={ticket.description_html} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('page.noDescription')}
            </Text>
          )}
        </article>
        {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
        {timeline.isPending && <SkeletonRows rows={3} height={48} />}
        <ol className={classes.entries}>
          {entries.map((entry) => (
            <li key={entry.id} id={`e-${entry.id}`}>
              {entry.kind === 'comment' ? (
                <CommentEntry item={entry.item} isOwn={entry.item.actor?.id === me.id} />
              ) : (
                <ChangesEntry entry={entry} />
              )}
            </li>
          ))}
        </ol>
      </Stack>
    </section>
  );
}
