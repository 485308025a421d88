import { Group, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotificationPreferences } from '@/api';
import { Panel } from '@/ui/page/Panel';
import { isQuietPossible } from '../model';

interface QuietTimesProps {
  preferences: NotificationPreferences;
  onChange: (next: Partial<NotificationPreferences>) => void;
}

const NIGHT = { from: '22:00', until: '07:00' };

/** When no mail leaves, and when the daily one does, in the zone of the person. */
export function QuietTimes({ preferences, onChange }: QuietTimesProps) {
  const { t } = useTranslation('notifications');
  const quiet = preferences.quiet_hours;
  return (
    <Panel title={t('times.title')} lead={t('times.zone', { zone: preferences.time_zone })}>
      <TimeField
        key={`daily ${preferences.daily_at}`}
        label={t('times.daily')}
        description={t('times.dailyHelp')}
        value={preferences.daily_at}
        onKeep={(daily_at) => onChange({ daily_at })}
      />
      <Switch
        size="sm"
        mt="md"
        label={t('times.quiet')}
        description={t('times.quietHelp')}
        checked={Boolean(quiet)}
        onChange={(event) => onChange({ quiet_hours: event.currentTarget.checked ? NIGHT : null })}
      />
      {quiet && (
        <Group gap="md" mt="sm" align="start">
          <TimeField
            key={`from ${quiet.from}`}
            label={t('times.from')}
            value={quiet.from}
            isPossible={(from) => isQuietPossible(from, quiet.until)}
            onKeep={(from) => onChange({ quiet_hours: { ...quiet, from } })}
          />
          <TimeField
            key={`until ${quiet.until}`}
            label={t('times.until')}
            value={quiet.until}
            isPossible={(until) => isQuietPossible(quiet.from, until)}
            onKeep={(until) => onChange({ quiet_hours: { ...quiet, until } })}
          />
        </Group>
      )}
      <Text size="xs" c="dimmed" mt="sm">
        {t('times.keeps')}
      </Text>
    </Panel>
  );
}

interface TimeFieldProps {
  label: string;
  description?: string;
  value: string;
  isPossible?: (time: string) => boolean;
  onKeep: (time: string) => void;
}

/** A time of day that is kept when it is left, or at Enter. */
function TimeField({ label, description, value, isPossible, onKeep }: TimeFieldProps) {
  const { t } = useTranslation('notifications');
  const [typed, setTyped] = useState(value);
  const isWrong = typed === '' || (isPossible !== undefined && !isPossible(typed));
  const keep = () => {
    if (!isWrong && typed !== value) onKeep(typed);
  };
  return (
    <TextInput
      size="sm"
      type="time"
      w={260}
      label={label}
      description={description}
      value={typed}
      error={isWrong ? t('times.wrong') : undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  );
}
