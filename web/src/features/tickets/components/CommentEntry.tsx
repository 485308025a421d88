import { ActionIcon, Avatar, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentView, TicketView, TimelineItem } from '@/api';
import { IconCopy, IconDots, IconEdit, IconHistory, IconLock, IconSplit } from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { Time } from '@/ui/time/Time';
import { useEntryLink } from '../hooks/use-entry-link';
import type { RelationTask } from '../hooks/use-relation-actions';
import { isAllowed } from '../model';
import { EntryFiles } from './EntryFiles';
import { FoldedParts } from './FoldedParts';
import { TicketProse } from './TicketProse';
import classes from './ticket-pane.module.css';

const CommentEditor = lazyComponent(() => import('./CommentEditor').then((module) => module.CommentEditor));
const Revisions = lazyComponent(() => import('./Revisions').then((module) => module.Revisions));

interface CommentEntryProps {
  ticket: TicketView;
  item: TimelineItem;
  isOwn: boolean;
  files: readonly AttachmentView[];
  onTask: (task: RelationTask) => void;
}

/** Something that was said. Internal notes look different in colour, frame and word. */
export function CommentEntry({ ticket, item, isOwn, files, onTask }: CommentEntryProps) {
  const { t } = useTranslation('tickets');
  const [isEditing, setIsEditing] = useState(false);
  const [hasRevisions, setHasRevisions] = useState(false);
  const copyLink = useEntryLink(ticket.number);
  const isInternal = item.visibility === 'internal';
  const who = item.actor?.name ?? t('page.system');
  const canEdit = isOwn && isAllowed(ticket, isInternal ? 'comment_internal' : 'comment');
  return (
    <article
      className={classes.comment}
      data-internal={isInternal || undefined}
      data-own={(isOwn && !isInternal) || undefined}
    >
      <Group gap="xs" mb={6} wrap="nowrap">
        <Avatar size={24} name={who} color="harbour" aria-hidden />
        <Text size="sm" fw={600}>
          {who}
        </Text>
        {isInternal && (
          <Badge color="yellow" leftSection={<IconLock aria-hidden size={12} />}>
            {t('page.internal')}
          </Badge>
        )}
        {item.merged_from && (
          <Badge color="gray" variant="outline">
            {t('merge.from', { number: item.merged_from })}
          </Badge>
        )}
        <Text size="xs" c="dimmed" ms="auto" style={{ whiteSpace: 'nowrap' }}>
          <Time at={item.at} />
        </Text>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon size={24} className="no-print" aria-label={t('page.entryMenu', { who })}>
              <IconDots aria-hidden size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy aria-hidden size={15} />} onClick={() => copyLink(item.id)}>
              {t('page.copyLink')}
            </Menu.Item>
            {canEdit && (
              <Menu.Item leftSection={<IconEdit aria-hidden size={15} />} onClick={() => setIsEditing(true)}>
                {t('comment.edit')}
              </Menu.Item>
            )}
            {isAllowed(ticket, 'split') && (
              <Menu.Item
                leftSection={<IconSplit aria-hidden size={15} />}
                onClick={() => onTask({ kind: 'split', commentId: item.id })}
              >
                {t('relation.split')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Suspense fallback={<TicketProse html={item.body_html ?? ''} />}>
        {isEditing ? (
          <CommentEditor ticket={ticket} item={item} onClose={() => setIsEditing(false)} />
        ) : (
          <TicketProse html={item.body_html ?? ''} />
        )}
        <FoldedParts item={item} />
        {item.edited_at && (
          <Button
            variant="subtle"
            px={4}
            mt={4}
            c="dimmed"
            className="no-print"
            leftSection={<IconHistory aria-hidden size={13} />}
            onClick={() => setHasRevisions(true)}
          >
            {t('comment.edited')}
          </Button>
        )}
        {hasRevisions && <Revisions ticket={ticket} item={item} onClose={() => setHasRevisions(false)} />}
      </Suspense>
      <EntryFiles files={files} />
    </article>
  );
}
