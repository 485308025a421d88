import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import { type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconClose, IconPlus } from '@/ui/icons';
import { barsOf, DAYS, type Day, drawnShift, isOvernight, overlaps, type Shift, type Week } from '../week';
import classes from './sla.module.css';

interface WeekEditorProps {
  week: Week;
  onChange: (week: Week) => void;
  isReadOnly: boolean;
}

/** Opening hours of a week: by time fields, and by drawing on the bar of a day. */
export function WeekEditor(props: WeekEditorProps) {
  const { week, onChange, isReadOnly } = props;
  const { t } = useTranslation('sla');
  const copyMonday = () =>
    onChange({ ...week, tuesday: week.monday, wednesday: week.monday, thursday: week.monday, friday: week.monday });
  return (
    <div className={classes.week}>
      <div className={classes.scale} aria-hidden>
        <span />
        <div className={classes.hours}>
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour} style={{ insetInlineStart: `${(hour / 24) * 100}%` }}>
              {hour}
            </span>
          ))}
        </div>
      </div>
      {DAYS.map((day) => (
        <DayRow key={day} day={day} {...props} />
      ))}
      {!isReadOnly && (
        <Group gap="xs">
          <Button variant="default" onClick={copyMonday}>
            {t('week.copyMonday')}
          </Button>
          <Text size="xs" c="dimmed">
            {t('week.help')}
          </Text>
        </Group>
      )}
    </div>
  );
}

function DayRow({ day, week, onChange, isReadOnly }: WeekEditorProps & { day: Day }) {
  const { t } = useTranslation('sla');
  const shifts = week[day];
  const set = (next: Shift[]) => onChange({ ...week, [day]: next });
  const name = t(`day.${day}`);
  const change = (index: number, side: 0 | 1, time: string) =>
    set(shifts.map((shift, at): Shift => (at === index ? (side === 0 ? [time, shift[1]] : [shift[0], time]) : shift)));
  return (
    <div className={classes.day} role="group" aria-label={name}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <DayBar day={day} week={week} isReadOnly={isReadOnly} onDraw={(shift) => set([...shifts, shift])} />
      <div className={classes.shifts} data-closed={shifts.length === 0 || undefined}>
        {shifts.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('week.closed')}
          </Text>
        )}
        {shifts.map((shift, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: shifts have no identity but their place
          <Group key={index} gap={4} wrap="nowrap">
            <TextInput
              type="time"
              aria-label={t('week.opens', { day: name, number: index + 1 })}
              value={shift[0]}
              readOnly={isReadOnly}
              onChange={(event) => change(index, 0, event.currentTarget.value)}
            />
            <span aria-hidden>–</span>
            <TextInput
              type="time"
              aria-label={t('week.closes', { day: name, number: index + 1 })}
              value={shift[1] === '24:00' ? '00:00' : shift[1]}
              readOnly={isReadOnly}
              onChange={(event) => change(index, 1, event.currentTarget.value)}
            />
            {isOvernight(shift) && (
              <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                {t('week.nextDay')}
              </Text>
            )}
            {!isReadOnly && (
              <ActionIcon
                aria-label={t('week.remove', { day: name, number: index + 1 })}
                onClick={() => set(shifts.filter((_, at) => at !== index))}
              >
                <IconClose aria-hidden size={14} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {overlaps(shifts) && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {t('week.overlap')}
          </Text>
        )}
        {!isReadOnly && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={t('week.addTo', { day: name })}
            leftSection={<IconPlus aria-hidden size={13} />}
            onClick={() => set([...shifts, shifts.length === 0 ? ['09:00', '17:00'] : ['18:00', '20:00']])}
          >
            {t('week.add')}
          </Button>
        )}
      </div>
    </div>
  );
}

interface DayBarProps {
  day: Day;
  week: Week;
  isReadOnly: boolean;
  onDraw: (shift: Shift) => void;
}

function DayBar({ day, week, isReadOnly, onDraw }: DayBarProps) {
  const [drawn, setDrawn] = useState<{ from: number; until: number } | null>(null);
  const part = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - left) / width));
  };
  const finish = () => {
    const shift = drawn && drawnShift(drawn.from, drawn.until);
    if (shift) onDraw(shift);
    setDrawn(null);
  };
  const bars = barsOf(week, day);
  const all = drawn
    ? [...bars, { from: Math.min(drawn.from, drawn.until), until: Math.max(drawn.from, drawn.until) }]
    : bars;
  return (
    <div
      className={classes.bar}
      data-drawable={!isReadOnly || undefined}
      aria-hidden
      onPointerDown={(event) => {
        if (isReadOnly) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrawn({ from: part(event), until: part(event) });
      }}
      onPointerMove={(event) => drawn && setDrawn({ ...drawn, until: part(event) })}
      onPointerUp={finish}
      onPointerCancel={() => setDrawn(null)}
    >
      {all.map((bar) => (
        <span
          key={`${bar.from}-${bar.until}`}
          className={classes.open}
          style={{ insetInlineStart: `${bar.from * 100}%`, width: `${(bar.until - bar.from) * 100}%` }}
        />
      ))}
      {[6, 12, 18].map((hour) => (
        <span key={hour} className={classes.tick} style={{ insetInlineStart: `${(hour / 24) * 100}%` }} />
      ))}
    </div>
  );
}
