import { Anchor, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CalendarView, listSlaCalendarsOptions, listSlaPoliciesOptions, type PolicyView } from '@/api';
import { useRights } from '@/features/session/public';
import { IconTimer } from '@/ui/icons';
import { PageHead } from '@/ui/page/PageHead';
import { Panel } from '@/ui/page/Panel';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { PageState } from '@/ui/page-states/PageState';
import { SkeletonRows } from '@/ui/page-states/SkeletonRows';
import { isAlways, readWeek, writeWeek } from '../../week';
import classes from '../sla.module.css';
import { TargetsEditor } from '../TargetsEditor';
import { WeekEditor } from '../WeekEditor';
import { PolicyWhatIf } from './PolicyWhatIf';
import { WhatIf } from './WhatIf';

/** Tries other targets or opening hours on tickets that were, without changing anything. */
export function WhatIfPage({ record }: { record: string | undefined }) {
  const { t } = useTranslation(['sla', 'insights']);
  const navigate = useNavigate();
  const { may } = useRights();
  const isAllowed = may('sla:manage');
  const policies = useQuery({ ...listSlaPoliciesOptions(), enabled: isAllowed });
  const calendars = useQuery({ ...listSlaCalendarsOptions(), enabled: isAllowed });
  const failed = [policies, calendars].filter((each) => each.isError);
  const own = (policies.data?.data ?? []).filter((policy) => policy.agreement === 'sla');
  const hours = (calendars.data?.data ?? []).filter((calendar) => !isAlways(calendar.weekly));
  const policy = own.find((each) => each.id === record) ?? (hours.some((each) => each.id === record) ? null : own[0]);
  const calendar = hours.find((each) => each.id === record);
  return (
    <div className={classes.page}>
      <PageHead title={t('whatIf.pageTitle')} lead={t('whatIf.pageLead')} />
      {!isAllowed && <PageState icon={IconTimer} title={t('whatIf.refused')} description={t('whatIf.refusedHelp')} />}
      {failed[0] && <ErrorState error={failed[0].error} onRetry={() => failed.map((each) => each.refetch())} />}
      {isAllowed && !failed[0] && !(policies.data && calendars.data) && <SkeletonRows />}
      {policies.data && calendars.data && (
        <>
          <NativeSelect
            label={t('whatIf.record')}
            maw={360}
            value={policy?.id ?? calendar?.id ?? ''}
            data={[
              { group: t('policies.title'), items: own.map((each) => ({ value: each.id, label: each.name })) },
              { group: t('calendars.title'), items: hours.map((each) => ({ value: each.id, label: each.name })) },
            ]}
            onChange={(event) =>
              void navigate({ to: '/insights/what-if', search: { record: event.currentTarget.value }, replace: true })
            }
          />
          {policy && <PolicyDraft key={policy.id} policy={policy} calendars={calendars.data.data} />}
          {calendar && <CalendarDraft key={calendar.id} calendar={calendar} />}
        </>
      )}
    </div>
  );
}

function PolicyDraft({ policy, calendars }: { policy: PolicyView; calendars: readonly CalendarView[] }) {
  const { t } = useTranslation('sla');
  const [targets, setTargets] = useState(policy.targets);
  return (
    <>
      <Panel title={t('targets.title')} lead={t('targets.help')}>
        <TargetsEditor targets={targets} calendars={calendars} onChange={setTargets} isReadOnly={false} />
        <Text size="xs" c="dimmed" mt="xs">
          {t('whatIf.toKeep')}{' '}
          <Anchor
            size="xs"
            underline="always"
            renderRoot={(props) => <Link to="/admin/policies/$id" params={{ id: policy.id }} {...props} />}
          >
            {policy.name}
          </Anchor>
        </Text>
      </Panel>
      <PolicyWhatIf policy={{ ...policy, targets }} />
    </>
  );
}

function CalendarDraft({ calendar }: { calendar: CalendarView }) {
  const { t } = useTranslation('sla');
  const [week, setWeek] = useState(() => readWeek(calendar.weekly));
  const { time_zone } = calendar;
  const holidays = calendar.holidays.map((holiday) => holiday.date);
  return (
    <>
      <Panel title={t('calendars.hours')}>
        <WeekEditor week={week} onChange={setWeek} isReadOnly={false} />
        <Text size="xs" c="dimmed" mt="xs">
          {t('whatIf.toKeep')}{' '}
          <Anchor
            size="xs"
            underline="always"
            renderRoot={(props) => <Link to="/admin/calendars/$id" params={{ id: calendar.id }} {...props} />}
          >
            {calendar.name}
          </Anchor>
        </Text>
      </Panel>
      <WhatIf draft={{ calendars: [{ id: calendar.id, hours: { time_zone, weekly: writeWeek(week), holidays } }] }} />
    </>
  );
}
