import { ActionIcon, Avatar, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentView, TicketView, TimelineItem } from '@/api';
import { useMe } from '@/features/session/public';
import { IconEdit } from '@/ui/icons';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { entryAnchor, useEntryLinkTarget } from '../hooks/use-entry-link';
import { useAttachments } from '../hooks/use-related';
import type { RelationTask } from '../hooks/use-relation-actions';
import { useTimeline } from '../hooks/use-ticket';
import { useTimelineKind } from '../hooks/use-timeline-kind';
import { useUnsent } from '../hooks/use-unsent';
import { filterTimeline, groupTimeline, isEditable, isTimelineKind, TIMELINE_KINDS } from '../model';
import { isSaid } from '../unsent';
import { ChangesEntry } from './ChangesEntry';
import { CommentEntry } from './CommentEntry';
import { EntryFiles } from './EntryFiles';
import { TicketProse } from './TicketProse';
import classes from './ticket-pane.module.css';
import { UnsentEntry } from './UnsentEntry';

const NOTHING: TimelineItem[] = [];
const NO_FILES: AttachmentView[] = [];

interface ConversationProps {
  ticket: TicketView;
  onTask: (task: RelationTask) => void;
}

/** What was reported, said and changed, oldest first. */
export function Conversation({ ticket, onTask }: ConversationProps) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const [kind, setKind] = useTimelineKind();
  const timeline = useTimeline(ticket.number);
  const attachments = useAttachments(ticket.number).data?.data ?? NO_FILES;
  const items = timeline.data?.data ?? NOTHING;
  const entries = useMemo(() => filterTimeline(groupTimeline(items), kind), [items, kind]);
  const filesOf = (id: string | null) => attachments.filter((file) => (file.comment_id ?? null) === id);
  useEntryLinkTarget(timeline.isSuccess);
  const unsent = useUnsent(ticket.number);
  // What came meanwhile by another way stands there once.
  const waiting = unsent.messages.filter((each) => each.state === 'refused' || !isSaid(each, items, me.id));
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
            <Text size="xs" c="dimmed" ms="auto" style={{ whiteSpace: 'nowrap' }}>
              <Time at={ticket.created_at} />
            </Text>
            {isEditable(ticket) && (
              <ActionIcon
                size={24}
                className="no-print"
                aria-label={t('page.edit', { field: t('field.description') })}
                onClick={() => onTask({ kind: 'description' })}
              >
                <IconEdit aria-hidden size={14} />
              </ActionIcon>
            )}
          </Group>
          {ticket.description ? (
            <TicketProse html={ticket.description_html} />
          ) : (
            <Text size="sm" c="dimmed">
              {t('page.noDescription')}
            </Text>
          )}
          <EntryFiles files={filesOf(null)} />
        </article>
        {timeline.isError && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
        {timeline.isPending && <SkeletonRows rows={3} height={48} />}
        <ol className={classes.entries}>
          {entries.map((entry) => (
            <li key={entry.id} id={entryAnchor(entry.id)}>
              {entry.kind === 'comment' ? (
                <CommentEntry
                  ticket={ticket}
                  item={entry.item}
                  isOwn={entry.item.actor?.id === me.id}
                  files={filesOf(entry.item.id)}
                  onTask={onTask}
                />
              ) : (
                <ChangesEntry entry={entry} />
              )}
            </li>
          ))}
          {waiting.map((message) => (
            <li key={message.once}>
              <UnsentEntry message={message} box={unsent.key} />
            </li>
          ))}
        </ol>
      </Stack>
    </section>
  );
}
