import { NativeSelect, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NotificationPreferences } from '@/api';
import { isPace, isShort, PACES, type Reason } from '../model';
import classes from './notifications.module.css';

interface ReasonRowProps {
  reason: Reason;
  preferences: NotificationPreferences;
  /** Whether this person has an inbox. */
  hasInbox: boolean;
  onChange: (next: Partial<NotificationPreferences>) => void;
}

/** One reason to be told something: in the inbox or not, by mail when. */
export function ReasonRow({ reason, preferences, hasInbox, onChange }: ReasonRowProps) {
  const { t } = useTranslation('notifications');
  const name = t(`reason.${reason}`);
  const pace = preferences.email[reason];
  return (
    <div className={classes.reason} data-columns={1 + Number(hasInbox) + Number(preferences.has_sms)}>
      <div>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {t(`about.${reason}`)}
        </Text>
      </div>
      {hasInbox && (
        <Switch
          size="sm"
          aria-label={t('preferences.inboxOf', { reason: name })}
          label={<span className={classes.narrowOnly}>{t('preferences.inbox')}</span>}
          checked={preferences.in_app[reason] ?? true}
          onChange={(event) => onChange({ in_app: { ...preferences.in_app, [reason]: event.currentTarget.checked } })}
        />
      )}
      {preferences.has_sms && (
        <Switch
          size="sm"
          aria-label={t('preferences.smsOf', { reason: name })}
          label={<span className={classes.narrowOnly}>{t('kind.sms')}</span>}
          disabled={!isShort(reason)}
          checked={isShort(reason) && (preferences.sms[reason] ?? false)}
          onChange={(event) => onChange({ sms: { ...preferences.sms, [reason]: event.currentTarget.checked } })}
        />
      )}
      <NativeSelect
        size="sm"
        aria-label={t('preferences.mailOf', { reason: name })}
        value={isPace(pace) ? pace : 'off'}
        data={PACES.map((word) => ({ value: word, label: t(`pace.${word}`) }))}
        onChange={(event) => onChange({ email: { ...preferences.email, [reason]: event.currentTarget.value } })}
      />
    </div>
  );
}
