import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getSlaCalendarOptions } from '@/api';
import { PageHead } from '@/ui/page/PageHead';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { CalendarForm } from './CalendarForm';
import { CalendarPreview } from './CalendarPreview';
import classes from './sla.module.css';

/** One calendar: when it is open, when it is closed, and what follows from that. */
export function CalendarPage({ id }: { id: string }) {
  const { t } = useTranslation(['sla', 'common']);
  const query = useQuery(getSlaCalendarOptions({ path: { id } }));
  const calendar = query.data;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} isPage />;
  if (!calendar) return <SkeletonRows />;
  return (
    <div className={classes.page}>
      <PageHead
        title={calendar.name}
        crumbs={[
          { label: t('common:admin.home'), to: '/admin' },
          { label: t('calendars.title'), to: '/admin/calendars' },
        ]}
        marks={calendar.is_default && <Badge>{t('calendars.default')}</Badge>}
      />
      <div className={classes.columns}>
        <CalendarForm calendar={calendar} />
        <CalendarPreview calendar={calendar} />
      </div>
    </div>
  );
}
