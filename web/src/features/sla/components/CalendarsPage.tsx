import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type CalendarView, createSlaCalendar, listSlaCalendarsOptions, operation } from '@/api';
import { useRights } from '@/features/session/public';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconCalendar, IconPlus } from '@/ui/icons';
import { ExportButton } from '@/ui/list/ExportButton';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { isAlways, usualWeek, writeWeek } from '../week';
import classes from './sla.module.css';

/** The calendars that service levels count by. */
export function CalendarsPage() {
  const { t } = useTranslation(['sla', 'common']);
  const navigate = useNavigate();
  const client = useQueryClient();
  const { may } = useRights();
  const query = useQuery(listSlaCalendarsOptions());
  const calendars = query.data?.data ?? [];
  const create = useMutation({
    mutationFn: async () => {
      const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const names = new Set(calendars.map((calendar) => calendar.name));
      const usual = t('calendars.newName');
      const free = [usual, ...Array.from({ length: 50 }, (_, index) => `${usual} ${index + 2}`)];
      const name = free.find((each) => !names.has(each)) ?? usual;
      return (await createSlaCalendar({ body: { name, time_zone, weekly: writeWeek(usualWeek()) } })).data;
    },
    onSuccess: async (calendar) => {
      await client.invalidateQueries({ queryKey: operation('listSlaCalendars') });
      await navigate({ to: '/admin/calendars/$id', params: { id: calendar.id } });
    },
    onError: notifyProblem,
  });
  const add = may('sla:manage') && (
    <Button leftSection={<IconPlus aria-hidden size={15} />} loading={create.isPending} onClick={() => create.mutate()}>
      {t('calendars.add')}
    </Button>
  );
  const load = async () => ({
    name: 'calendars',
    head: [t('calendars.name'), t('calendars.zone'), t('calendars.holidays')],
    rows: calendars.map((calendar) => [calendar.name, calendar.time_zone, String(calendar.holidays.length)]),
  });
  return (
    <div className={classes.page}>
      <PageHead
        title={t('calendars.title')}
        crumbs={[{ label: t('common:admin.home'), to: '/admin' }]}
        count={query.data && calendars.length}
        lead={t('calendars.lead')}
      >
        {calendars.length > 0 && <ExportButton load={load} />}
        {add}
      </PageHead>
      {query.isPending && <SkeletonRows />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && calendars.length === 0 && (
        <PageState icon={IconCalendar} title={t('calendars.empty')} description={t('calendars.emptyHelp')}>
          {add}
        </PageState>
      )}
      {calendars.length > 0 && (
        <Panel title={t('calendars.all')}>
          <ul className={classes.rows}>
            {calendars.map((calendar) => (
              <CalendarRow key={calendar.id} calendar={calendar} />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function CalendarRow({ calendar }: { calendar: CalendarView }) {
  const { t } = useTranslation('sla');
  return (
    <li>
      <Group gap="xs">
        <Anchor
          size="sm"
          fw={550}
          c="inherit"
          renderRoot={(props) => <Link to="/admin/calendars/$id" params={{ id: calendar.id }} {...props} />}
        >
          {calendar.name}
        </Anchor>
        {calendar.is_default && <Badge>{t('calendars.default')}</Badge>}
        {isAlways(calendar.weekly) && <Badge color="gray">{t('calendars.always')}</Badge>}
      </Group>
      <Text size="xs" c="dimmed">
        {calendar.time_zone} · {t('calendars.closedDates', { count: calendar.holidays.length })}
      </Text>
    </li>
  );
}
