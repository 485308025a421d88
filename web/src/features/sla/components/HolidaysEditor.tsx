import { ActionIcon, Button, Checkbox, FileButton, Group, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type HolidayInput, readHolidayFile } from '@/api';
import { LookOnly } from '@/ui/action/LookOnly';
import { notifyProblem } from '@/ui/feedback/notify-problem';
import { IconClose, IconPlus } from '@/ui/icons';
import { dateOf, isYearly, mergeHolidays, withDate } from '../holidays';
import classes from './sla.module.css';

interface HolidaysEditorProps {
  holidays: HolidayInput[];
  onChange: (holidays: HolidayInput[]) => void;
  isReadOnly: boolean;
}

/** Closed dates, one by one or from a calendar file. */
export function HolidaysEditor({ holidays, onChange, isReadOnly }: HolidaysEditorProps) {
  const { t } = useTranslation('sla');
  const year = new Date().getFullYear();
  const set = (index: number, next: HolidayInput) => onChange(holidays.map((each, at) => (at === index ? next : each)));
  const read = async (file: File | null) => {
    if (!file) return;
    try {
      const { data } = await readHolidayFile({ body: { content: await file.text() } });
      onChange(mergeHolidays(holidays, data.holidays));
      notifications.show({ message: t('holidays.read', { count: data.holidays.length }), color: 'teal' });
    } catch (error) {
      notifyProblem(error);
    }
  };
  return (
    <>
      {holidays.length === 0 && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('holidays.none')}
        </Text>
      )}
      <ul className={classes.rows}>
        {holidays.map((holiday, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: dates have no identity but their place
          <li key={index}>
            <Group gap="xs">
              <TextInput
                type="date"
                aria-label={t('holidays.date', { number: index + 1 })}
                value={dateOf(holiday, year)}
                readOnly={isReadOnly}
                onChange={(event) => set(index, withDate(holiday, event.currentTarget.value, isYearly(holiday)))}
              />
              <TextInput
                flex={1}
                miw={140}
                aria-label={t('holidays.name', { number: index + 1 })}
                placeholder={t('holidays.namePlaceholder')}
                maxLength={200}
                value={holiday.name ?? ''}
                readOnly={isReadOnly}
                onChange={(event) => set(index, { ...holiday, name: event.currentTarget.value })}
              />
              <LookOnly isReadOnly={isReadOnly}>
                <Checkbox
                  size="sm"
                  label={t('holidays.yearly')}
                  checked={isYearly(holiday)}
                  onChange={(event) =>
                    set(index, withDate(holiday, dateOf(holiday, year), event.currentTarget.checked))
                  }
                />
              </LookOnly>
              {!isReadOnly && (
                <ActionIcon
                  aria-label={t('holidays.remove', { name: holiday.name || dateOf(holiday, year) })}
                  onClick={() => onChange(holidays.filter((_, at) => at !== index))}
                >
                  <IconClose aria-hidden size={14} />
                </ActionIcon>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {!isReadOnly && (
        <Group gap="xs" mt="xs">
          <Button
            variant="default"
            leftSection={<IconPlus aria-hidden size={14} />}
            onClick={() => onChange([...holidays, { date: `${year}-12-25`, name: '' }])}
          >
            {t('holidays.add')}
          </Button>
          <FileButton accept=".ics,text/calendar" onChange={(file) => void read(file)}>
            {(props) => (
              <Button variant="default" {...props}>
                {t('holidays.import')}
              </Button>
            )}
          </FileButton>
        </Group>
      )}
    </>
  );
}
