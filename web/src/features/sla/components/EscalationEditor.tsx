import { Button, Group, NumberInput, Switch, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EscalationRules } from '@/api';
import { minutesWord } from '@/lib/minutes';
import { LookOnly } from '@/ui/action/LookOnly';
import { IconPlus } from '@/ui/icons';
import {
  beforeDueOf,
  COLUMNS,
  freeMinutes,
  freePercent,
  MOST_THRESHOLDS,
  NO_ACTIONS,
  REMINDERS,
  type ReminderName,
  reminderOf,
} from '../escalation';
import { DurationInput } from './DurationInput';
import { EscalationRow } from './EscalationRow';
import classes from './sla.module.css';

interface EscalationEditorProps {
  rules: EscalationRules;
  onChange: (rules: EscalationRules) => void;
  isReadOnly: boolean;
}

/** What happens as time is used up, and when nothing happens: a row each, an action a column. */
export function EscalationEditor({ rules, onChange, isReadOnly }: EscalationEditorProps) {
  const { t } = useTranslation('sla');
  const { thresholds } = rules;
  const setThreshold = (index: number, change: Partial<(typeof thresholds)[number]>) =>
    onChange({ ...rules, thresholds: thresholds.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  const before = beforeDueOf(rules);
  const addBefore = () => {
    const next = [...before, { minutes: freeMinutes(rules), actions: NO_ACTIONS }];
    onChange({ ...rules, before_due: next.toSorted((a, b) => b.minutes - a.minutes) });
  };
  const add = () => {
    const next = [...thresholds, { percent: freePercent(rules), actions: NO_ACTIONS }];
    onChange({ ...rules, thresholds: next.toSorted((a, b) => a.percent - b.percent) });
  };
  return (
    <section className={classes.scroll} aria-label={t('escalation.title')} tabIndex={-1}>
      <table className={classes.escalation}>
        <caption>
          <VisuallyHidden>{t('escalation.title')}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('escalation.when')}</th>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`escalation.${column}`)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {thresholds.map(({ percent, actions }, index) => {
            const name = t('escalation.percent', { percent });
            return (
              <EscalationRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the percent changes while it is typed
                key={index}
                name={name}
                actions={actions}
                isReadOnly={isReadOnly}
                onChange={(next) => setThreshold(index, { actions: next })}
                onRemove={() => onChange({ ...rules, thresholds: thresholds.filter((_, at) => at !== index) })}
              >
                <NumberInput
                  aria-label={t('escalation.share', { number: index + 1 })}
                  w={92}
                  suffix=" %"
                  min={1}
                  max={100}
                  allowDecimal={false}
                  clampBehavior="blur"
                  readOnly={isReadOnly}
                  error={thresholds.some((each, at) => at !== index && each.percent === percent)}
                  value={percent}
                  onChange={(value) => typeof value === 'number' && setThreshold(index, { percent: value })}
                />
                <Text span size="sm">
                  {t('escalation.used')}
                </Text>
              </EscalationRow>
            );
          })}
          <BeforeDue rules={rules} onChange={onChange} isReadOnly={isReadOnly} />
          {REMINDERS.map(([name, usual]) => (
            <Reminder key={name} name={name} usual={usual} rules={rules} onChange={onChange} isReadOnly={isReadOnly} />
          ))}
        </tbody>
      </table>
      {!isReadOnly && (
        <Group gap="xs" mt="xs">
          {thresholds.length < MOST_THRESHOLDS && (
            <Button variant="default" leftSection={<IconPlus aria-hidden size={14} />} onClick={add}>
              {t('escalation.add')}
            </Button>
          )}
          {before.length < MOST_THRESHOLDS && (
            <Button variant="default" leftSection={<IconPlus aria-hidden size={14} />} onClick={addBefore}>
              {t('escalation.addBefore')}
            </Button>
          )}
        </Group>
      )}
    </section>
  );
}

/** So much business time left of a clock, the longest first. */
function BeforeDue({ rules, onChange, isReadOnly }: EscalationEditorProps) {
  const { t } = useTranslation('sla');
  const all = beforeDueOf(rules);
  const set = (index: number, change: Partial<(typeof all)[number]>) =>
    onChange({ ...rules, before_due: all.map((each, at) => (at === index ? { ...each, ...change } : each)) });
  return all.map(({ minutes, actions }, index) => (
    <EscalationRow
      // biome-ignore lint/suspicious/noArrayIndexKey: the time changes while it is typed
      key={index}
      name={t('escalation.before', { time: minutesWord(minutes) })}
      actions={actions}
      isReadOnly={isReadOnly}
      onChange={(next) => set(index, { actions: next })}
      onRemove={() => onChange({ ...rules, before_due: all.filter((_, at) => at !== index) })}
    >
      <DurationInput
        label={t('escalation.left', { number: index + 1 })}
        minutes={minutes}
        isReadOnly={isReadOnly}
        isTaken={all.some((each, at) => at !== index && each.minutes === minutes)}
        onChange={(next) => next !== null && set(index, { minutes: next })}
      />
      <Text span size="sm">
        {t('escalation.beforeDue')}
      </Text>
    </EscalationRow>
  ));
}

interface ReminderProps extends EscalationEditorProps {
  name: ReminderName;
  usual: number;
}

function Reminder({ name, usual, rules, onChange, isReadOnly }: ReminderProps) {
  const { t } = useTranslation('sla');
  const reminder = reminderOf(rules, name);
  const words = t(`escalation.${name}`);
  return (
    <EscalationRow
      name={words}
      actions={reminder?.actions ?? null}
      isReadOnly={isReadOnly}
      onChange={(actions) => onChange({ ...rules, [name]: { after_minutes: usual, ...reminder, actions } })}
    >
      <LookOnly isReadOnly={isReadOnly}>
        <Switch
          label={words}
          checked={Boolean(reminder)}
          onChange={(event) => {
            const next = { after_minutes: usual, actions: { ...NO_ACTIONS, raises_level: true } };
            onChange({ ...rules, [name]: event.currentTarget.checked ? next : null });
          }}
        />
      </LookOnly>
      {reminder && (
        <DurationInput
          label={t('escalation.after', { name: words })}
          minutes={reminder.after_minutes}
          isReadOnly={isReadOnly}
          onChange={(minutes) =>
            minutes !== null && onChange({ ...rules, [name]: { ...reminder, after_minutes: minutes } })
          }
        />
      )}
    </EscalationRow>
  );
}
