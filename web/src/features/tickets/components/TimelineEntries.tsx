import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '@/api';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { Time } from '@/ui/time/Time';
import { useTimeline } from '../hooks/use-ticket';
import { groupTimeline } from '../model';
import { ChangesEntry } from './ChangesEntry';
import { TicketProse } from './TicketProse';
import classes from './ticket-pane.module.css';

const NOTHING: TimelineItem[] = [];

/** The timeline of a ticket to read, newest first. */
export function TimelineEntries({ number }: { number: string }) {
  const { t } = useTranslation('tickets');
  const timeline = useTimeline(number);
  const items = timeline.data?.data ?? NOTHING;
  const entries = useMemo(() => groupTimeline(items).toReversed(), [items]);
  if (timeline.isPending) return <SkeletonRows rows={3} />;
  if (timeline.isError) return <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />;
  return (
    <ol className={classes.entries}>
      {entries.map((entry) => (
        <li key={entry.id}>
          {entry.kind === 'comment' ? (
            <article className={classes.comment} data-internal={entry.item.visibility === 'internal' || undefined}>
              <div className={classes.said}>
                <b>{entry.item.actor?.name ?? t('page.system')}</b>
                {entry.item.visibility === 'internal' && <span>{t('page.internal')}</span>}
                <Time at={entry.item.at} />
              </div>
              <TicketProse html={entry.item.body_html ?? ''} />
            </article>
          ) : (
            <ChangesEntry entry={entry} />
          )}
        </li>
      ))}
    </ol>
  );
}
