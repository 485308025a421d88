import { Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarView, previewSlaCalendarOptions } from '@/api';
import { dateFormat } from '@/lib/intl';
import { readMinutes } from '@/lib/minutes';
import { exactTime } from '@/lib/time';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import classes from './sla.module.css';

const SHOWN = 10;

/** What the calendar does next, as it is saved: its openings, and when a ticket from now would be due. */
export function CalendarPreview({ calendar }: { calendar: CalendarView }) {
  const { t, i18n } = useTranslation('sla');
  const [text, setText] = useState('4h');
  const [sought] = useDebouncedValue(text, 250);
  const minutes = readMinutes(sought);
  const target_minutes = minutes ?? undefined;
  const query = useQuery({
    ...previewSlaCalendarOptions({ path: { id: calendar.id }, query: { target_minutes } }),
    placeholderData: keepPreviousData,
  });
  const at = (instant: string) => exactTime(instant, i18n.language, calendar.time_zone);
  const span = dateFormat(i18n.language, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: calendar.time_zone,
  });
  return (
    <div className={classes.stack}>
      <Panel title={t('preview.due')} lead={t('preview.zone', { zone: calendar.time_zone })}>
        <TextInput
          label={t('preview.target')}
          description={t('preview.targetHelp')}
          value={text}
          error={readMinutes(text) === undefined ? t('duration.wrong') : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Text size="sm" mt="sm" role="status">
          {query.data?.due_at
            ? t('preview.dueAt', { at: at(query.data.due_at) })
            : query.data && target_minutes !== undefined && t('preview.never')}
        </Text>
      </Panel>
      <Panel title={t('preview.openings')} lead={t('preview.zone', { zone: calendar.time_zone })}>
        {query.isPending && <SkeletonRows rows={4} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.openings.length === 0 && <Text size="sm">{t('preview.noOpenings')}</Text>}
        <ol className={classes.rows}>
          {(query.data?.openings ?? []).slice(0, SHOWN).map((opening) => (
            <li key={opening.from}>
              <Text size="sm">{span.formatRange(Date.parse(opening.from), Date.parse(opening.until))}</Text>
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}
