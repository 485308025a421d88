import { Button, Container, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { NotificationView } from '@/api';
import { Refusable } from '@/ui/action/Refusable';
import { stepCursor } from '@/ui/data-table/cursor';
import { IconAllRead, IconInbox } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useInbox, useRead, useUnread } from '../hooks/use-inbox';
import { pageOf } from '../model';
import { InboxRow } from './InboxRow';
import classes from './inbox.module.css';

export type InboxShow = 'unread' | 'all';

/** What happened that this person should know, newest first; worked through with the keyboard. */
export function InboxPage({ show }: { show: InboxShow }) {
  const { t } = useTranslation(['inbox', 'common']);
  const navigate = useNavigate();
  const inbox = useInbox(show === 'unread');
  const { unread, isCapped } = useUnread();
  const { readOne, readAll, isReadingAll } = useRead();
  const list = useRef<HTMLUListElement>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const { rows } = inbox;

  const onOpen = useCallback(
    (row: NotificationView) => {
      if (!row.read_at) readOne(row.id);
      void navigate(pageOf(row));
    },
    [navigate, readOne],
  );
  const keys = useMemo<Action[]>(() => {
    const section = t('keys');
    const ids = rows.map((row) => row.id);
    const here = () => rows.find((row) => row.id === cursor);
    const go = (step: number) => () => {
      const next = stepCursor(ids, cursor, step);
      setCursor(next);
      if (next) list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next)}"]`)?.focus();
    };
    const read = () => {
      const row = here();
      if (!row || row.read_at) return;
      go(1)();
      readOne(row.id);
    };
    const open = () => {
      const row = here();
      if (row) onOpen(row);
    };
    const base = { section, isHidden: true };
    return [
      { ...base, id: 'inbox.next', label: t('common:table.next'), shortcut: 'j', run: go(1) },
      { ...base, id: 'inbox.previous', label: t('common:table.previous'), shortcut: 'k', run: go(-1) },
      { ...base, id: 'inbox.open', label: t('open'), shortcut: 'enter', run: open },
      { ...base, id: 'inbox.read', label: t('markRead'), shortcut: 'e', run: read },
      { id: 'inbox.readAll', label: t('readAll'), section, icon: IconAllRead, run: () => readAll() },
    ];
  }, [t, rows, cursor, onOpen, readOne, readAll]);
  useActions(keys);

  return (
    <Container size="md" py="md" ms={0}>
      <Group justify="space-between" mb="md">
        <Group gap="sm" align="baseline">
          <PageTitle>{t('title')}</PageTitle>
          <Text size="sm" c="dimmed" role="status">
            {unread > 0 && `${t('unread', { count: unread })}${isCapped ? '+' : ''}`}
          </Text>
        </Group>
        <Group gap="xs">
          <SegmentedControl
            aria-label={t('which')}
            value={show}
            onChange={(value) =>
              void navigate({ to: '/agent/inbox', search: { show: value === 'all' ? 'all' : undefined } })
            }
            data={[
              { value: 'unread', label: t('unreadOnly') },
              { value: 'all', label: t('everything') },
            ]}
          />
          <Refusable reason={unread === 0 && !isReadingAll ? t('nothingUnread') : null}>
            <Button
              variant="default"
              leftSection={<IconAllRead aria-hidden size={15} />}
              loading={isReadingAll}
              onClick={() => readAll()}
            >
              {t('readAll')}
            </Button>
          </Refusable>
        </Group>
      </Group>
      <Paper withBorder radius="md" bg="var(--steward-surface)" className={classes.paper}>
        {inbox.isPending && <SkeletonRows rows={6} />}
        {inbox.isError && !inbox.data && <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} />}
        {inbox.data && rows.length === 0 && (
          <PageState icon={IconInbox} title={show === 'unread' ? t('empty') : t('none')} description={t('emptyHelp')} />
        )}
        <ul ref={list} className={classes.list} aria-label={t('title')}>
          {rows.map((row, index) => (
            <InboxRow
              key={row.id}
              row={row}
              isTabStop={row.id === cursor || (cursor === null && index === 0)}
              onFocus={setCursor}
              onOpen={onOpen}
              onRead={readOne}
            />
          ))}
        </ul>
      </Paper>
      {inbox.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>
            {t('more')}
          </Button>
        </Group>
      )}
    </Container>
  );
}
