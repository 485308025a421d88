import { ActionIcon, Button, Checkbox, NumberInput, Switch, Text, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EscalationActions, EscalationRules } from '@/api';
import { IconClose, IconPlus } from '@/ui/icons';
import {
  COLUMNS,
  freePercent,
  isDone,
  MOST_THRESHOLDS,
  NO_ACTIONS,
  REMINDERS,
  type ReminderName,
  reminderOf,
  withDone,
} from '../escalation';
import { DurationInput } from './DurationInput';
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
              <Row
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
              </Row>
            );
          })}
          {REMINDERS.map(([name, usual]) => (
            <Reminder key={name} name={name} usual={usual} rules={rules} onChange={onChange} isReadOnly={isReadOnly} />
          ))}
        </tbody>
      </table>
      {!isReadOnly && thresholds.length < MOST_THRESHOLDS && (
        <Button variant="default" mt="xs" leftSection={<IconPlus aria-hidden size={14} />} onClick={add}>
          {t('escalation.add')}
        </Button>
      )}
    </section>
  );
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
    <Row
      name={words}
      actions={reminder?.actions ?? null}
      isReadOnly={isReadOnly}
      onChange={(actions) => onChange({ ...rules, [name]: { after_minutes: usual, ...reminder, actions } })}
    >
      <Switch
        label={words}
        disabled={isReadOnly}
        checked={Boolean(reminder)}
        onChange={(event) => {
          const next = { after_minutes: usual, actions: { ...NO_ACTIONS, raises_level: true } };
          onChange({ ...rules, [name]: event.currentTarget.checked ? next : null });
        }}
      />
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
    </Row>
  );
}

interface RowProps {
  name: string;
  /** None where the row is switched off. */
  actions: EscalationActions | null;
  onChange: (actions: EscalationActions) => void;
  onRemove?: () => void;
  isReadOnly: boolean;
  children: ReactNode;
}

function Row({ name, actions, onChange, onRemove, isReadOnly, children }: RowProps) {
  const { t } = useTranslation('sla');
  return (
    <tr>
      <th scope="row">
        <div className={classes.when}>{children}</div>
      </th>
      {COLUMNS.map((column) => (
        <td key={column}>
          {actions && (
            <Checkbox
              aria-label={`${name}: ${t(`escalation.${column}`)}`}
              disabled={isReadOnly}
              checked={isDone(actions, column)}
              onChange={(event) => onChange(withDone(actions, column, event.currentTarget.checked))}
            />
          )}
        </td>
      ))}
      <td>
        {onRemove && !isReadOnly && (
          <ActionIcon variant="subtle" aria-label={t('escalation.remove', { name })} onClick={onRemove}>
            <IconClose aria-hidden size={14} />
          </ActionIcon>
        )}
      </td>
    </tr>
  );
}
