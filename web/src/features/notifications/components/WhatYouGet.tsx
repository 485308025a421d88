import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { NotificationPreferences } from '@/api';
import { useFormats } from '@/ui/time/formats';
import { byPace, isShort, type Reason } from '../model';
import classes from './notifications.module.css';

interface WhatYouGetProps {
  preferences: NotificationPreferences;
  reasons: readonly Reason[];
  isPortal: boolean;
}

/** The choices in sentences, so that nobody has to work out what they mean together. */
export function WhatYouGet({ preferences, reasons, isPortal }: WhatYouGetProps) {
  const { t } = useTranslation('notifications');
  const { locale } = useFormats();
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const list = (of: readonly Reason[]) => lists.format(of.map((reason) => t(`when.${reason}`)));
  const { soon, hourly, daily } = byPace(preferences, reasons);
  const short = preferences.has_sms ? reasons.filter((reason) => isShort(reason) && preferences.sms[reason]) : [];
  const quiet = preferences.quiet_hours;
  const hidden = isPortal ? [] : reasons.filter((reason) => preferences.in_app[reason] === false);
  const isNone = soon.length + hourly.length + daily.length === 0;
  const sentences = [
    soon.length > 0 && t('preview.soon', { what: list(soon) }),
    hourly.length > 0 && t('preview.hourly', { what: list(hourly) }),
    daily.length > 0 && t('preview.daily', { what: list(daily), time: preferences.daily_at }),
    isNone && t('preview.none'),
    short.length > 0 && t('preview.short', { what: list(short) }),
    quiet && !isNone && t('preview.quiet', { from: quiet.from, until: quiet.until }),
    hidden.length > 0 && t('preview.hidden', { what: list(hidden) }),
  ].filter(Boolean);
  return (
    <div className={classes.preview} aria-live="polite" data-testid="what-you-get">
      <Text size="sm" fw={600}>
        {t('preview.title')}
      </Text>
      {sentences.map((sentence) => (
        <Text size="sm" key={String(sentence)}>
          {sentence}
        </Text>
      ))}
    </div>
  );
}
