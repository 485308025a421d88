import { Button, Checkbox, Radio, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CalendarHours,
  type CalendarView,
  deleteSlaCalendar,
  getSlaCalendar,
  getSlaCalendarQueryKey,
  type HolidayInput,
  operation,
  updateSlaCalendar,
} from '@/api';
import { useRights } from '@/features/session/public';
import { LookOnly } from '@/ui/action/LookOnly';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';
import { required } from '@/ui/form/required';
import { Panel } from '@/ui/page/Panel';
import { RecordForm } from '@/ui/record/RecordForm';
import { useRecordForm } from '@/ui/record/use-record-form';
import { isAlways, readWeek, type Week, writeWeek } from '../week';
import { HolidaysEditor } from './HolidaysEditor';
import classes from './sla.module.css';
import { WeekEditor } from './WeekEditor';
import { WhatIf } from './what-if/WhatIf';

interface CalendarValues extends Record<string, unknown> {
  name: string;
  time_zone: string;
  opening: 'always' | 'hours';
  week: Week;
  holidays: HolidayInput[];
  is_default: boolean;
}

/** When it would be open with these values. */
const hoursOf = (values: CalendarValues): CalendarHours => ({
  time_zone: values.time_zone,
  weekly: values.opening === 'always' ? '24x7' : writeWeek(values.week),
  holidays: values.holidays.map((holiday) => holiday.date),
});

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

const toValues = (calendar: CalendarView): CalendarValues => ({
  name: calendar.name,
  time_zone: calendar.time_zone,
  opening: isAlways(calendar.weekly) ? 'always' : 'hours',
  week: readWeek(calendar.weekly),
  holidays: calendar.holidays,
  is_default: calendar.is_default,
});

/** The record of a calendar. Saving makes a new version; running clocks keep theirs. */
export function CalendarForm({ calendar }: { calendar: CalendarView }) {
  const { t } = useTranslation(['sla', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { may } = useRights();
  const [isDeleting, setIsDeleting] = useState(false);
  const path = { id: calendar.id };
  const isReadOnly = !may('sla:manage');
  const state = useRecordForm<CalendarView, CalendarValues>({
    record: calendar,
    toValues,
    validate: { name: required(t('calendars.nameMissing')) },
    save: async ({ opening, week, is_default, ...same }, version) => {
      const now = { ...toValues(calendar), ...(opening && { opening }), ...(week && { week }) };
      const weekly = now.opening === 'always' ? ('24x7' as const) : writeWeek(now.week);
      const body = { ...same, ...((opening || week) && { weekly }), ...(is_default && { is_default }) };
      return (await updateSlaCalendar({ path, body, headers: { 'If-Match': `"${version}"` } })).data;
    },
    reload: async () => (await getSlaCalendar({ path })).data,
    onSaved: (saved) => {
      client.setQueryData(getSlaCalendarQueryKey({ path }), saved);
      for (const name of ['listSlaCalendars', 'previewSlaCalendar', 'previewSlaRecompute']) {
        void client.invalidateQueries({ queryKey: operation(name) });
      }
      notifications.show({ message: t('calendars.saved'), color: 'teal' });
    },
  });
  const { form } = state;
  const labels: Record<string, string> = {
    name: t('calendars.name'),
    time_zone: t('calendars.zone'),
    opening: t('calendars.opening'),
    week: t('calendars.hours'),
    holidays: t('calendars.holidays'),
    is_default: t('calendars.makeDefault'),
  };
  const show = (_field: string, value: unknown) =>
    typeof value === 'object' ? t('calendars.entries', { text: JSON.stringify(value) }) : String(value);
  const remove = async () => {
    await deleteSlaCalendar({ path });
    await client.invalidateQueries({ queryKey: operation('listSlaCalendars') });
    await navigate({ to: '/admin/calendars' });
  };
  return (
    <RecordForm
      state={state}
      labelOf={(field) => labels[field] ?? field}
      show={show}
      isReadOnly={isReadOnly}
      extra={
        <Button variant="subtle" color="red" onClick={() => setIsDeleting(true)}>
          {t('calendars.delete')}
        </Button>
      }
    >
      <div className={classes.stack}>
        <Panel title={t('calendars.about')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput
              label={t('calendars.name')}
              maxLength={200}
              readOnly={isReadOnly}
              {...form.getInputProps('name')}
            />
            <Select
              label={t('calendars.zone')}
              searchable
              allowDeselect={false}
              nothingFoundMessage={t('common:form.nothingFound')}
              data={ZONES.includes(calendar.time_zone) ? ZONES : [calendar.time_zone, ...ZONES]}
              limit={50}
              readOnly={isReadOnly}
              {...form.getInputProps('time_zone')}
            />
          </SimpleGrid>
          {!calendar.is_default && (
            <LookOnly isReadOnly={isReadOnly}>
              <Checkbox
                mt="sm"
                size="sm"
                label={t('calendars.makeDefault')}
                description={t('calendars.defaultHelp')}
                {...form.getInputProps('is_default', { type: 'checkbox' })}
              />
            </LookOnly>
          )}
        </Panel>
        <Panel title={t('calendars.hours')}>
          <Radio.Group aria-label={t('calendars.opening')} {...form.getInputProps('opening')}>
            <Stack gap={6} mb="sm">
              <LookOnly isReadOnly={isReadOnly}>
                <Radio value="hours" label={t('calendars.byHours')} />
              </LookOnly>
              <LookOnly isReadOnly={isReadOnly}>
                <Radio value="always" label={t('calendars.always')} />
              </LookOnly>
            </Stack>
          </Radio.Group>
          {form.values.opening === 'hours' && (
            <WeekEditor
              week={form.values.week}
              onChange={(week) => form.setFieldValue('week', week)}
              isReadOnly={isReadOnly}
            />
          )}
        </Panel>
        <Panel title={t('calendars.holidays')} lead={t('calendars.holidaysHelp')}>
          <HolidaysEditor
            holidays={form.values.holidays}
            onChange={(holidays) => form.setFieldValue('holidays', holidays)}
            isReadOnly={isReadOnly}
          />
        </Panel>
        {!isReadOnly && <WhatIf draft={{ calendars: [{ id: calendar.id, hours: hoursOf(form.values) }] }} />}
      </div>
      <ConfirmDialog
        isOpen={isDeleting}
        title={t('calendars.deleteTitle', { name: calendar.name })}
        confirm={t('calendars.delete')}
        isDangerous
        onConfirm={remove}
        onClose={() => setIsDeleting(false)}
      >
        {t('calendars.deleteHelp')}
      </ConfirmDialog>
    </RecordForm>
  );
}
