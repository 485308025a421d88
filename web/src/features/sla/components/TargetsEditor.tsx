import { Select, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CalendarView, TargetsInput } from '@/api';
import { METRICS, minutesIn, PRIORITIES, withMinutes } from '../policy';
import { DurationInput } from './DurationInput';
import classes from './sla.module.css';

interface TargetsEditorProps {
  targets: TargetsInput;
  calendars: readonly CalendarView[];
  onChange: (targets: TargetsInput) => void;
  isReadOnly: boolean;
}

/** Stands where there is no target. */
const NO_CLOCK = '–';

/** How much time each priority gets, and by which calendar where it differs. */
export function TargetsEditor({ targets, calendars, onChange, isReadOnly }: TargetsEditorProps) {
  const { t } = useTranslation(['sla', 'tickets', 'common']);
  return (
    <section className={classes.scroll} aria-label={t('targets.title')} tabIndex={-1}>
      <table className={classes.targets}>
        <caption>
          <VisuallyHidden>{t('targets.title')}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('targets.priority')}</th>
            {METRICS.map((metric) => (
              <th key={metric} scope="col">
                {t(`metric.${metric}`)}
              </th>
            ))}
            <th scope="col">{t('targets.calendar')}</th>
          </tr>
        </thead>
        <tbody>
          {PRIORITIES.map((priority) => {
            const { [priority]: target } = targets;
            const name = t(`tickets:priority.${priority}`);
            return (
              <tr key={priority}>
                <th scope="row">{name}</th>
                {METRICS.map((metric) => (
                  <td key={metric} data-label={t(`metric.${metric}`)}>
                    <DurationInput
                      label={`${name}: ${t(`metric.${metric}`)}`}
                      minutes={minutesIn(target, metric)}
                      placeholder={NO_CLOCK}
                      isReadOnly={isReadOnly}
                      onChange={(minutes) => onChange({ ...targets, [priority]: withMinutes(target, metric, minutes) })}
                    />
                  </td>
                ))}
                <td data-label={t('targets.calendar')}>
                  <Select
                    aria-label={`${name}: ${t('targets.calendar')}`}
                    placeholder={t('targets.ofPolicy')}
                    clearable
                    clearButtonProps={{ 'aria-label': t('common:filter.clear') }}
                    readOnly={isReadOnly}
                    data={calendars.map((calendar) => ({ value: calendar.id, label: calendar.name }))}
                    value={target.calendar_id ?? null}
                    onChange={(id) => onChange({ ...targets, [priority]: { ...target, calendar_id: id } })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
