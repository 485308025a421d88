import { Avatar, Badge, Button, Group, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/features/session/public';
import { IconAlert, IconLock } from '@/ui/icons';
import { type Unsent, unsentBox } from '../unsent';
import classes from './ticket-pane.module.css';

interface UnsentEntryProps {
  message: Unsent;
  /** Whose messages these are, and of which ticket. */
  box: string;
}

/** Something that was written and that the server does not have yet, in its place in the conversation. */
export function UnsentEntry({ message, box }: UnsentEntryProps) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const entry = useRef<HTMLElement>(null);
  const { state, once } = message;
  const isSending = state === 'sending';
  const isInternal = message.visibility === 'internal';
  useEffect(() => {
    // What it answers, a promise in newer browsers, is no way to undo the effect.
    void entry.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <article
      ref={entry}
      className={classes.comment}
      data-own={!isInternal || undefined}
      data-internal={isInternal || undefined}
      data-unsent={state}
    >
      <Group gap="xs" mb={6} wrap="nowrap">
        <Avatar size={24} name={me.name} color="harbour" aria-hidden />
        <Text size="sm" fw={600}>
          {me.name}
        </Text>
        {isInternal && (
          <Badge color="yellow" leftSection={<IconLock aria-hidden size={12} />}>
            {t('page.internal')}
          </Badge>
        )}
        <Text size="xs" c={isSending ? 'dimmed' : undefined} ms="auto" role="status" className={classes.unsentMark}>
          {!isSending && <IconAlert aria-hidden size={13} />}
          {isSending ? t('unsent.sending') : t('unsent.notSent')}
        </Text>
      </Group>
      <Text size="sm" className={classes.unsentText}>
        {message.body}
      </Text>
      {!isSending && (
        <>
          <Text size="xs" mt={6}>
            {state === 'refused' ? message.reason : t(`unsent.${state}`)}
          </Text>
          <Group gap="xs" mt={6}>
            <Button variant="default" onClick={() => unsentBox.rescue(box)?.again(once)}>
              {t('unsent.again')}
            </Button>
            <Button variant="default" onClick={() => unsentBox.rescue(box)?.take(once)}>
              {t('unsent.take')}
            </Button>
          </Group>
        </>
      )}
    </article>
  );
}
