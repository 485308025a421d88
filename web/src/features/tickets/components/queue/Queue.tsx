import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketRowView, ViewView } from '@/api';
import { useMe } from '@/features/session/public';
import { DataTable } from '@/ui/data-table/DataTable';
import { IconCheck, IconCopy } from '@/ui/icons';
import { lazyComponent, whenIdle } from '@/ui/lazy/lazy-component';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { useCopyRows } from '../../hooks/use-copy-rows';
import { useGroupWord } from '../../hooks/use-group-word';
import { ROW_HEIGHTS, useListLooks } from '../../hooks/use-list-looks';
import type { useQueue } from '../../hooks/use-queue';
import { useQueueColumns } from '../../hooks/use-queue-columns';
import { useRowEdit } from '../../hooks/use-row-edit';
import { useRowKeys } from '../../hooks/use-row-keys';
import { useSelectAll } from '../../hooks/use-select-all';
import { columnsToShow } from '../../queue-columns';
import { filtersOf, PRESETS, type QueueSearch } from '../../schemas';
import { QueueHead } from './QueueHead';
import classes from './queue.module.css';
import { RowEditContext } from './row-edit';
import { TicketCard } from './TicketCard';

const loadTools = () => Promise.all([import('./BulkBar'), import('./LooksMenu')]);
const BulkBar = lazyComponent(() => import('./BulkBar').then((module) => module.BulkBar));
const LooksMenu = lazyComponent(() => import('./LooksMenu').then((module) => module.LooksMenu));

interface QueueProps {
  search: QueueSearch;
  view: ViewView | undefined;
  queue: ReturnType<typeof useQueue>;
  onOpen: (row: TicketRowView) => void;
  onPeek: (number: string) => void;
}

const rowId = (row: TicketRowView) => row.number;
const rowLabel = (row: TicketRowView) => `${row.number}, ${row.title}`;

/** The list of tickets with its filters, and what can be done with rows. */
export function Queue({ search, view, queue, onOpen, onPeek }: QueueProps) {
  const { t } = useTranslation('tickets');
  const me = useMe();
  const navigate = useNavigate();
  const { peek } = search;
  const [cursor, setCursor] = useState<string | null>(peek ?? null);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [topKey, setTopKey] = useState(0);
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const list = useListLooks();
  const names = useMemo(() => columnsToShow(search.columns, list.looks.columns), [search.columns, list.looks.columns]);
  const columns = useQueueColumns(names, onOpen);
  const edit = useRowEdit();
  const copy = useCopyRows();
  const selectAll = useSelectAll(search, setSelection);
  const hasSelection = selection.size > 0;
  useEffect(() => {
    if (peek) setCursor(peek);
  }, [peek]);
  useEffect(() => whenIdle(loadTools), []);
  const what = JSON.stringify(filtersOf(search));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, another choice
  useEffect(() => setSelection(new Set()), [what]);
  useRowKeys({
    number: peek || hasSelection || edit.context.editing ? null : cursor,
    onEdit: edit.context.begin,
    onPeek,
    onTake: (number) =>
      edit.take(
        queue.rows.find((row) => row.number === number),
        me,
      ),
  });
  const onWidth = useCallback(
    (column: string, width: number) => list.change({ widths: { ...list.looks.widths, [column]: width } }),
    [list],
  );
  const groupWord = useGroupWord(search.group);
  const headings = useMemo(
    () => new Map([...queue.headings].map(([number, group]) => [number, groupWord(group, queue.areGroupsCapped)])),
    [queue.headings, queue.areGroupsCapped, groupWord],
  );
  const chosen = () => queue.rows.filter((row) => selection.has(row.number));

  return (
    <RowEditContext value={edit.context}>
      <div className={classes.queue}>
        <QueueHead
          search={search}
          view={view}
          count={
            queue.isSuccess
              ? t(queue.isTotalCapped ? 'queue.countCapped' : 'queue.count', { count: queue.total })
              : null
          }
        >
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('queue.copy')}
            title={t('queue.copy')}
            onClick={() => void copy(hasSelection ? chosen() : queue.rows, names)}
          >
            <IconCopy aria-hidden size={16} />
          </ActionIcon>
          <Suspense fallback={<ActionIcon variant="default" size={30} aria-hidden tabIndex={-1} />}>
            <LooksMenu search={search} columns={names} list={list} />
          </Suspense>
        </QueueHead>
        {queue.isPending && <SkeletonRows rows={12} />}
        {queue.isError && !queue.data && <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />}
        {queue.newCount > 0 && (
          <div className={classes.news} role="status">
            <Button
              className={classes.pill}
              radius="xl"
              onClick={() => {
                setTopKey((key) => key + 1);
                void queue.showNew();
              }}
            >
              {t('queue.new', { count: queue.newCount })}
            </Button>
          </div>
        )}
        {queue.data && queue.rows.length === 0 && (
          <PageState icon={IconCheck} title={t('queue.empty')} description={t('queue.emptyHelp')}>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/agent/tickets" search={PRESETS.everything} {...props} />}
            >
              {t('queue.clear')}
            </Button>
          </PageState>
        )}
        {queue.rows.length > 0 && (
          <DataTable
            label={t('queue.title')}
            columns={columns}
            rows={queue.rows}
            total={queue.total}
            getRowId={rowId}
            getRowLabel={rowLabel}
            cursor={cursor}
            onCursor={setCursor}
            onOpen={onOpen}
            sort={search.sort}
            onSort={(sort) =>
              void navigate({
                to: '/agent/tickets',
                search: (before) => ({ ...before, sort, view: before.view ?? 'all' }),
              })
            }
            hasMore={queue.hasNextPage}
            onMore={queue.loadMore}
            rowHeight={ROW_HEIGHTS[list.looks.density]}
            widths={list.looks.widths}
            onWidth={onWidth}
            selection={isPhone ? undefined : selection}
            onSelection={setSelection}
            topKey={topKey}
            headings={headings}
            renderCard={(row) => <TicketCard row={row} />}
          />
        )}
        <Suspense fallback={null}>
          {hasSelection && (
            <BulkBar
              selection={selection}
              onSelection={setSelection}
              onCopy={() => void copy(chosen(), names)}
              total={queue.total}
              isAllLoaded={!queue.hasNextPage}
              onSelectAll={selectAll}
            />
          )}
        </Suspense>
      </div>
    </RowEditContext>
  );
}
