import { Avatar, Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '@/api';
import { IconLock } from '@/ui/icons';
import { Prose } from '@/ui/text/Prose';
import { Time } from '@/ui/time/Time';
import classes from './ticket-pane.module.css';

interface CommentEntryProps {
  item: TimelineItem;
  isOwn: boolean;
}

/** Something that was said. Internal notes look different in colour, frame and word. */
export function CommentEntry({ item, isOwn }: CommentEntryProps) {
  const { t } = useTranslation('tickets');
  const isInternal = item.visibility === 'internal';
  const who = item.actor?.name ?? t('page.system');
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
        <Text size="xs" c="dimmed" ms="auto">
          <Time at={item.at} />
        </Text>
      </Group>
      <Prose html={item.body_html ?? ''} />
    </article>
  );
}
